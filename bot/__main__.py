"""The command line: parse arguments, hand over to wiring, tell faults in sentences."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from json import dumps
from pathlib import Path
from typing import Annotated

import typer

from bot import lean
from bot.settings import Settings, SettingsFault, settings_from, settings_in_order

FAULT = 2  # the exit code for faults of configuration and content

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    help="A careful back coach: Telegram when a token is set, else this terminal.",
)
content_app = typer.Typer(help="For whoever edits the content.")
app.add_typer(content_app, name="content")
key_app = typer.Typer(help="The master key.")
app.add_typer(key_app, name="key")
code_app = typer.Typer(help="Codes for clinics to hand out.")
app.add_typer(code_app, name="code")


@contextmanager
def told_in_sentences(others: Callable[[], list[str]] = list) -> Iterator[None]:
    """Turn faults that somebody can mend into sentences and exit code 2; `others` finds more."""
    from bot.store.faults import StoreFault
    from content.errors import ContentFaults

    try:
        yield
    except SettingsFault as fault:
        _tell([*fault.sentences, *others()])
    except (ContentFaults, StoreFault) as fault:
        _tell([*str(fault).splitlines(), *others()])


def _tell(sentences: list[str]) -> None:
    for sentence in dict.fromkeys(sentences):  # each once, in their order
        sys.stderr.write(f"{sentence}\n")
    raise typer.Exit(FAULT)


def _write(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


@app.callback(invoke_without_command=True)
def run(context: typer.Context) -> None:
    """Start Limber."""
    if context.invoked_subcommand is not None:
        lean.settle()
        return
    with told_in_sentences(others=_all_faults):
        settings = settings_from()
        _log(settings)
        _serve(settings)


def _log(settings: Settings) -> None:
    lean.plain("structlog")
    from bot.logs import set_up

    set_up(settings.log_level, settings.log_format)


def _serve(settings: Settings) -> None:
    from bot import wiring

    work = wiring.run_telegram if settings.telegram_token else wiring.run_terminal
    asyncio.run(work(settings))


@app.command()
def check() -> None:
    """Tell all faults of configuration and content at once; exit code 2 when there are any."""
    if faults := _all_faults():
        _tell(faults)
    sys.stdout.write("Settings, key, content and database are in order.\n")


def _all_faults() -> list[str]:
    faults = [*_faults(settings_from), *_faults(_content), *_faults(_keys)]
    return faults or _faults(_database)


def _faults(look: Callable[[], object]) -> list[str]:
    from bot.store.faults import StoreFault
    from content.errors import ContentFaults

    try:
        look()
    except SettingsFault as fault:
        return fault.sentences
    except (ContentFaults, StoreFault) as fault:
        return str(fault).splitlines()
    return []


def _content() -> None:
    from bot.wiring import catalogue_of, look_at_language

    look_at_language(settings_in_order(), catalogue_of(proved=True))


def _keys() -> None:
    from bot.wiring import look_at_keys

    look_at_keys(settings_in_order())


def _database() -> None:
    from bot.ops.beside import look
    from bot.ops.commands import kept_keys

    settings = settings_from()
    if settings.master_key is not None or settings.key_path.exists():
        asyncio.run(look(settings.database, kept_keys(settings)))


@app.command()
def migrate() -> None:
    """Bring the database up to this version."""
    from bot.wiring import migrated

    with told_in_sentences():
        asyncio.run(migrated(settings_from()))
    sys.stdout.write("The database is up to date.\n")


@app.command()
def move(to: Annotated[str, typer.Option(help="postgresql://user@host/database, empty")]) -> None:
    """Carry everything from SQLite to PostgreSQL; stop Limber first."""
    from bot.wiring import moved_to

    with told_in_sentences():
        counts = asyncio.run(moved_to(settings_from(), to))
    sys.stdout.write(
        f"{counts['users']} users and {sum(counts.values())} rows in all have moved.\n"
        "Set LIMBER_DATABASE_URL to the new address, give each replica the same master key, and "
        "start. Do not start with the old file again; once all is well, delete it.\n"
    )


@key_app.command("new")
def key_new(path: Annotated[Path | None, typer.Argument(help="where to write it")] = None) -> None:
    """Make a master key; nothing is overwritten."""
    from bot.store.keys import new_key_file

    with told_in_sentences():
        target = path or settings_from().key_path
        new_key_file(target)
    sys.stdout.write(f"A new master key stands in {target}. Keep a copy apart from the data.\n")


@app.command("backup")
def back_up(folder: Annotated[Path, typer.Argument(metavar="DIR")]) -> None:
    """Write dated data and replace the keys file, while Limber runs."""
    from bot.ops import commands

    with told_in_sentences():
        _write(commands.backup(settings_from(), folder))


@app.command()
def restore(
    folder: Annotated[Path, typer.Argument(metavar="DIR")],
    check_only: Annotated[bool, typer.Option("--check", help="open all, write nothing")] = False,
    data: Annotated[Path | None, typer.Option(help="older data than the newest")] = None,
) -> None:
    """Write the database of a backup where none is; --check only looks whether it would open."""
    from bot.ops import commands

    with told_in_sentences():
        _write(commands.restored(settings_from(), folder, data, check_only=check_only))


@app.command()
def erase(
    chat: Annotated[int | None, typer.Option(help="of the user's chat")] = None,
    user: Annotated[int | None, typer.Option(help="the user's number in the database")] = None,
    front_end: Annotated[str, typer.Option(help="where the chat is")] = "telegram",
) -> None:
    """Erase one user with key and all rows, while Limber runs."""
    from bot.ops import commands

    if (chat is None) == (user is None):
        _tell(["Name the one to erase by --chat ID or by --user N."])
    with told_in_sentences():
        _write(asyncio.run(commands.erased(settings_from(), front_end, chat, user)))


@app.command()
def stats() -> None:
    """Count users and what they did; counts below five are not told."""
    from bot.ops import commands

    with told_in_sentences():
        _write(asyncio.run(commands.counted(settings_from())))


@key_app.command("rotate")
def key_rotate(
    drop_old: Annotated[bool, typer.Option("--drop-old", help="end a rotation")] = False,
) -> None:
    """Put a new master key before the old one and wrap all keys anew; Limber must be stopped."""
    from bot.ops import commands

    with told_in_sentences():
        _write(asyncio.run(commands.rotated(settings_from(), drop_old=drop_old)))


@code_app.command("new")
def code_new(
    uses: Annotated[int | None, typer.Option(help="how many may come with it")] = None,
    until: Annotated[str | None, typer.Option(help="the last day, as 2027-01-31")] = None,
    language: Annotated[str | None, typer.Option(help="to begin in")] = None,
    program: Annotated[str | None, typer.Option(help="the plan, where the check allows it")] = None,
    contact: Annotated[str, typer.Option(help="whom to ask, in one line")] = "",
    bot: Annotated[str, typer.Option(help="the bot's name in Telegram, for the link")] = "NAME",
    qr: Annotated[Path | None, typer.Option(help="draw the link: a .png, .svg or .pdf")] = None,
) -> None:
    """Make a code for a clinic; it is told once."""
    from bot.ops import commands
    from bot.ops.codes import Wanted
    from bot.wiring import catalogue_of

    wanted = Wanted(uses, until, language, program, contact, bot, qr)
    with told_in_sentences():
        _write(asyncio.run(commands.code_made(settings_from(), wanted, catalogue_of())))


@code_app.command("list")
def code_list() -> None:
    """List all codes by their first letters."""
    from bot.ops import commands

    with told_in_sentences():
        _write(asyncio.run(commands.codes_listed(settings_from())))


@code_app.command("revoke")
def code_revoke(
    code: Annotated[str, typer.Argument(help="the code, or its number in the list")],
) -> None:
    """Let nobody come with a code any more."""
    from bot.ops import commands

    with told_in_sentences():
        _write(asyncio.run(commands.code_revoked(settings_from(), code)))


@content_app.command("check")
def content_check() -> None:
    """Tell all faults of the content at once, and what to look at: lengths, reading, dates."""
    from bot.content_tools.commands import checked
    from bot.wiring import catalogue_of

    with told_in_sentences():
        catalogue = catalogue_of()
    to_mend, to_know = checked(catalogue)
    _write(to_know)
    if to_mend:
        _tell(to_mend)
    _write(["No faults."])


@content_app.command("preview")
def content_preview(
    case: Annotated[str | None, typer.Argument(help="its id; none: list them")] = None,
) -> None:
    """Walk a stored case in the terminal, 60 times as fast; no data is kept."""
    from bot.content_tools.commands import previewed
    from bot.content_tools.preview import NoSuchCase
    from bot.wiring import catalogue_of

    with told_in_sentences():
        try:
            previewed(case, catalogue_of(), lambda line: _write([line]))
        except NoSuchCase as problem:
            _tell([str(problem)])


@content_app.command("diff")
def content_diff(
    other: Annotated[str, typer.Argument(help="a git revision, or a folder", metavar="REV|DIR")],
) -> None:
    """Tell what comes out differently for users since another release of the content."""
    from bot.content_tools.commands import compared
    from bot.content_tools.releases import CannotCompare
    from bot.wiring import catalogue_of

    with told_in_sentences():
        try:
            _write(compared(other, catalogue_of()))
        except CannotCompare as problem:
            _tell(str(problem).splitlines())


@content_app.command("prove")
def content_prove() -> None:
    """Prove the content over the whole answer space, and write the certificate."""
    if find_spec("z3") is None:  # a machine that only serves has no use for it
        _tell(["The prover is missing here. Run `make prove` in a checkout (it is z3-solver)."])
    from bot.proofs.certificate import write_certificate
    from bot.prove import prove
    from bot.wiring import catalogue_of

    with told_in_sentences():
        certificate = prove(catalogue_of(proved=False))
        sys.stdout.write(f"{certificate}\n")
        if certificate.held:
            write_certificate(certificate)
    raise typer.Exit(0 if certificate.held else 1)


@content_app.command("phrase")
def content_phrase(
    text: Annotated[str, typer.Argument(help="what is typed; -: JSON objects, one a line")],
    language: Annotated[str, typer.Option(help="of the chat")] = "en",
    state: Annotated[str, typer.Option(help="any, or session while one runs")] = "any",
    json: Annotated[bool, typer.Option("--json", help="as one object")] = False,
) -> None:
    """Tell what a text would do."""
    from bot.phrases import answered_lines, phrase
    from bot.wiring import catalogue_of

    with told_in_sentences():
        catalogue = catalogue_of()
    if text == "-":
        _write(answered_lines(sys.stdin, catalogue))
        return
    told = phrase(text, catalogue, language, state)
    plain = (f"{name}: {value}" for name, value in told.items())
    _write([dumps(told, ensure_ascii=False)] if json else plain)


@content_app.command("triage")
def content_triage(
    file: Annotated[Path, typer.Argument(help="cases, in the form of content/cases")],
    json: Annotated[bool, typer.Option("--json", help="one object a line")] = False,
) -> None:
    """Judge every case of a file; exit code 1 when one misses its acceptable levels."""
    from bot.triage_cases import cases_in, judged_lines
    from bot.triage_words import words_line
    from bot.wiring import catalogue_of

    with told_in_sentences():
        catalogue = catalogue_of()
        lines, good = judged_lines(file, catalogue, as_json=json)
        told = "" if json else words_line(cases_in(file), catalogue)
    _write([*lines, told] if told else lines)
    raise typer.Exit(0 if good else 1)


def main() -> None:
    """Run the command line, quietly when somebody presses Ctrl-C."""
    lean.begin()
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()

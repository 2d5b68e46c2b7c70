"""The command line: parse arguments, hand over to wiring, tell faults in sentences."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

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


@contextmanager
def told_in_sentences(others: Callable[[], list[str]] = list) -> Iterator[None]:
    """Turn faults that somebody can mend into sentences and exit code 2; `others` finds more."""
    from bot.store.faults import StoreFault  # noqa: PLC0415 - not needed to print help
    from content.errors import ContentFaults  # noqa: PLC0415

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
        return
    with told_in_sentences(others=_all_faults):
        settings = settings_from()
        _log(settings)
        _serve(settings)


def _log(settings: Settings) -> None:
    from bot.logs import set_up  # noqa: PLC0415

    set_up(settings.log_level, settings.log_format)


def _serve(settings: Settings) -> None:
    from bot import wiring  # noqa: PLC0415 - reading settings must not wait for all imports

    work = wiring.run_telegram if settings.telegram_token else wiring.run_terminal
    asyncio.run(work(settings))


@app.command()
def check() -> None:
    """Tell all faults of configuration and content at once; exit code 2 when there are any."""
    if faults := _all_faults():
        _tell(faults)
    sys.stdout.write("Settings, key and content are in order.\n")


def _all_faults() -> list[str]:
    return [*_faults(settings_from), *_faults(_content), *_faults(_keys)]


def _faults(look: Callable[[], object]) -> list[str]:
    from bot.store.faults import StoreFault  # noqa: PLC0415
    from content.errors import ContentFaults  # noqa: PLC0415

    try:
        look()
    except SettingsFault as fault:
        return fault.sentences
    except (ContentFaults, StoreFault) as fault:
        return str(fault).splitlines()
    return []


def _content() -> None:
    from bot.wiring import catalogue_of, look_at_language  # noqa: PLC0415

    look_at_language(settings_in_order(), catalogue_of())


def _keys() -> None:
    from bot.wiring import look_at_keys  # noqa: PLC0415

    look_at_keys(settings_in_order())


@app.command()
def migrate() -> None:
    """Bring the database up to this version."""
    from bot.wiring import migrated  # noqa: PLC0415

    with told_in_sentences():
        asyncio.run(migrated(settings_from()))
    sys.stdout.write("The database is up to date.\n")


@key_app.command("new")
def key_new(path: Annotated[Path | None, typer.Argument(help="where to write it")] = None) -> None:
    """Make a master key; nothing is overwritten."""
    from bot.store.keys import new_key_file  # noqa: PLC0415

    with told_in_sentences():
        target = path or settings_from().key_path
        new_key_file(target)
    sys.stdout.write(f"A new master key stands in {target}. Keep a copy apart from the data.\n")


@content_app.command("check")
def content_check() -> None:
    """Tell all faults of the content at once, and what to look at: lengths, reading, dates."""
    from bot.content_tools.commands import checked  # noqa: PLC0415
    from bot.wiring import catalogue_of  # noqa: PLC0415

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
    from bot.content_tools.commands import previewed  # noqa: PLC0415
    from bot.content_tools.preview import NoSuchCase  # noqa: PLC0415
    from bot.wiring import catalogue_of  # noqa: PLC0415

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
    from bot.content_tools.commands import compared  # noqa: PLC0415
    from bot.content_tools.releases import CannotCompare  # noqa: PLC0415
    from bot.wiring import catalogue_of  # noqa: PLC0415

    with told_in_sentences():
        try:
            _write(compared(other, catalogue_of()))
        except CannotCompare as problem:
            _tell(str(problem).splitlines())


@content_app.command("prove")
def content_prove() -> None:
    """Prove the content over the whole answer space, and write the certificate."""
    from bot.prove import prove  # noqa: PLC0415 - the solver is large, and only developers have it
    from bot.proofs.certificate import write_certificate  # noqa: PLC0415
    from bot.wiring import catalogue_of  # noqa: PLC0415

    with told_in_sentences():
        certificate = prove(catalogue_of(proved=False))
        sys.stdout.write(f"{certificate}\n")
        if certificate.held:
            write_certificate(certificate)
    raise typer.Exit(0 if certificate.held else 1)


@content_app.command("triage")
def content_triage(
    file: Annotated[Path, typer.Argument(help="cases, in the form of content/cases")],
    json: Annotated[bool, typer.Option("--json", help="one object a line")] = False,  # noqa: FBT002
) -> None:
    """Judge every case of a file; exit code 1 when one misses its acceptable levels."""
    from bot.triage_cases import judged_lines  # noqa: PLC0415
    from bot.wiring import catalogue_of  # noqa: PLC0415

    with told_in_sentences():
        lines, good = judged_lines(file, catalogue_of(), as_json=json)
    _write(lines)
    raise typer.Exit(0 if good else 1)


def main() -> None:
    """Run the command line, quietly when somebody presses Ctrl-C."""
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()

"""Commands for whoever edits the content."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from json import dumps
from pathlib import Path
from typing import Annotated

import typer

from bot.command_line.telling import refuse, told_in_sentences, write

content = typer.Typer(help="For whoever edits the content.")


@content.command("check")
def content_check() -> None:
    """Tell all faults of the content at once, and what to look at: lengths, reading, dates."""
    from bot.content_tools.commands import checked
    from bot.premises import catalogue_of

    with told_in_sentences():
        catalogue = catalogue_of()
    to_mend, to_know = checked(catalogue)
    write(to_know)
    if to_mend:
        refuse(to_mend)
    write(["No faults."])


@content.command("preview")
def content_preview(
    case: Annotated[str | None, typer.Argument(help="its id; none: list them")] = None,
) -> None:
    """Walk a stored case in the terminal, 60 times as fast; no data is kept."""
    from bot.content_tools.commands import previewed
    from bot.content_tools.preview import NoSuchCase
    from bot.premises import catalogue_of

    with told_in_sentences():
        try:
            previewed(case, catalogue_of(), lambda line: write([line]))
        except NoSuchCase as problem:
            refuse([str(problem)])


@content.command("diff")
def content_diff(
    other: Annotated[str, typer.Argument(help="a git revision, or a folder", metavar="REV|DIR")],
) -> None:
    """Tell what comes out differently for users since another release of the content."""
    from bot.content_tools.commands import compared
    from bot.content_tools.releases import CannotCompare
    from bot.premises import catalogue_of

    with told_in_sentences():
        try:
            write(compared(other, catalogue_of()))
        except CannotCompare as problem:
            refuse(str(problem).splitlines())


@content.command("prove")
def content_prove() -> None:
    """Prove the content over the whole answer space, and write the certificate."""
    if find_spec("z3") is None:  # a machine that only serves has no use for it
        refuse(["The prover is missing here. Run `make prove` in a checkout (it is z3-solver)."])
    from bot.premises import catalogue_of
    from bot.proofs.certificate import write_certificate
    from bot.prove import prove

    with told_in_sentences():
        certificate = prove(catalogue_of(proved=False))
        sys.stdout.write(f"{certificate}\n")
        if certificate.held:
            write_certificate(certificate)
    raise typer.Exit(0 if certificate.held else 1)


@content.command("phrase")
def content_phrase(
    text: Annotated[str, typer.Argument(help="what is typed; -: JSON objects, one a line")],
    language: Annotated[str, typer.Option(help="of the chat")] = "en",
    state: Annotated[str, typer.Option(help="any, or session while one runs")] = "any",
    json: Annotated[bool, typer.Option("--json", help="as one object")] = False,
) -> None:
    """Tell what a text would do."""
    from bot.phrases import PhraseError, answered_lines, languages_of, phrase
    from bot.premises import catalogue_of

    with told_in_sentences():
        catalogue = catalogue_of()
    if text == "-":
        write(answered_lines(sys.stdin, catalogue))
        return
    if language not in (known := languages_of(catalogue)):
        refuse([f"--language: there are no words for it. Use one of: {', '.join(sorted(known))}."])
    try:
        told = phrase(text, catalogue, language, state)
    except PhraseError as problem:
        refuse([str(problem)])
    plain = (f"{name}: {value}" for name, value in told.items())
    write([dumps(told, ensure_ascii=False)] if json else plain)


@content.command("triage")
def content_triage(
    file: Annotated[Path, typer.Argument(help="cases, in the form of content/cases")],
    json: Annotated[bool, typer.Option("--json", help="one object a line")] = False,
) -> None:
    """Judge every case of a file; exit code 1 when one misses its acceptable levels."""
    from bot.premises import catalogue_of
    from bot.triage_cases import cases_in, judged_lines
    from bot.triage_words import words_line

    with told_in_sentences():
        catalogue = catalogue_of()
        lines, good = judged_lines(file, catalogue, as_json=json)
        told = "" if json else words_line(cases_in(file), catalogue)
    write([*lines, told] if told else lines)
    raise typer.Exit(0 if good else 1)

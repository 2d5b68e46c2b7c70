"""Commands about the codes that clinics hand out."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.command_line.telling import told_in_sentences, write
from bot.settings import settings_from

code = typer.Typer(help="Codes for clinics to hand out.")


@code.command("new")
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
    from bot.premises import catalogue_of

    wanted = Wanted(uses, until, language, program, contact, bot, qr)
    with told_in_sentences():
        write(asyncio.run(commands.code_made(settings_from(), wanted, catalogue_of())))


@code.command("list")
def code_list() -> None:
    """List all codes by their first letters."""
    from bot.ops import commands

    with told_in_sentences():
        write(asyncio.run(commands.codes_listed(settings_from())))


@code.command("revoke")
def code_revoke(
    code: Annotated[str, typer.Argument(help="the code, or its number in the list")],
) -> None:
    """Let nobody come with a code any more."""
    from bot.ops import commands

    with told_in_sentences():
        write(asyncio.run(commands.code_revoked(settings_from(), code)))

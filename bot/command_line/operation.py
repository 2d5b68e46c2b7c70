"""Commands for whoever runs Limber."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Annotated

import typer

from bot.command_line.faults import all_faults
from bot.command_line.telling import refuse, refuse_for, told_in_sentences, write
from bot.envfile import names_in
from bot.settings import settings_from, strangers_in

MOST = 2**63 - 1  # of a number in a database
NO_SERVER = "name the new database as postgresql://user@host/database."
MOVED = (
    "Set LIMBER_DATABASE_URL to the new address, give each replica the same master key, and start. "
    "Do not start with the old file again; once all is well, delete it."
)

operation = typer.Typer()


@operation.command()
def check() -> None:
    """Tell all faults of configuration and content at once; exit code 2 when there are any."""
    if faults := all_faults():
        refuse_for(faults)
    write(f"To know: {each}" for each in strangers_in({*os.environ, *names_in(Path(".env"))}))
    write(["Settings, key, content and database are in order."])


@operation.command()
def migrate() -> None:
    """Bring the database up to this version."""
    from bot.premises import migrated

    with told_in_sentences():
        asyncio.run(migrated(settings_from()))
    write(["The database is up to date."])


@operation.command()
def move(to: Annotated[str, typer.Option(help="postgresql://user@host/database, empty")]) -> None:
    """Carry everything from SQLite to PostgreSQL; stop Limber first."""
    from bot.premises import moved_to

    if not to.startswith("postgresql://"):
        refuse([f"--to: {NO_SERVER}"])
    with told_in_sentences():
        counts = asyncio.run(moved_to(settings_from(), to))
    told = f"{counts['users']} users and {sum(counts.values())} rows in all have moved."
    write([told, MOVED])


@operation.command("backup")
def back_up(folder: Annotated[Path, typer.Argument(metavar="DIR")]) -> None:
    """Write dated data and replace the keys file, while Limber runs."""
    from bot.ops import commands

    with told_in_sentences():
        write(commands.backup(settings_from(), folder))


@operation.command()
def restore(
    folder: Annotated[Path, typer.Argument(metavar="DIR")],
    check_only: Annotated[bool, typer.Option("--check", help="open all, write nothing")] = False,
    data: Annotated[Path | None, typer.Option(help="older data than the newest")] = None,
) -> None:
    """Write the database of a backup where none is; --check only looks whether it would open."""
    from bot.ops import commands

    with told_in_sentences():
        write(commands.restored(settings_from(), folder, data, check_only=check_only))


@operation.command()
def erase(
    chat: Annotated[
        int | None, typer.Option(help="of the user's chat", min=-MOST, max=MOST)
    ] = None,
    user: Annotated[int | None, typer.Option(help="their number in the database", max=MOST)] = None,
    front_end: Annotated[str, typer.Option(help="where the chat is")] = "telegram",
) -> None:
    """Erase one user with key and all rows, while Limber runs."""
    from bot.ops import commands

    if (chat is None) == (user is None):
        refuse(["Name the one to erase by --chat ID or by --user N."])
    with told_in_sentences():
        write(asyncio.run(commands.erased(settings_from(), front_end, chat, user)))


@operation.command()
def stats() -> None:
    """Count users and what they did; counts below five are not told."""
    from bot.ops import commands

    with told_in_sentences():
        write(asyncio.run(commands.counted(settings_from())))

"""Commands about the master key."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.command_line.telling import told_in_sentences, write
from bot.settings import settings_from

key = typer.Typer(help="The master key.")


@key.command("new")
def key_new(path: Annotated[Path | None, typer.Argument(help="where to write it")] = None) -> None:
    """Make a master key; nothing is overwritten."""
    from bot.store.keys import new_key_file

    with told_in_sentences():
        target = path or settings_from().key_path
        new_key_file(target)
    write([f"A new master key stands in {target}. Keep a copy apart from the data."])


@key.command("rotate")
def key_rotate(
    drop_old: Annotated[bool, typer.Option("--drop-old", help="end a rotation")] = False,
) -> None:
    """Put a new master key before the old one and wrap all keys anew; Limber must be stopped."""
    from bot.ops import commands

    with told_in_sentences():
        write(asyncio.run(commands.rotated(settings_from(), drop_old=drop_old)))

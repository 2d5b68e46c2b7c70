"""All commands, as one tree."""

from __future__ import annotations

import typer

from bot import lean
from bot.command_line.codes import code
from bot.command_line.content import content
from bot.command_line.keys import key
from bot.command_line.operation import operation
from bot.command_line.start import start

app = typer.Typer(
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
    help="A careful back coach: Telegram when a token is set, else this terminal.",
)
app.add_typer(operation)
app.add_typer(key, name="key")
app.add_typer(code, name="code")
app.add_typer(content, name="content")


@app.callback(invoke_without_command=True)
def run(context: typer.Context) -> None:
    """Start Limber."""
    if context.invoked_subcommand is None:
        start()
    else:
        lean.settle()

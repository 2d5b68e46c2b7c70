"""The command line: what is typed behind `limber` is a command, and nothing starts Limber."""

from __future__ import annotations

import sys
from io import TextIOWrapper

from bot import lean


def main() -> None:
    """Do what is asked for, quietly when somebody presses Ctrl-C."""
    lean.begin()
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # no signs of a strange alphabet end anything here
            stream.reconfigure(errors="backslashreplace")
    try:
        _do(commanded=len(sys.argv) > 1)
    except KeyboardInterrupt:
        sys.exit(130)


def _do(*, commanded: bool) -> None:
    if commanded:
        from bot.command_line.commands import app

        app()
    else:  # what parses commands is not loaded for this
        from bot.command_line.start import start

        start()


if __name__ == "__main__":
    main()

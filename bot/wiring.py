"""The composition root: who is spoken to, in the terminal or on Telegram, until told to stop."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

from bot import lean
from bot.house import told_plainly
from bot.opening import open_house
from bot.ports import WallClock
from bot.settings import Settings
from flows.heard import Command


async def run_terminal(settings: Settings) -> None:
    """Talk in the terminal until the end of input."""
    from bot.frontends import terminal  # noqa: PLC0415 - not needed for Telegram

    clock = WallClock()
    with terminal.screen():
        carrier = terminal.TerminalCarrier(_print, clock, files=settings.data_dir / "files")
        async with open_house(
            settings, terminal.NAME, lambda *_: carrier, clock=clock, local=True
        ) as house:
            await house.hear(terminal.CHAT_ID, Command(name="start"))
            await house.sender.drained()
            async for line in terminal.lines(carrier):
                if heard := terminal.heard_of(line, carrier.buttons):
                    _, told = await house.hear(terminal.CHAT_ID, heard)
                    if told is not None:
                        _print(f"  ({told_plainly(told.toast.text, told.language, house)})")
                    await house.sender.drained()  # the next line answers what this one has shown
            await house.sender.drained()


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


async def run_telegram(settings: Settings) -> None:
    """Serve Telegram by long polling until told to stop."""
    lean.plain("telegram")
    from bot.frontends.telegram_run import serve  # noqa: PLC0415 - not needed in the terminal

    await _until_stopped(serve(settings))


async def _until_stopped(work: Coroutine[Any, Any, None]) -> None:
    """Run until it ends, or a signal asks to stop: then cancel it and let it tidy up."""
    task = asyncio.create_task(work)
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        with suppress(NotImplementedError):
            loop.add_signal_handler(name, task.cancel)
    with suppress(asyncio.CancelledError):
        await task

"""The watchdog: what systemd is told, over a socket of its own."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from bot.ops.watchdog import Watchdog
from bot.tally import STILL_S, Tally


@pytest.fixture
def line(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(str(tmp_path / "notify"))
        line.setblocking(False)  # noqa: FBT003 - its only argument
        yield line


def told(line: socket.socket) -> list[str]:
    lines = []
    with suppress(BlockingIOError):
        while True:
            lines.append(line.recv(100).decode())
    return lines


async def told_by(line: socket.socket, *, alive: bool) -> list[str]:
    env = {"NOTIFY_SOCKET": line.getsockname(), "WATCHDOG_USEC": "80000"}
    task = asyncio.create_task(Watchdog(lambda: alive, env).run())
    await asyncio.sleep(0.1)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    return told(line)


async def test_it_says_that_we_are_up_alive_and_stopping(line: socket.socket) -> None:
    said = await told_by(line, alive=True)
    assert "READY=1" == said[0]
    assert {"WATCHDOG=1"} == set(said[1:-1])
    assert "STOPPING=1" == said[-1]


async def test_it_is_silent_while_a_loop_stands_still(line: socket.socket) -> None:
    assert ["READY=1", "STOPPING=1"] == await told_by(line, alive=False)


async def test_without_systemd_it_does_nothing() -> None:
    task = asyncio.create_task(Watchdog(lambda: True, {}).run())
    await asyncio.sleep(0)
    assert not task.done()
    task.cancel()


def test_a_loop_stands_still_when_it_has_not_turned_for_long() -> None:
    tally = Tally()
    tally.turned("alarms")
    assert [] == tally.standing_still()
    tally.turned_at["alarms"] -= STILL_S + 1
    assert ["alarms"] == tally.standing_still()

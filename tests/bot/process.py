"""Limber as a process of its own, against the Bot API server of the tests."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

from tests.botapi.server import BotApi

ROOT = Path(__file__).parents[2]
START_S = 60.0  # a loaded machine takes its time to import


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Give a process nothing but this: no setting of the machine leaks in."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {
        **kept,
        "PYTHONPATH": str(ROOT),
        "LIMBER_DATA_DIR": str(folder / "data"),
        "LIMBER_KEY_FILE": "",
        "XDG_CONFIG_HOME": str(folder / "config"),
        **more,
    }


def with_telegram(api: BotApi, folder: Path, **more: str) -> dict[str, str]:
    return environment(
        folder,
        LIMBER_TELEGRAM_TOKEN=api.token,
        LIMBER_TELEGRAM_BASE_URL=api.base_url,
        LIMBER_TELEGRAM_BASE_FILE_URL=api.base_file_url,
        **more,
    )


async def started(env: dict[str, str], *args: str, folder: Path) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *args, env=env, cwd=folder, stdin=PIPE, stdout=PIPE,
        stderr=(folder / "stderr").open("ab"),
    )  # fmt: skip


async def polling(api: BotApi, before: int = 0) -> None:
    """Wait until it has asked for updates since."""

    def asked() -> bool:
        return sum(call.method == "getUpdates" for call in api.calls) > before

    await api.until(asked, START_S, "the first poll")


async def killed(process: Process) -> None:
    """Kill it as a power cut would."""
    process.send_signal(signal.SIGKILL)
    await process.wait()


async def stopped(process: Process) -> int:
    process.terminate()
    async with asyncio.timeout(20):
        return await process.wait()

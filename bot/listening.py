"""A listener on `host:port` for as long as a block runs.  Nothing is logged of who comes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.settings import SettingsFault, listen_of


@asynccontextmanager
async def listening(
    app: web.Application, setting: str, listen: str, finish_s: float = 1.0
) -> AsyncIterator[None]:
    """Listen; on leaving, what is being answered is finished first."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=finish_s)
    await runner.setup()
    try:
        await web.TCPSite(runner, *listen_of(listen)).start()
    except OSError as fault:
        await runner.cleanup()
        why = fault.strerror or type(fault).__name__
        raise SettingsFault(
            [f"{setting}: nobody can listen on {listen} ({why}). Name another host:port."]
        ) from None
    try:
        yield
    finally:
        await runner.cleanup()

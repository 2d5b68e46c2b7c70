"""A Bot API server and a Limber that talks to it; whatever a test leaves running is killed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from tests.bot.process import Limber, with_telegram
from tests.bot.seed import seeded
from tests.botapi.server import BotApi
from tests.transcript import Chat

Serve = Callable[..., Awaitable[Limber]]


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        yield api


@pytest.fixture
async def limber(api: BotApi, tmp_path: Path) -> AsyncIterator[Limber]:
    """Give a Limber that has not been started."""
    limber = Limber(tmp_path, with_telegram(api, tmp_path, LIMBER_LOG_LEVEL="debug"))
    yield limber
    await limber.kill()


@pytest.fixture
async def serving(api: BotApi, limber: Limber) -> Serve:
    """Start it with people who have come some way already, by chat id."""

    async def serving(people: dict[int, Chat] | None = None) -> Limber:
        await seeded(limber.env, people or {})
        await limber.serve(api)
        return limber

    return serving

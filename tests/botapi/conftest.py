from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from aiohttp import ClientSession

from tests.botapi import BotApi, Person

Ask = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture
async def server() -> AsyncIterator[BotApi]:
    async with BotApi() as server:
        yield server


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


@pytest.fixture
async def ask(server: BotApi, http: ClientSession) -> Ask:
    """Call a method over raw HTTP, and give the answer as it came."""

    async def ask(method: str, **params: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
        url = f"{server.base_url}{server.token}/{method}"
        async with http.post(url, json=params) as answer:
            told: dict[str, Any] = await answer.json()
            return told

    return ask


@pytest.fixture
async def ada(server: BotApi) -> Person:
    """Give a person who has started the bot, which has heard it."""
    ada = server.person()
    await ada.says("/start")
    server.world.updates.queue.clear()
    return ada

"""Scenes: what one or several people live through with a Limber that serves others beside them.

All scenes are played at once against one process: a scene waits for real seconds, and a bot is
never alone with one user.  Each has its own people, by chat id, and looks at their chats only.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from content.catalogue import Catalogue
from tests.bot.process import Limber, with_telegram
from tests.bot.seed import seeded
from tests.botapi.server import BotApi, Call
from tests.transcript import Chat


class Scene(Protocol):
    def people(self, catalogue: Catalogue) -> dict[int, Chat]:
        """Give those who have come some way already."""
        ...

    async def play(self, api: BotApi) -> None:
        """Live through it; raises AssertionError where Limber does not."""
        ...


async def played(
    scenes: Mapping[str, Scene], folder: Path, catalogue: Catalogue
) -> dict[str, BaseException | None]:
    """Play them all at once; what each of them has raised."""
    async with BotApi() as api:
        limber = Limber(folder, with_telegram(api, folder, LIMBER_LOG_LEVEL="debug"))
        people: dict[int, Chat] = {}
        for scene in scenes.values():
            people |= scene.people(catalogue)
        await seeded(limber.env, people)
        try:
            await limber.serve(api)
            plays = (scene.play(api) for scene in scenes.values())
            raised = await asyncio.gather(*plays, return_exceptions=True)
        finally:
            await limber.kill()
        assert "not_answered" not in limber.errors
        assert "not_delivered" not in limber.errors
    return dict(zip(scenes, raised, strict=True))


def refused(api: BotApi, *chat_ids: int) -> list[Call]:
    """Give the requests that Telegram would not have carried out, but for needless edits."""
    return [
        call for call in api.calls
        if call.params.get("chat_id") in chat_ids and call.status not in (200, None)
        and "not modified" not in str(call.answer)
    ]  # fmt: skip

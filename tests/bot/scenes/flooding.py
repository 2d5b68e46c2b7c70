"""One person writes faster than anybody can, and somebody else is there."""

from __future__ import annotations

import asyncio
import time

from content.catalogue import Catalogue
from tests.bot.seed import TO_THE_FIRST_HOLD, TO_THE_OFFER, played
from tests.bot.walk import SEES_S, says
from tests.botapi.server import BotApi
from tests.transcript import Chat

MESSAGES = 300
TOLD = "more than I can read"
PROMPT_S = 3.0  # for the other one, while all of the flood is worked off


class Flood:
    """Told once, others unaffected, and a stop in the middle of it is a stop."""

    LOUD, CALM = 1801, 1802

    def people(self, catalogue: Catalogue) -> dict[int, Chat]:
        return {
            self.LOUD: played(catalogue, TO_THE_FIRST_HOLD),
            self.CALM: played(catalogue, TO_THE_OFFER),
        }

    async def play(self, api: BotApi) -> None:
        loud, calm = api.person(self.LOUD), api.person(self.CALM)
        await says(calm, "/start", "Good news")
        loud.room.started = True
        flood = asyncio.gather(*(loud.says("buy cheap shoes") for _ in range(MESSAGES)))
        began = time.monotonic()
        await says(calm, "/help", "I ask about danger signs first")
        assert time.monotonic() - began <= PROMPT_S
        await flood
        await loud.says("ow it hurts")
        await loud.sees("Stopped. Ease out", SEES_S, anew=True)
        warnings = [message for message in loud.told if TOLD in message.words]
        assert len(warnings) <= 1

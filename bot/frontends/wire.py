"""Requests written down without detours, for the few methods that nearly every answer takes.

The library's typed methods ask each parameter what it is and make objects of the answer, at a
fifth of all the time that an answer takes; of what is asked here, only a number is read.  Faults
are the library's own.
"""

from __future__ import annotations

from typing import Any, cast

from telegram import Bot
from telegram.request import RequestData

from bot.frontends.transport import MaybeSent


class Given:
    """Parameters that are JSON already, in the place of `RequestData`."""

    __slots__ = ("parameters",)
    contains_files = False

    def __init__(self, parameters: dict[str, object]) -> None:
        self.parameters = parameters


class Wire:
    def __init__(self, bot: Bot) -> None:
        self.request, self.base_url = bot.request, bot.base_url

    async def ask(self, method: str, **parameters: object) -> Any:  # noqa: ANN401 - JSON
        """Ask for it, without the parameters that are none."""
        given = Given({name: value for name, value in parameters.items() if value is not None})
        return await self.request.post(f"{self.base_url}/{method}", cast("RequestData", given))

    async def sent(self, method: str, **parameters: object) -> int:
        """Ask for a message, and return its number."""
        message = await self.ask(method, **parameters)
        number = message.get("message_id") if isinstance(message, dict) else None
        if not isinstance(number, int):
            raise MaybeSent("the answer names no message")
        return number

"""Updates wait here until the bot confirms them, by an offset or by its webhook's answer."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout

from tests.botapi.refusal import Refused

Json = dict[str, Any]
OFF_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
LONGEST_POLL_S = 50
RETRY_S = 0.2


@dataclass
class Waiting:
    update: Json
    late: bool = False  # its id came out of order: no offset may confirm it before it was given
    given: bool = False


@dataclass
class Updates:
    next_id: int = 700_000_001
    queue: list[Waiting] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)
    came: asyncio.Condition = field(default_factory=asyncio.Condition)
    poll: int = 0  # counts the pollers: an older one gives way to a newer one
    webhook: Webhook | None = None

    async def add(self, kind: str, payload: Json) -> Json | None:
        """Queue an update of this kind, unless the bot does not want it."""
        if (kind not in self.allowed) if self.allowed else (kind in OFF_BY_DEFAULT):
            return None
        return await self.push({kind: payload})

    async def push(self, update: Json) -> Json:
        """Queue anything: with an id of its own it may double, be out of order, or be garbage."""
        late = isinstance(update.get("update_id"), int) and update["update_id"] < self.next_id
        if "update_id" not in update:
            update = {"update_id": self.next_id} | update
        if isinstance(update["update_id"], int):
            self.next_id = max(self.next_id, update["update_id"] + 1)
        self.queue.append(Waiting(update, late))
        async with self.came:
            self.came.notify_all()
        return update

    async def get(self, params: Json) -> list[Json]:
        """Answer getUpdates: confirm, then wait for what is new."""
        if self.webhook:
            raise Refused(
                "can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first", 409,
            )  # fmt: skip
        limit = params.get("limit", 100)
        if not 1 <= limit <= 100:
            raise Refused("limit must be between 1 and 100")
        if "allowed_updates" in params:
            self.allowed = params["allowed_updates"]
        self.confirm(params.get("offset", 0))
        self.poll += 1
        mine = self.poll
        async with self.came:
            self.came.notify_all()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(min(params.get("timeout", 0), LONGEST_POLL_S)):
                    await self.came.wait_for(lambda: self.queue or self.poll != mine)
        if self.poll != mine:
            raise Refused(
                "terminated by other getUpdates request; "
                "make sure that only one bot instance is running", 409,
            )  # fmt: skip
        batch = self.queue[:limit]
        for waiting in batch:
            waiting.given = True
        return [waiting.update for waiting in batch]

    def confirm(self, offset: int) -> None:
        if offset < 0:
            self.queue = self.queue[offset:]
        elif offset > 0:
            self.queue = [w for w in self.queue if not done(w, offset)]


def done(waiting: Waiting, offset: int) -> bool:
    number = waiting.update["update_id"]
    if waiting.late or not isinstance(number, int):
        return waiting.given
    return bool(number < offset)


class Webhook:
    """Posts updates in order; the next goes only when the one before was answered with 2xx."""

    def __init__(self, updates: Updates, url: str, secret: str | None) -> None:
        parts = urlsplit(url)
        if parts.scheme != "https" and parts.hostname not in {"127.0.0.1", "localhost"}:
            raise Refused("bad webhook: An HTTPS URL must be provided for webhook")
        self.updates, self.url = updates, url
        self.headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        self.last_error: str | None = None
        self.task = asyncio.create_task(self.deliver())

    async def deliver(self) -> None:
        async with ClientSession(timeout=ClientTimeout(total=30)) as session:
            while True:
                async with self.updates.came:
                    await self.updates.came.wait_for(lambda: self.updates.queue)
                waiting = self.updates.queue[0]
                if await self.post(session, waiting.update):
                    with contextlib.suppress(ValueError):
                        self.updates.queue.remove(waiting)
                else:
                    await asyncio.sleep(RETRY_S)

    async def post(self, session: ClientSession, update: Json) -> bool:
        try:
            async with session.post(self.url, json=update, headers=self.headers) as answer:
                self.last_error = None if answer.ok else f"Wrong response: {answer.status}"
                return answer.ok
        except (ClientError, TimeoutError) as fault:
            self.last_error = type(fault).__name__
            return False

    async def stop(self) -> None:
        self.task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self.task

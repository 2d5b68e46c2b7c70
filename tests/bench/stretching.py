"""People in the middle of a session, and what reaches them of it.

When a hold is due is read in the store itself, where the moments stand in clear.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from tests.bench.loopback import Came, Loopback

DUE = "SELECT user_id, due_at FROM alarms WHERE name = 'session'"
LOOKS_S = 0.2
ANSWERS_S = 5.0  # until somebody says how it was
LOST_S = 6.0
EDITS = {"editMessageText", "editMessageCaption", "editMessageMedia"}


class Stretchers:
    """Chats 1, 2, 3 …, whose numbers in the store are the same."""

    def __init__(self, api: Loopback, database: Path, people: int) -> None:
        self.api, self.database, self.people = api, database, people
        self.due: dict[int, float] = {}  # the alarm that stands, by chat
        self.rang: dict[int, float] = {}  # one that is over, and of which nothing was heard yet
        self.heard_at: dict[int, float] = {}  # when anything came
        self.asked_at: dict[int, float] = {}
        self.late_s: list[float] = []
        self.waits_s: list[float] = []
        self.edits_after = 0
        self.others: list[float] = []  # when something came for others
        api.on_came = self.came

    def came(self, came: Came) -> None:
        if came.chat > self.people:
            self.others.append(came.at)
            return
        self.heard_at[came.chat] = came.at
        due = self.due.get(came.chat)
        if due is not None and due <= came.at:
            self.rang[came.chat] = self.due.pop(came.chat)
        if came.loud and came.chat in self.rang:
            self.late_s.append(came.at - self.rang.pop(came.chat))
        elif came.method in EDITS and came.chat in self.rang and came.chat not in self.asked_at:
            self.edits_after += 1
        if came.chat in self.asked_at:
            self.waits_s.append(came.at - self.asked_at.pop(came.chat))
        asyncio.get_running_loop().call_later(ANSWERS_S, self._answer, came.chat)

    def _answer(self, chat: int) -> None:
        data = self.api.chat(chat).data_of("Right")
        if data is not None and chat not in self.asked_at:
            self.asked_at[chat] = time.time()
            self.api.tap(chat, data)

    async def stretch(self, for_s: float) -> None:
        """Go on for so long, and a moment longer for what is still to come."""
        until = time.time() + for_s
        while time.time() < until:
            self._look()
            await asyncio.sleep(LOOKS_S)

    def _look(self) -> None:
        now = time.time()
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as store:
            standing = {user: due / 1e6 for user, due in store.execute(DUE)}
        for chat, due in standing.items():
            if chat > self.people:
                continue
            known = self.due.get(chat)
            if known is not None and known <= now and known != due:
                self.rang.setdefault(chat, known)
            self.due[chat] = due

    def lost(self) -> int:
        """Count hold ends long past after which nothing came at all."""
        before = time.time() - LOST_S
        past = [(c, due) for each in (self.rang, self.due) for c, due in each.items()]
        return sum(1 for c, due in past if due < before and self.heard_at.get(c, 0) < due)

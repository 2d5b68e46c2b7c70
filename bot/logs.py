"""Logs: events with names and counts, never an answer, a chat id or a token."""

from __future__ import annotations

import hmac
import logging
import secrets
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Literal

import structlog

FAULTY = {"why", "error"}
PASSING = {"chat", "retry_s"}  # what makes no other fault of it
QUIET_S = 60.0
MOST_FAULTS = 100


def set_up(level: str, form: Literal["text", "json"] | None) -> None:
    """Write to standard error: text where somebody looks on, else JSON."""
    number = logging.getLevelNamesMapping()[level.upper()]
    as_text = form == "text" or (form is None and sys.stderr.isatty())
    renderer: structlog.types.Processor = (
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
        if as_text
        else structlog.processors.JSONRenderer()
    )
    structlog.configure(
        processors=[
            Repeats(),
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    # Libraries log requests, and requests carry the token in their address.
    # The machines' library tells of every event that does not fit, which here is an answer.
    for name in (
        "transitions",
        "telegram",
        "aiohttp",
        "httpx",
        "httpcore",
        "sqlalchemy",
        "alembic",
    ):
        logging.getLogger(name).setLevel(logging.CRITICAL)


class Repeats:
    """Lets the same fault through once a minute; the next one tells how often it came.

    While a database is away everybody's wait would else write lines, by the thousand.
    """

    def __init__(self, now_s: Callable[[], float] = time.monotonic) -> None:
        self.now_s = now_s
        self.told: dict[tuple[str, ...], tuple[float, int]] = {}  # when, and how often since

    def __call__(
        self, _: object, __: str, event: structlog.types.EventDict
    ) -> structlog.types.EventDict:
        if not FAULTY & event.keys():
            return event
        fault = tuple(f"{name}={event[name]}" for name in event if name not in PASSING)
        told_at, times = self.told.get(fault, (float("-inf"), 0))
        if self.now_s() - told_at < QUIET_S:
            self.told[fault] = told_at, times + 1
            raise structlog.DropEvent
        self.told.pop(fault, None)
        while len(self.told) >= MOST_FAULTS:
            del self.told[next(iter(self.told))]  # the one told longest ago
        self.told[fault] = self.now_s(), 0
        return {**event, "times": times + 1} if times else event


class Signs:
    """Tells chats apart in a day's log and no longer: a salt is drawn for each day, and forgotten.

    Not even whoever knows the chat id and holds the disk finds it in the log of another day.
    """

    def __init__(self) -> None:
        self.day = date.min
        self.salt = b""

    def sign(self, chat_id: int, day: date) -> str:
        if day != self.day:
            self.day, self.salt = day, secrets.token_bytes(16)
        return hmac.digest(self.salt, str(chat_id).encode(), "sha256").hex()[:12]

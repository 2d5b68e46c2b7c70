"""Logs: events with names and counts, never an answer, a chat id or a token."""

from __future__ import annotations

import hmac
import logging
import secrets
import sys
from datetime import date
from typing import Literal

import structlog


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

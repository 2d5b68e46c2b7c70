"""What Telegram answers to a request, told in the words of the ports."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TypeVar

from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.frontends.transport import MaybeSent, NeverSent, wait_s
from bot.ports import BlockedByUser, Gone, Limited, NotSent, Refused, Unknown
from bot.traces import kind

T = TypeVar("T")


class Same(Refused):
    """The edit would change nothing: it has been done."""


class Wordless(Refused):
    """The message to be edited is a picture: it has a caption, and no text."""


class Unwanted(Refused):
    """Of the kind that a user of these settings takes none of: a voice note."""


class Uncheered(Refused):
    """The effect is not known, or not for this chat: the message goes without."""


async def told(request: Awaitable[T]) -> T:
    """Carry out a request; what can go wrong, in the words of the ports."""
    try:
        return await request
    except RetryAfter as fault:
        raise Limited(wait_s(fault)) from None
    except NeverSent:
        raise NotSent("not sent") from None
    except Forbidden as fault:
        raise _shut(fault.message.lower()) from None
    except BadRequest as fault:
        raise _refusal(fault.message.lower()) from None
    except (MaybeSent, NetworkError):
        raise Unknown("no answer") from None
    except TelegramError as fault:
        raise Refused(kind(fault)) from None


def _shut(message: str) -> Refused:
    return Unwanted("no voice notes") if "voice" in message else BlockedByUser("blocked")


def _refusal(message: str) -> Refused:
    is_voice = "voice" in message and "forbidden" in message  # VOICE_MESSAGES_FORBIDDEN, in words
    is_gone = "can't be edited" in message or ("not found" in message and "chat" not in message)
    meant: tuple[tuple[bool, Refused], ...] = (
        ("not modified" in message, Same("same")),
        (is_voice, Unwanted("no voice notes")),
        ("effect" in message, Uncheered("no such effect")),  # EFFECT_ID_INVALID, and in words
        ("no text in the message" in message, Wordless("a picture")),
        (is_gone, Gone("gone")),
        ("chat not found" in message, BlockedByUser("no such chat")),
    )
    return next((refusal for is_so, refusal in meant if is_so), Refused("bad request"))

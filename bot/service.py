"""Fetch, decide, keep: what happens between an update's arrival and its commit.

Each function here is one transaction of the store; only `advance` thinks.  Nothing is sent: what
is to be said becomes rows of the outbox, what is to be waited for rows of the alarms, all in the
commit that keeps the snapshot.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.outbox.letter import Letter
from bot.store.unit import Unit
from content.catalogue import Catalogue
from flows.base import (
    DropAlarm,
    Effect,
    Erase,
    Record,
    SetAlarm,
    Show,
    Strip,
    Toast,
    Unsay,
)
from flows.conversation import advance
from flows.heard import Failed, Heard, Rang
from flows.talk import Talk
from flows.upgrades import lifted

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # no letters that look like others
REMINDER_WAITS = timedelta(hours=2)  # an unsent reminder is worth nothing after that


@dataclass(frozen=True)
class Chat:
    """Where someone talks to us."""

    front_end: str
    chat_id: int


@dataclass(frozen=True)
class Told:
    """What a tap is answered with, and in which language."""

    toast: Toast
    language: str


def hear(unit: Unit, chat: Chat, heard: Heard, at: datetime, content: Catalogue) -> Told | None:
    """Answer one thing heard in a chat; returns what a tap is answered with."""
    user = unit.user_of(chat.front_end, chat.chat_id, day=at.date())
    unit.lock(user)
    return _step(unit, user, heard, at, content)


def hear_update(
    unit: Unit, update_id: int, chat: Chat, heard: Heard, at: datetime, content: Catalogue
) -> Told | None:
    """Answer one update once: doubled ones change nothing."""
    if not unit.seen(update_id, at):
        return None
    return hear(unit, chat, heard, at, content)


def note_update(unit: Unit, update_id: int, at: datetime) -> bool:
    """Count an update as heard that says nothing to us."""
    return unit.seen(update_id, at)


def apologise(
    unit: Unit, update_id: int | None, chat: Chat, at: datetime, content: Catalogue
) -> None:
    """Count an update as heard that could not be answered, and say that the place is kept."""
    if update_id is None or unit.seen(update_id, at):
        hear(unit, chat, Failed(), at, content)


def ring(
    unit: Unit, user: int, name: str, due_at: datetime, at: datetime, content: Catalogue
) -> bool:
    """Act on an alarm exactly once; False when somebody was faster or it was set anew."""
    unit.lock(user)
    event = unit.take_alarm(user, name, due_at)
    if event is None:
        return False
    _step(unit, user, Rang(alarm=name, then=event.decode()), at, content)
    return True


def hear_user(unit: Unit, user: int, heard: Heard, at: datetime, content: Catalogue) -> None:
    """Answer something learned of a user by other ways than an update, such as a block."""
    unit.lock(user)
    if unit.talk_of(user) is not None:
        _step(unit, user, heard, at, content)


def _step(unit: Unit, user: int, heard: Heard, at: datetime, content: Catalogue) -> Told | None:
    before = _talk_of(unit, user)
    after, effects = advance(before, heard, at, content)
    if erased := next((e for e in effects if isinstance(e, Erase)), None):
        _erase(unit, user, erased, after, at)
        return None
    unit.keep_talk(user, after.model_dump_json().encode())
    for effect in effects:
        _keep(unit, user, effect, after, at)
    toast = next((e for e in effects if isinstance(e, Toast)), None)
    return Told(toast, after.language) if toast else None


def _talk_of(unit: Unit, user: int) -> Talk:
    kept = unit.talk_of(user)
    if kept is None:
        return Talk(talk="".join(secrets.choice(ALPHABET) for _ in range(4)))
    return lifted(kept)


def _keep(unit: Unit, user: int, effect: Effect, talk: Talk, at: datetime) -> None:
    match effect:
        case Show():
            letter = Letter.of(effect, talk)
            expires = at + REMINDER_WAITS if effect.rank == "reminder" else None
            unit.put(
                user, effect.rank, effect.slot, effect.how, at, letter.sealed(), expires_at=expires
            )
        case Unsay(slots=slots):
            unit.unsay(user, list(slots))
        case Strip(slots=slots):
            for slot in slots:
                if (message := unit.message_of(user, slot)) is not None:
                    letter = Letter(do="strip", messages=(message,))
                    unit.put(user, "reply", slot, "change", at, letter.sealed())
        case SetAlarm(name=name, due_at=due_at, then=then):
            unit.set_alarm(user, name, due_at, then.encode())
        case DropAlarm(name=name):
            unit.drop_alarm(user, name)
        case Record(kind=kind):
            unit.add_diary(user, kind, at, effect.model_dump_json().encode())
        case Toast() | Erase():
            pass  # a toast follows the commit; erasing has happened


def _erase(unit: Unit, user: int, effect: Erase, talk: Talk, at: datetime) -> None:
    """Destroy the key and all rows; the goodbye goes out under a key of its own."""
    front_end, chat_id = unit.front_end_of(user), unit.chat_of(user)
    unit.erase(user)
    letter = Letter.of(effect.farewell, talk)
    unit.put_farewell(front_end, chat_id, letter.sealed(), at)

"""Fetch, decide, keep: what happens between an update's arrival and its commit.

Each function here is one transaction of the store; only `advance` thinks.  Nothing is sent: what
is to be said becomes rows of the outbox, what is to be waited for rows of the alarms, all in the
commit that keeps the snapshot.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import invitations, receipts
from bot.outbox.letter import Letter, forget
from bot.store.unit import Unit
from content.catalogue import Catalogue
from flows.base import (
    Draw,
    DropAlarm,
    Effect,
    Erase,
    Recall,
    Record,
    SetAlarm,
    Show,
    Strip,
    Toast,
    Unsay,
    said,
)
from flows.conversation import advance
from flows.heard import Failed, Heard, Rang
from flows.talk import Talk
from flows.upgrades import lifted

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # no letters that look like others
DELETABLE = timedelta(hours=48)  # Telegram lets bots delete no older messages
COUNTED = "card"  # the slot whose message shows a clock
REMINDER_WAITS = timedelta(hours=2)  # an unsent reminder is worth nothing after that


@dataclass(frozen=True)
class Chat:
    """Where someone talks to us, and what to assume of them before they say."""

    front_end: str
    chat_id: int
    language: str = "en"
    country: str | None = None


@dataclass(frozen=True)
class Told:
    """What a tap is answered with, and in which language."""

    toast: Toast
    language: str


def hear(unit: Unit, chat: Chat, heard: Heard, at: datetime, content: Catalogue) -> Told | None:
    """Answer one thing heard in a chat; returns what a tap is answered with."""
    user = unit.user_of(chat.front_end, chat.chat_id, day=at.date())
    unit.lock(user)
    kept = unit.talk_of(user)
    before = _begun(chat) if kept is None else lifted(kept)
    return _step(unit, user, before, heard, at, content)


def _begun(chat: Chat) -> Talk:
    """Begin a talk, under a name drawn for it: buttons of an erased one are strangers."""
    name = "".join(secrets.choice(ALPHABET) for _ in range(4))
    return Talk(talk=name, language=chat.language, assumed_country=chat.country)


def hear_update(
    unit: Unit, update_id: int, chat: Chat, heard: Heard, at: datetime, content: Catalogue
) -> Told | None:
    """Answer one update once: doubled ones change nothing."""
    if not unit.seen(update_id, at):
        return None
    return hear(unit, chat, heard, at, content)


def let_pass(unit: Unit, update_id: int, at: datetime) -> None:
    """Count an update as heard without a look at it."""
    unit.seen(update_id, at)


def apologise(
    unit: Unit, update_id: int | None, chat: Chat, at: datetime, content: Catalogue
) -> None:
    """Count an update as heard that could not be answered, and say that the place is kept."""
    if update_id is None or unit.seen(update_id, at):
        hear(unit, chat, Failed(), at, content)


def apologise_unread(
    unit: Unit, update_id: int | None, chat: Chat, at: datetime, content: Catalogue
) -> None:
    """Say so without a look at the talk, which nobody can read any more."""
    del content
    if update_id is None or unit.seen(update_id, at):
        user = unit.user_of(chat.front_end, chat.chat_id, day=at.date())
        show = Show(slot="screen", how="fresh", text=(said("talk.failed"),))
        letter = Letter(show=show, language=chat.language)
        unit.put(user, "reply", "screen", "fresh", at, letter.sealed())


def ring(
    unit: Unit, user: int, name: str, due_at: datetime, at: datetime, content: Catalogue
) -> bool:
    """Act on an alarm exactly once; False when somebody was faster or it was set anew."""
    unit.lock(user)
    event = unit.take_alarm(user, name, due_at)
    if event is None:
        return False
    _heard(unit, user, Rang(alarm=name, then=event.decode()), at, content)
    return True


def hear_user(unit: Unit, user: int, heard: Heard, at: datetime, content: Catalogue) -> None:
    """Answer something learned of a user by other ways than an update, such as a block."""
    unit.lock(user)
    _heard(unit, user, heard, at, content)


def _heard(unit: Unit, user: int, heard: Heard, at: datetime, content: Catalogue) -> None:
    kept = unit.talk_of(user)
    if kept is not None:  # else erased meanwhile
        _step(unit, user, lifted(kept), heard, at, content)


def _step(
    unit: Unit, user: int, before: Talk, heard: Heard, at: datetime, content: Catalogue
) -> Told | None:
    heard = invitations.resolved(unit, heard, before, at)
    after, effects = _advance(unit, user, before, heard, at, content)
    if erased := next((e for e in effects if isinstance(e, Erase)), None):
        _erase(unit, user, erased, after, at)
        return None
    unit.keep_talk(user, after.model_dump_json().encode())
    for effect in effects:
        _keep(unit, user, effect, after, at)
    toast = next((e for e in effects if isinstance(e, Toast)), None)
    return Told(toast, after.language) if toast else None


def _advance(
    unit: Unit, user: int, before: Talk, heard: Heard, at: datetime, content: Catalogue
) -> tuple[Talk, tuple[Effect, ...]]:
    """Decide; where the core asks for a receipt, read it to the core in the same transaction."""
    after, effects = advance(before, heard, at, content)
    effects = receipts.written_out(effects, after, at, content)
    if wish := next((e for e in effects if isinstance(e, Recall)), None):
        recalled = receipts.found(unit.diary_of(user, {receipts.KIND}), wish)
        after, told = advance(after, recalled, at, content)
        effects = (*effects, *told)
    return after, effects


def _keep(unit: Unit, user: int, effect: Effect, talk: Talk, at: datetime) -> None:
    match effect:
        case Show():
            letter = Letter.of(effect, talk)
            if effect.slot == COUNTED and effect.how == "fresh":  # the older one's clock is no more
                unit.unsay(user, [COUNTED], "tick")
            expires = at + REMINDER_WAITS if effect.rank == "reminder" else None
            unit.put(
                user, effect.rank, effect.slot, effect.how, at, letter.sealed(), expires_at=expires
            )
        case Draw(slot=slot):
            letter = Letter.of_drawing(effect, talk)
            unit.put(user, "reply", slot, "fresh", at, letter.sealed())
        case Unsay(slots=slots, rank=rank):
            unit.unsay(user, list(slots), rank)
        case Strip(slots=slots):
            _strip(unit, user, slots, at)
        case SetAlarm(name=name, due_at=due_at, then=then):
            unit.set_alarm(user, name, due_at, then.encode())
        case DropAlarm(name=name):
            unit.drop_alarm(user, name)
        case Record(kind=kind):
            unit.add_diary(user, kind, at, effect.model_dump_json().encode())
        case Toast() | Erase() | Recall():
            pass  # a toast follows the commit; erasing and recalling have happened


def _strip(unit: Unit, user: int, slots: Iterable[str], at: datetime) -> None:
    for slot in slots:
        if (message := unit.message_of(user, slot)) is not None:
            letter = Letter(do="strip", messages=(message,))
            unit.put(user, "reply", slot, "change", at, letter.sealed())


def _erase(unit: Unit, user: int, effect: Erase, talk: Talk, at: datetime) -> None:
    """Destroy the key and all rows; the goodbye goes out under a key of its own."""
    forget()
    if effect.farewell is None:  # nobody is there to read it
        unit.erase(user)
        unit.audit("erased", at, "after a block")
        return
    front_end, chat_id = unit.front_end_of(user), unit.chat_of(user)
    told = tuple(unit.recent_messages(user, at - DELETABLE))
    unit.erase(user)
    letter = Letter.of(effect.farewell, talk).model_copy(update={"messages": told})
    unit.put_farewell(front_end, chat_id, letter.sealed(), at)

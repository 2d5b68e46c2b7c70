"""What must hold whatever arrives: it is read or left, the core answers, and nobody is lost."""

from __future__ import annotations

from functools import cache

from hypothesis import given

from bot.frontends.ptb import Arrived, read
from content.catalogue import Catalogue
from content.load import load
from flows.conversation import advance
from flows.heard import Odd, Tapped
from flows.talk import Talk
from flows.upgrades import lifted
from tests.fuzz.updates import Json, spoilt_updates, tap_data
from tests.transcript import START, Chat, replay

BEGINNINGS = ("> /start", "@ well_adult_to_the_offer", "@ first_hold", "@ first_hold\n> ow")


@cache
def catalogue() -> Catalogue:
    return load()


@cache
def talks() -> tuple[Talk, ...]:
    """Stand at some places of a conversation."""
    found = []
    for lines in BEGINNINGS:
        chat = Chat(catalogue(), START)
        replay(lines, chat)
        found.append(chat.talk)
    return tuple(found)


def answered(arrived: Arrived) -> None:
    if arrived.heard is None:
        return
    for talk in talks():
        after, _ = advance(talk, arrived.heard, START, catalogue())
        assert lifted(after.model_dump_json().encode()) == after


@given(update=spoilt_updates())
def any_update_is_read_and_answered(update: Json) -> None:
    answered(read(update))


@given(data=tap_data())
def any_button_is_answered(data: str) -> None:
    query = {
        "id": "9", "from": {"id": 1001, "is_bot": False, "first_name": "Ada"},
        "chat_instance": "c", "data": data,
        "message": {"message_id": 7, "date": 1, "chat": {"id": 1001, "type": "private"}},
    }  # fmt: skip
    arrived = read({"update_id": 5, "callback_query": query})
    assert isinstance(arrived.heard, Tapped | Odd)
    answered(arrived)

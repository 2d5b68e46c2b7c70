"""Updates as nobody should send them: genuine ones with parts lost, swapped, blown up, made odd."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

Json = dict[str, Any]
Path = tuple[str | int, ...]

PERSON: Json = {"id": 1001, "is_bot": False, "first_name": "Ada", "language_code": "en"}
PRIVATE: Json = {"id": 1001, "type": "private", "first_name": "Ada"}
GROUP: Json = {"id": -1002, "type": "supergroup", "title": "Backs"}
MEMBER: Json = {"status": "member", "user": {**PERSON, "is_bot": True}}


def _message(**parts: Any) -> Json:  # noqa: ANN401 - any part of a message
    return {"message_id": 7, "date": 1_790_000_000, "chat": PRIVATE, "from": PERSON, **parts}


PHOTO: Json = {"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9}
GENUINE: tuple[Json, ...] = (
    {"message": _message(text="it hurts")},
    {"message": _message(text="/start clinic", entities=[
        {"type": "bot_command", "offset": 0, "length": 6}])},
    {"message": _message(photo=[PHOTO], caption="my back")},
    {"message": _message(voice={"file_id": "f", "file_unique_id": "u", "duration": 2})},
    {"message": _message(location={"latitude": 52.5, "longitude": 13.4})},
    {"message": _message(chat=GROUP, text="hello")},
    {"edited_message": _message(text="no, it does not", edit_date=1_790_000_009)},
    {"callback_query": {
        "id": "9", "from": PERSON, "chat_instance": "c", "data": "1|abcd|3|hurts",
        "message": _message(text="card")}},
    {"my_chat_member": {
        "chat": PRIVATE, "from": PERSON, "date": 1_790_000_000,
        "old_chat_member": MEMBER, "new_chat_member": {**MEMBER, "status": "kicked",
                                                       "until_date": 0}}},
)  # fmt: skip

ODD_TEXTS = (
    "", "\x00", "\u202eti spoT", "\ud800", "<b>&amp;{n}{name}", "/", "/start@" + "x" * 300,
    "1|", "1|abcd|99999999999|hurts", "1|abcd|-1|hurts", "1||1|", "\u0661|abcd|\u0663|hurts",
    "private", "kicked", "x" * 5000, "🫠" * 2000, "9" * 400,
)  # fmt: skip
odd_values = st.one_of(
    st.none(), st.booleans(), st.sampled_from(ODD_TEXTS), st.text(max_size=40),
    st.integers(), st.sampled_from([0, -1, 2**31, 2**63, 2**64, 10**20, -(10**20)]),
    st.floats(), st.lists(st.integers(), max_size=3),
    st.dictionaries(st.sampled_from(["id", "type", "text", "chat", "from"]), st.integers()),
)  # fmt: skip
MOST_CHANGES = 5


def _paths(part: Any, at: Path = ()) -> Iterator[Path]:  # noqa: ANN401 - any JSON
    """Name every place inside."""
    inside = part.items() if isinstance(part, dict) else enumerate(part)
    for key, below in inside:
        yield (*at, key)
        if isinstance(below, dict | list):
            yield from _paths(below, (*at, key))


def _change(draw: st.DrawFn, update: Json) -> None:
    places = list(_paths(update))
    if not places:
        return
    path = draw(st.sampled_from(places))
    room: Any = update
    for key in path[:-1]:
        room = room[key]
    match draw(st.sampled_from(["odd", "lost", "elsewhere"])):
        case "odd":
            room[path[-1]] = draw(odd_values)
        case "lost":
            del room[path[-1]]
        case "elsewhere":  # a part of another update in its place
            other = draw(st.sampled_from(GENUINE))
            room[path[-1]] = copy.deepcopy(draw(st.sampled_from(list(other.values()))))


@st.composite
def spoilt_updates(draw: st.DrawFn) -> Json:
    """Draw an update that was genuine before a few of its parts were changed."""
    update = {"update_id": 5, **copy.deepcopy(draw(st.sampled_from(GENUINE)))}
    for _ in range(draw(st.integers(0, MOST_CHANGES))):
        _change(draw, update)
    return update


def tap_data() -> st.SearchStrategy[str]:
    """Draw what a button may claim to carry: almost right, or anything."""
    events = st.one_of(
        st.text(max_size=44),
        st.lists(
            st.one_of(
                st.sampled_from(
                    ["qpick", "qtick", "qgrid", "hurts", "ostart", "tlead", "rday", "on", "chest",
                     "-1", "99999", "", "Q1", "3", "None", "…"]
                ),
                st.text(max_size=8),
            ),
            max_size=5,
        ).map("|".join),
    )  # fmt: skip
    numbers = st.one_of(st.integers(0, 60).map(str), st.text(max_size=6))
    return st.one_of(
        st.text(max_size=64),
        st.builds("1|{}|{}|{}".format, st.sampled_from(["test", "zzzz", ""]), numbers, events),
    )

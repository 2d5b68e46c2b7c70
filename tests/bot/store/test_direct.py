"""Statements that the driver runs itself bring what the library would have brought."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, bindparam, insert, make_url, select, update
from sqlalchemy.exc import MultipleResultsFound, NoResultFound

from bot.store.direct import Ready, executed
from bot.store.sqlite import engine_of
from bot.store.tables import users

DAY = date(2026, 11, 22)
MAKE = insert(users).returning(users.c.id)
FIND = select(users).where(users.c.front_end == bindparam("front_end")).order_by(users.c.id)
SOME = FIND.where(users.c.chat.in_(bindparam("chats", expanding=True)))
HEARD = update(users).where(users.c.heard_on <= bindparam("until")).values(heard_on=bindparam("at"))


@pytest.fixture
def connection(database: Path) -> Iterator[Connection]:
    engine = engine_of(make_url(f"sqlite:///{database}"))
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def ready(connection: Connection) -> Ready:
    """Write down two users, the driver's way."""
    ready = Ready()
    for number in (b"1", b"2"):
        row = {"front_end": "telegram", "chat_hash": number, "chat": number, "heard_on": DAY}
        ready.run(connection, MAKE, row)
    return ready


def test_rows_are_the_same_by_name_by_place_and_by_type(
    connection: Connection, ready: Ready
) -> None:
    values = {"front_end": "telegram"}
    found = ready.run(connection, FIND, values).all()
    usual = executed(connection, FIND, values).all()
    assert [tuple(row) for row in usual] == [tuple(row) for row in found]
    assert [(1, b"1", DAY), (2, b"2", DAY)] == [(row.id, row.chat, row.heard_on) for row in found]
    assert ready.made[FIND, ("front_end",)] is not None


def test_what_is_changed_is_counted(connection: Connection, ready: Ready) -> None:
    values = {"until": DAY, "at": date(2026, 11, 23)}
    assert 2 == ready.run(connection, HEARD, values).rowcount
    assert 0 == ready.run(connection, HEARD, values).rowcount


def test_a_list_among_the_values_goes_the_usual_way(connection: Connection, ready: Ready) -> None:
    for chats in ([], [b"2"], [b"1", b"2"]):
        values = {"front_end": "telegram", "chats": chats}
        assert chats == [row.chat for row in ready.run(connection, SOME, values)]
    assert ready.made[SOME, ("front_end", "chats")] is None


def test_one_means_one(connection: Connection, ready: Ready) -> None:
    none = ready.run(connection, FIND, {"front_end": "terminal"})
    two = ready.run(connection, FIND, {"front_end": "telegram"})
    assert none.first() is None
    assert none.scalar_one_or_none() is None
    with pytest.raises(NoResultFound):
        none.one()
    with pytest.raises(MultipleResultsFound):
        two.one_or_none()
    assert [1, 2] == list(two.scalars())

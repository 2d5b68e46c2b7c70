"""Migrations: what waits in a database of the first version goes out in the same order."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, select, text

from bot.store.schema import MIGRATIONS
from bot.store.tables import outbox

ASKED = {"stop": 0, "bell": 1, "reply": 1, "tick": 2, "reminder": 3}  # by class: the first lanes
PUT = text(
    "INSERT INTO outbox (front_end, rank, lane, slot, how, made_at, not_before, lease_until, "
    "tries, payload) "
    "VALUES ('telegram', :rank, :lane, 'screen', 'fresh', 1000000, :then, 0, 0, 'x')"
)


def upgraded(connection: Connection, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def test_what_waits_gets_its_lane_and_its_deadline(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/limber.db")
    with engine.begin() as connection:
        upgraded(connection, "0001")
        for rank, lane in enumerate(ASKED.values()):
            then = 6_000_000 if rank == 3 else 0
            connection.execute(PUT, {"rank": rank, "lane": lane, "then": then})
        upgraded(connection, "head")
        rows = connection.execute(select(outbox.c.lane, outbox.c.deadline).order_by(outbox.c.rank))
        deadlines = [(0, 1_200_000), (0, 1_500_000), (0, 2_000_000), (1, 6_000_000), (2, 1_000_000)]
        assert deadlines == [tuple(row) for row in rows]
    engine.dispose()

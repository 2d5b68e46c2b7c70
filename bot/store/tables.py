"""The tables of the store: ids, due times, counters, and ciphertext for all that tells of a person.

Moments are whole microseconds since 1970 in UTC (`moments.py`), so every database compares them
alike.  Ids are never used twice, so a late answer about an erased row finds nothing.  A change
here is a new migration beside it; a test holds the two together.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
ROW_ID = BigInteger().with_variant(Integer(), "sqlite")  # SQLite counts up INTEGER keys only


def _owner(*, primary_key: bool = False, nullable: bool = False) -> Column[int]:
    return Column(
        "user_id",
        ROW_ID,
        ForeignKey("users.id", ondelete="CASCADE"),
        primary_key=primary_key,
        nullable=nullable,
    )


users = Table(
    "users",
    METADATA,
    Column("id", ROW_ID, primary_key=True),
    Column("front_end", Text, nullable=False),
    Column("chat_hash", LargeBinary, nullable=False, unique=True),  # keyed, front end included
    Column("chat", LargeBinary, nullable=False),  # sealed
    Column("heard_on", Date, nullable=False),
    sqlite_autoincrement=True,
)

keys = Table(
    "keys",
    METADATA,
    _owner(primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),  # the data key, under a master key
)

talks = Table(
    "talks",
    METADATA,
    _owner(primary_key=True),
    Column("snapshot", LargeBinary),  # sealed; null until the first one is kept
)

alarms = Table(
    "alarms",
    METADATA,
    Column("id", ROW_ID, primary_key=True),
    _owner(),
    Column("front_end", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("due_at", BigInteger, nullable=False),
    Column("wake_at", BigInteger, nullable=False),  # due, or the end of a lease on it
    Column("event", LargeBinary, nullable=False),  # sealed
    UniqueConstraint("user_id", "name"),
    Index(None, "front_end", "wake_at"),
    sqlite_autoincrement=True,
)

outbox = Table(
    "outbox",
    METADATA,
    Column("id", ROW_ID, primary_key=True),
    _owner(nullable=True),  # null: a farewell, whose owner is erased
    Column("front_end", Text, nullable=False),
    Column("rank", SmallInteger, nullable=False),  # place among the classes, 0 is `stop`
    Column("lane", SmallInteger, nullable=False),  # what keeps its order within one chat
    Column("deadline", BigInteger, nullable=False, server_default="0"),  # earliest first in a lane
    Column("slot", Text, nullable=False),
    Column("how", Text, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("not_before", BigInteger, nullable=False),  # 0: at once
    Column("expires_at", BigInteger),
    Column("lease_until", BigInteger, nullable=False),  # 0: never leased, or put back
    Column("tries", Integer, nullable=False),  # sends whose fate nobody knows
    Column("payload", LargeBinary, nullable=False),  # sealed
    Column("own_key", LargeBinary),  # of a farewell: its data key, wrapped
    Column("own_chat", LargeBinary),  # of a farewell: its chat id, sealed
    Index(None, "front_end", "lane", "deadline"),
    Index(None, "front_end", "not_before"),
    Index(None, "front_end", "lease_until"),
    Index(None, "user_id"),
    Index(None, "expires_at"),
    sqlite_autoincrement=True,
)

messages = Table(
    "messages",
    METADATA,
    _owner(primary_key=True),
    Column("message_id", BigInteger, primary_key=True),
    Column("slot", Text, nullable=False),
    Column("sent_at", BigInteger, nullable=False),
    Column("gone_at", BigInteger),  # null: this is what stands in the slot
    Index(None, "gone_at"),
)

diary = Table(
    "diary",
    METADATA,
    Column("id", ROW_ID, primary_key=True),
    _owner(),
    Column("kind", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("entry", LargeBinary, nullable=False),  # sealed
    Index(None, "user_id", "id"),
    sqlite_autoincrement=True,
)

seen_updates = Table(
    "seen_updates",
    METADATA,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("seen_at", BigInteger, nullable=False),
    Index(None, "seen_at"),
)

media = Table(
    "media",
    METADATA,
    Column("bot_id", BigInteger, primary_key=True, autoincrement=False),
    Column("content_hash", Text, primary_key=True),
    Column("file_id", Text, nullable=False),
)

bucket = Table(
    "bucket",
    METADATA,
    Column("bot_id", BigInteger, primary_key=True, autoincrement=False),
    Column("full_until", BigInteger, nullable=False),  # the moment GCRA counts from
    Column("spoken", BigInteger, nullable=False, server_default="0"),  # bells and replies so far
    Column("moments", LargeBinary),  # of the last messages: eight bytes each
)

paces = Table(
    "paces",
    METADATA,
    _owner(primary_key=True),
    Column("full_until", BigInteger, nullable=False),  # the same moment, of one chat
)

codes = Table(
    "codes",
    METADATA,
    Column("id", ROW_ID, primary_key=True),
    Column("code_hash", LargeBinary, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("revoked_at", BigInteger),
    Column("wish", Text, nullable=False, server_default="{}"),  # plan, language, contact
    Column("uses", Integer, nullable=False, server_default="0"),
    Column("most_uses", Integer),  # null: any number
    Column("ends_at", BigInteger),
    sqlite_autoincrement=True,
)

audit = Table(
    "audit",
    METADATA,
    Column("id", ROW_ID, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("note", Text, nullable=False),  # names and counts, no content
    sqlite_autoincrement=True,
)

about = Table(
    "about",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)

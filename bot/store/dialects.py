"""The one thing the databases spell differently: insert, unless a row with that key is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Executable, Table
from sqlalchemy.dialects import postgresql, sqlite


@dataclass(frozen=True)
class PerDialect:
    """One statement, once for each database."""

    by_name: Mapping[str, Executable]

    def for_(self, dialect: str) -> Executable:
        return self.by_name[dialect]


def insert_or_change(table: Table, key: Sequence[str], change: Sequence[str]) -> PerDialect:
    """Insert a row; when one with this key is there, take over these columns."""
    to_sqlite, to_postgresql = sqlite.insert(table), postgresql.insert(table)
    return PerDialect(
        {
            "sqlite": to_sqlite.on_conflict_do_update(
                index_elements=key, set_={name: to_sqlite.excluded[name] for name in change}
            ),
            "postgresql": to_postgresql.on_conflict_do_update(
                index_elements=key, set_={name: to_postgresql.excluded[name] for name in change}
            ),
        }
    )


def insert_if_new(table: Table, key: Sequence[str], returning: str) -> PerDialect:
    """Insert a row and return one of its columns; nothing when one with this key is there."""
    return PerDialect(
        {
            "sqlite": sqlite.insert(table)
            .on_conflict_do_nothing(index_elements=key)
            .returning(table.c[returning]),
            "postgresql": postgresql.insert(table)
            .on_conflict_do_nothing(index_elements=key)
            .returning(table.c[returning]),
        }
    )

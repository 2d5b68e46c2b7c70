"""The one thing the databases spell differently: insert, unless a row with that key is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from sqlalchemy import Executable, Table

Spelt = Callable[[Any], Executable]  # given the library's own words of a database


@dataclass(frozen=True)
class PerDialect:
    """One statement, made once for the database at hand; the others are not even imported."""

    spelt: Spelt
    made: dict[str, Executable] = field(default_factory=dict)

    def for_(self, dialect: str) -> Executable:
        if dialect not in self.made:
            self.made[dialect] = self.spelt(import_module(f"sqlalchemy.dialects.{dialect}"))
        return self.made[dialect]


def insert_or_change(table: Table, key: Sequence[str], change: Sequence[str]) -> PerDialect:
    """Insert a row; when one with this key is there, take over these columns."""

    def spelt(dialect: Any) -> Executable:  # noqa: ANN401 - a module of the library
        insert = dialect.insert(table)
        changed: Executable = insert.on_conflict_do_update(
            index_elements=key, set_={name: insert.excluded[name] for name in change}
        )
        return changed

    return PerDialect(spelt)


def insert_if_new(table: Table, key: Sequence[str], returning: str) -> PerDialect:
    """Insert a row and return one of its columns; nothing when one with this key is there."""

    def spelt(dialect: Any) -> Executable:  # noqa: ANN401 - as above
        insert = dialect.insert(table).on_conflict_do_nothing(index_elements=key)
        new: Executable = insert.returning(table.c[returning])
        return new

    return PerDialect(spelt)

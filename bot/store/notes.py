"""Notes of the house itself, by name: what a restart must not forget.  No user is named."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from bot.store.dialects import insert_or_change
from bot.store.tables import about
from bot.store.work import Work

READ = select(about.c.value).where(about.c.name == bindparam("of"))
KEEP = insert_or_change(about, ["name"], ["value"])


class Notes(Work):
    """The part of a unit that remembers what was arranged with the world outside."""

    def note_of(self, name: str) -> bytes | None:
        value: bytes | None = self._do(READ, of=_own(name)).scalar_one_or_none()
        return value

    def keep_note(self, name: str, value: bytes) -> None:
        self._do(KEEP, name=_own(name), value=value)


def _own(name: str) -> str:
    """Keep notes apart from the schema's number and the keys."""
    return f"note/{name}"

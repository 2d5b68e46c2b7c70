"""Codes of clinics in the store: used so often, for so long, and until they are revoked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, select

from bot.store.codes import Invitation
from bot.store.tables import codes
from bot.store.unit import Unit

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def test_a_code_is_found_by_itself_and_kept_as_a_hash(unit: Unit, connection: Connection) -> None:
    number = unit.add_code("spring", "spri", '{"program": "chair"}', NOW)
    assert Invitation(number, '{"program": "chair"}') == unit.invitation("spring", NOW)
    assert unit.invitation("Spring", NOW) is None
    kept = connection.execute(select(codes)).one()
    assert b"spring" not in bytes(kept.code_hash)


def test_a_code_is_used_up_after_its_uses(unit: Unit) -> None:
    number = unit.add_code("twice", "twic", "{}", NOW, most_uses=2)
    assert [True, True, False] == [unit.use_code(number) for _ in range(3)]
    endless = unit.add_code("ever", "ever", "{}", NOW)
    assert all(unit.use_code(endless) for _ in range(5))
    assert [(2, 2), (5, None)] == [(code.uses, code.most_uses) for code in unit.all_codes()]


def test_a_code_ends(unit: Unit) -> None:
    unit.add_code("brief", "brie", "{}", NOW, ends_at=NOW + DAY)
    assert unit.invitation("brief", NOW) is not None
    assert unit.invitation("brief", NOW + DAY) is None


def test_a_code_is_revoked_once_by_itself_or_its_number(unit: Unit) -> None:
    by_itself = unit.add_code("first", "firs", "{}", NOW)
    by_number = unit.add_code("second", "seco", "{}", NOW)
    assert unit.revoke_code("first", NOW)
    assert unit.revoke_code(str(by_number), NOW)
    assert not unit.revoke_code("first", NOW)
    assert not unit.revoke_code("9" * 40, NOW)
    assert [None, None] == [unit.invitation(code, NOW) for code in ("first", "second")]
    assert {by_itself: NOW, by_number: NOW} == {c.number: c.revoked_at for c in unit.all_codes()}

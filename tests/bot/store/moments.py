"""Moments that the tests of the store share."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

DAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 30, 0, 123456, tzinfo=UTC)
LEASE = timedelta(seconds=30)


def later(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)

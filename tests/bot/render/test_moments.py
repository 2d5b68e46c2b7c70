"""Moments on a phone: its own clock writes them; and the one that it is asked about."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.render.message import Voice, drawn
from content.catalogue import Catalogue
from flows.base import Moment, said
from tests.botapi.markup import marked

NOW = datetime(2026, 11, 23, 9, 7, tzinfo=UTC)
ASKED = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TOMORROW = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)


def voice(catalogue: Catalogue) -> Voice:
    return Voice("en", catalogue.words, NOW, zone="Europe/Berlin")


def test_the_instant_asked_about_is_one_date_time_and_an_old_client_shows_no_time(
    catalogue: Catalogue,
) -> None:
    html = voice(catalogue).told(said("zone.clock", at=Moment(at=ASKED, told="asked")))
    text, (entity,) = marked({"text": html, "parse_mode": "HTML"}, "text", "entities")
    assert "My clock check. What time do you see here: (no time) ?" == text
    assert ("date_time", int(ASKED.timestamp()), "t") == (
        entity["type"], entity["unix_time"], entity["date_time_format"]
    )  # fmt: skip


@pytest.mark.parametrize(("told", "form"), [("daily", "t"), ("when", "wDt")])
def test_a_daily_time_is_told_without_its_first_day(
    told: str, form: str, catalogue: Catalogue
) -> None:
    moment = Moment.model_validate({"at": TOMORROW, "told": told})
    html = voice(catalogue).told(said("reminder.set", at=moment))
    _, (entity,) = marked({"text": html, "parse_mode": "HTML"}, "text", "entities")
    assert form == entity["date_time_format"]


def test_a_terminal_draws_times_as_a_phone_does(catalogue: Catalogue) -> None:
    html = voice(catalogue).told(said("zone.clock", at=Moment(at=ASKED, told="asked")))
    told = drawn(html, ZoneInfo("Asia/Kathmandu"))
    assert "My clock check. What time do you see here: 14:45 ?" == told

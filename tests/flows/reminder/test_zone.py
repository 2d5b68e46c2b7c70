"""Zones from an offset, a country, and what people type."""

from __future__ import annotations

import pytest

from flows.reminder import find_zones, zones_for, zones_of
from flows.reminder.zone import city_of, likely_zones
from tests.flows.reminder.scenes import NOW, content, scene


@pytest.mark.parametrize(("offset", "country", "language", "best"), [
    (60, "DE", "en", "Europe/Berlin"), (60, None, "de", "Europe/Berlin"),
    (60, None, "fr", "Europe/Paris"), (-300, "US", "en", "America/New_York"),
    (-480, "US", "en", "America/Los_Angeles"), (345, "NP", "en", "Asia/Kathmandu"),
    (0, None, "pt", "Europe/Lisbon"), (-180, None, "pt", "America/Sao_Paulo"),
])  # fmt: skip
def test_an_offset_gives_the_own_countrys_zone_first(
    offset: int, country: str | None, language: str, best: str
) -> None:
    assert best == zones_for(offset, country, language, NOW, content())[0]


def test_an_offset_that_nobody_has_gives_no_zone() -> None:
    assert [] == zones_for(7, "DE", "de", NOW, content())


@pytest.mark.parametrize(("country", "count"), [("DE", 1), ("FR", 1), ("JP", 1), ("XX", 0)])
def test_a_country_with_one_clock_has_one_zone(country: str, count: int) -> None:
    assert count == len(zones_of(country, NOW, content()))


def test_a_wide_country_has_one_zone_for_each_clock() -> None:
    found = zones_of("US", NOW, content())
    clocks = ["New_York", "Chicago", "Denver", "Phoenix", "Los_Angeles", "Anchorage"]
    assert {f"America/{clock}" for clock in clocks} <= set(found)
    assert len(found) < 10


@pytest.mark.parametrize(("text", "best"), [
    ("Berlin", "Europe/Berlin"), ("berlin!", "Europe/Berlin"), ("Brelin", "Europe/Berlin"),
    ("São Paulo", "America/Sao_Paulo"), ("sao paulo", "America/Sao_Paulo"),
    ("New York", "America/New_York"), ("los angeles", "America/Los_Angeles"),
    ("Germany", "Europe/Berlin"), ("Deutschland", "Europe/Berlin"), ("Tokyo", "Asia/Tokyo"),
    ("japan", "Asia/Tokyo"), ("buenos", "America/Argentina/Buenos_Aires"),
])  # fmt: skip
def test_a_typed_place_gives_its_zone(text: str, best: str) -> None:
    assert best == find_zones(text, scene())[0]


@pytest.mark.parametrize("text", ["", "x", "qwertyuiop", "🙂", "8:30", "a" * 4096])
def test_what_is_no_place_gives_no_zone(text: str) -> None:
    assert () == find_zones(text, scene())


def test_the_likely_places_are_those_of_the_country_else_of_the_language() -> None:
    assert ("Europe/Berlin",) == likely_zones(scene(country="DE"))
    assert "Europe/Madrid" == likely_zones(scene(language="es"))[0]


def test_every_zone_has_a_city_to_show() -> None:
    names = [city_of(zone, content()) for place in content().places for zone in place.zones]
    assert all(names)
    assert not [name for name in names if len(name) > 30]

"""Which time zone a user lives in: from an offset, a country, or a place they name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import chain

from rapidfuzz import fuzz, process

from content.catalogue import Catalogue
from content.schema import Place
from flows.base import Scene
from flows.reminder.changes import different, offset_of
from flows.text.lexicon import form

MOST = 6  # buttons
_LEAST_LETTERS = 3
_ALIKE = 80.0  # per cent, from which on a name is taken for a slip of another

_form = lru_cache(maxsize=8192)(form)


def zones_for(
    offset_minutes: int, country: str | None, language: str, at: datetime, content: Catalogue
) -> list[str]:
    """Name the zones with this offset now, best first: own country, own language, great cities."""
    offset = timedelta(minutes=offset_minutes)
    spoken = _spoken_in(language, content)
    best_first = sorted(
        ((place.country, zone, cities) for place in content.places
         for zone, cities in place.zones.items()),
        key=lambda each: (
            each[0] != country,
            spoken.index(each[0]) if each[0] in spoken else len(spoken),
            -len(each[2]),
        ),
    )  # fmt: skip
    zones = dict.fromkeys(zone for _, zone, _ in best_first)
    return [zone for zone in zones if offset_of(zone, at) == offset]


def own_zones(scene: Scene) -> tuple[str, ...]:
    """Name all zones of the user's country."""
    return tuple(z for p in scene.content.places if p.country == scene.country for z in p.zones)


def prominence(zone: str, content: Catalogue) -> int:
    """Count the cities that are told of a zone: the more, the more people live in it."""
    return max((len(place.zones.get(zone, ())) for place in content.places), default=0)


def zones_of(country: str, at: datetime, content: Catalogue) -> tuple[str, ...]:
    """Name the zones of a country whose clocks differ now or later."""
    places = [place for place in content.places if place.country == country]
    return different((zone for place in places for zone in place.zones), at)


def likely_zones(scene: Scene) -> tuple[str, ...]:
    """Guess where a user lives: the zones of the country, else of where the language is spoken."""
    if scene.country and (found := zones_of(scene.country, scene.at, scene.content)):
        return found
    spoken = _spoken_in(scene.language, scene.content)
    first = [zones_of(country, scene.at, scene.content)[:1] for country in spoken]
    return tuple(dict.fromkeys(chain.from_iterable(first)))[:MOST]


def find_zones(text: str, scene: Scene) -> tuple[str, ...]:
    """Find the zones of a city or country that was typed, the own country's first."""
    wanted = form(text)
    if len(wanted) < _LEAST_LETTERS:
        return ()
    names = list(_named(scene))
    exact = [zones for name, zones in names if name == wanted]
    begun = [zones for name, zones in names if name.startswith(wanted)]
    found = exact or begun or _nearly(wanted, names)
    return tuple(dict.fromkeys(chain.from_iterable(found)))[:MOST]


def city_of(zone: str, content: Catalogue) -> str:
    """Name the best known city of a zone."""
    for place in content.places:
        if cities := place.zones.get(zone):
            return cities[0]
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def _named(scene: Scene) -> Iterator[tuple[str, tuple[str, ...]]]:
    own_first = sorted(scene.content.places, key=lambda place: place.country != scene.country)
    for place in own_first:
        whole = zones_of_place(place, scene.at)
        yield from ((_form(name), whole) for name in place.names)
        for zone, cities in place.zones.items():
            named = (*cities, zone.rsplit("/", 1)[-1].replace("_", " "))
            yield from ((_form(city), (zone,)) for city in named)


def zones_of_place(place: Place, at: datetime) -> tuple[str, ...]:
    return different(place.zones, at) if len(place.zones) > 1 else tuple(place.zones)


def _nearly(wanted: str, names: list[tuple[str, tuple[str, ...]]]) -> list[tuple[str, ...]]:
    best = process.extract(
        wanted, [name for name, _ in names], scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=MOST
    )
    top = best[0][1] if best else 0
    return [names[index][1] for _, score, index in best if score == top]


def _spoken_in(language: str, content: Catalogue) -> tuple[str, ...]:
    tongue = content.reading.languages.get(language)
    return tongue.countries if tongue else ()

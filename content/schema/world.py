"""phones.yaml, places.yaml, sources.yaml: what is known of the world around."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from content.schema.entry import Entry

Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]  # ISO 3166-1 alpha-2


class Phones(Entry):
    """phones.yaml, key `phones`: whom to call, by country."""

    checked: date
    emergency: dict[Country, str]
    also_112: tuple[Country, ...]
    verify_before_release: tuple[Country, ...]
    advice_line: dict[Country, str]
    crisis: dict[Country, str]
    src: tuple[str, ...] = Field(min_length=1)


class Place(Entry):
    """places.yaml, key `places`: a country, the names a user may type, and its zones.

    `zones`: zone id -> names of cities in it, the first for a button; the first zone is the one
    most people of the country live in.
    """

    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    names: tuple[str, ...] = Field(min_length=1)
    zones: dict[str, tuple[str, ...]] = Field(min_length=1)


class Source(Entry):
    id: str
    title: str
    mark: Literal["read", "known", "judgement"]
    note: str = ""
    reviewed: date

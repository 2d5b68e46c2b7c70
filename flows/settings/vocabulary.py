"""The settings screen and what can be tapped on it; a button carries the value it wants."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from flows.base import Event, Frozen

Phase = Literal["open", "language", "country", "barred", "closed"]

Switch = Literal["pictures", "quiet", "screen_reader", "helper", "protect", "tips", "motion"]

LEAD_IN_STEP_S = 5
SPEED_STEP_PERCENT = 10


class SettingsScreen(Frozen):
    flow: Literal["settings"] = "settings"
    phase: Phase = "open"
    countries: tuple[str, ...] = ()  # on offer
    line: str = ""  # what was said last


class LeadInSet(Event):
    trigger: Literal["tlead"] = "tlead"
    seconds: Annotated[int, Field(ge=0, le=600)]


class SpeedSet(Event):
    trigger: Literal["tspeed"] = "tspeed"
    percent: Annotated[int, Field(ge=1, le=1000)]


class Switched(Event):
    trigger: Literal["tswitch"] = "tswitch"
    what: Switch
    mark: Literal["on", "off"]


class LanguageAsked(Event):
    trigger: Literal["tlangs"] = "tlangs"


class LanguagePicked(Event):
    trigger: Literal["tlang"] = "tlang"
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]


class CountryAsked(Event):
    trigger: Literal["tcountries"] = "tcountries"


class CountryPicked(Event):
    trigger: Literal["tcountry"] = "tcountry"
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]


class CountriesFound(Event):
    """A country was typed, and several may be meant; none: nobody knows it."""

    trigger: Literal["tfound"] = "tfound"
    countries: str  # with commas; never on a button

    def all(self) -> tuple[str, ...]:
        return tuple(filter(None, self.countries.split(",")))


class LeftOutAsked(Event):
    trigger: Literal["tleft"] = "tleft"


class OfferedAgain(Event):
    """Consent to have back what was left out and whose time is over."""

    trigger: Literal["tlift"] = "tlift"
    id: Annotated[str, Field(max_length=36)]


class RemindersAsked(Event):
    trigger: Literal["tremind"] = "tremind"


class Returned(Event):
    trigger: Literal["tback"] = "tback"


class Finished(Event):
    trigger: Literal["tdone"] = "tdone"


EVENTS: tuple[type[Event], ...] = (
    LeadInSet, SpeedSet, Switched, LanguageAsked, LanguagePicked, CountryAsked, CountryPicked,
    CountriesFound, LeftOutAsked, OfferedAgain, RemindersAsked, Returned, Finished,
)  # fmt: skip

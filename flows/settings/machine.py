"""Settings by command: pace, pictures, helper, language, country, and what is left out.

A change counts at once and takes no turn: its button carries the value it wants, so a doubled tap
is right.  What was left out after pain cannot be had back before its time, and then only if asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from rapidfuzz import fuzz, process
from transitions.extensions import HierarchicalMachine

from flows.base import (
    Effect,
    Event,
    HandOver,
    Known,
    Learned,
    Left,
    Move,
    News,
    Scene,
    Set,
    Show,
    said,
)
from flows.settings.screens import MOST, may_return, shown
from flows.settings.vocabulary import (
    CountriesFound,
    CountryPicked,
    LanguagePicked,
    LeadInSet,
    OfferedAgain,
    Phase,
    SettingsScreen,
    SpeedSet,
    Switched,
)
from flows.table import on
from flows.text.lexicon import form

_ALIKE = 80.0  # per cent, from which on a name is taken for a slip of another
_LEAST_LETTERS = 2


@dataclass
class Run:
    """The screen opened for one event, the scene as it becomes, and what is asked for."""

    state: SettingsScreen
    scene: Scene
    phase: Phase
    effects: list[Effect] = field(default_factory=list)
    news: list[News] = field(default_factory=list)

    def say(self, line: str) -> None:
        self.state = self.state.model_copy(update={"line": line})

    # ---- guards

    def is_lead_in_possible(self, event: LeadInSet) -> bool:
        low, high = self.scene.content.timing.lead_in_range_s
        return low <= event.seconds <= high

    def is_speed_possible(self, event: SpeedSet) -> bool:
        slow, fast = self.scene.content.timing.speed
        return round(slow * 100) <= event.percent <= round(fast * 100)

    def is_spoken(self, event: LanguagePicked) -> bool:
        return event.language in self.scene.content.words

    def is_country(self, event: CountryPicked) -> bool:
        return any(event.country == place.country for place in self.scene.content.places)

    def is_one_country(self, event: CountriesFound) -> bool:
        return len(event.all()) == 1

    def is_time_over(self, event: OfferedAgain) -> bool:
        return any(
            left.id == event.id and may_return(left, self.scene) for left in self.scene.left_out
        )

    # ---- what is done

    def set_lead_in(self, event: LeadInSet) -> None:
        self.change(lead_in_s=event.seconds)

    def set_speed(self, event: SpeedSet) -> None:
        self.change(speed_percent=event.percent)

    def switch(self, event: Switched) -> None:
        self.change(**{event.what: event.mark == "on"})

    def change(self, **fields: int | bool) -> None:
        self.say("")
        settings = self.scene.settings.model_copy(update=fields)
        self.scene = replace(self.scene, settings=settings)
        self.news.append(Set(fields=dict(fields)))

    def speak(self, event: LanguagePicked) -> None:
        self.scene = replace(self.scene, language=event.language)
        self.news.append(Set(fields={"language": event.language}))

    def live_in(self, event: CountryPicked) -> None:
        self.settle(event.country)

    def live_in_found(self, event: CountriesFound) -> None:
        self.settle(event.all()[0])

    def settle(self, country: str) -> None:
        known = Known(value=country, at=self.scene.at)
        self.scene = replace(self.scene, country=country)
        self.news.append(Learned(facts={"country": known}))
        self.state = self.state.model_copy(update={"countries": (), "line": ""})

    def offer_countries(self, event: CountriesFound) -> None:
        found = event.all()
        line = "" if found else "settings.country_unknown"
        self.state = self.state.model_copy(update={"countries": found, "line": line})

    def lift(self, event: OfferedAgain) -> None:
        kept = tuple(left for left in self.scene.left_out if not self.is_lifted(left, event))
        self.scene = replace(self.scene, left_out=kept)
        self.news.append(Set(fields={"left_out": kept}))

    def is_lifted(self, left: Left, event: OfferedAgain) -> bool:
        return left.id == event.id and may_return(left, self.scene)

    def forget(self, _: Event) -> None:
        self.state = self.state.model_copy(update={"countries": (), "line": ""})

    def hand_over(self, _: Event) -> None:
        self.news.append(HandOver(to="reminders", why="show"))


# fmt: off
STATES = ["open", "language", "country", "barred", "closed"]
TRANSITIONS = [
    on("tlead",      "open",     "open", when=[Run.is_lead_in_possible], do=[Run.set_lead_in]),
    on("tspeed",     "open",     "open", when=[Run.is_speed_possible], do=[Run.set_speed]),
    on("tswitch",    "open",     "open",     do=[Run.switch]),
    on("tlangs",     "open",     "language", do=[Run.forget]),
    on("tlang",      "language", "open",     when=[Run.is_spoken], do=[Run.speak]),
    on("tcountries", "open",     "country",  do=[Run.forget]),
    on("tcountry",   "country",  "open",     when=[Run.is_country], do=[Run.live_in]),
    on("tfound",     "country",  "open",     when=[Run.is_one_country], do=[Run.live_in_found]),
    on("tfound",     "country",  "country",  do=[Run.offer_countries]),
    on("tleft",      "open",     "barred",   do=[Run.forget]),
    on("tlift",      "barred",   "barred",   when=[Run.is_time_over], do=[Run.lift]),
    on("tremind",    "open",     "closed",   do=[Run.hand_over]),
    on("tback",      "language", "open",     do=[Run.forget]),
    on("tback",      "country",  "open",     do=[Run.forget]),
    on("tback",      "barred",   "open",     do=[Run.forget]),
    on("tdone",      "open",     "closed"),
]
# fmt: on

MACHINE = HierarchicalMachine(
    model=None, model_attribute="phase", states=STATES, transitions=TRANSITIONS, initial="open",
    auto_transitions=False, ignore_invalid_triggers=True,
)  # fmt: skip


def begin(why: str, args: Mapping[str, Any], scene: Scene) -> Move:
    del why, args
    state = SettingsScreen()
    return Move(state, (view(state, scene).model_copy(update={"how": "fresh"}),))


def advance(state: SettingsScreen, event: Event, scene: Scene) -> Move:
    run = Run(state, scene, state.phase)
    if not MACHINE.trigger_event(run, event.trigger, run, event):
        return Move(state, moved=False)
    after = run.state.model_copy(update={"phase": run.phase})
    handed = any(isinstance(piece, HandOver) for piece in run.news)
    effects = () if handed else (*run.effects, view(after, run.scene))
    kept = None if run.phase == "closed" else after
    free = isinstance(event, LeadInSet | SpeedSet | Switched)
    return Move(kept, effects, tuple(run.news), free=free)


def view(state: SettingsScreen, scene: Scene) -> Show:
    return shown(state, scene)


def read(state: SettingsScreen, text: str, scene: Scene) -> Event | None:
    """Read a typed country."""
    if state.phase != "country":
        return None
    return CountriesFound(countries=",".join(_countries(text, scene)))


def odd(state: SettingsScreen, scene: Scene) -> Move:
    show = view(state, scene)
    return Move(state, (show.model_copy(update={"text": (said("talk.choose"), *show.text)}),))


def _countries(text: str, scene: Scene) -> tuple[str, ...]:
    """Find the countries a typed name may mean, whole names before beginnings before slips."""
    wanted = form(text)
    if len(wanted) < _LEAST_LETTERS:
        return ()
    names = [(form(name), each.country) for each in scene.content.places for name in each.names]
    exact = [country for name, country in names if name == wanted]
    begun = [country for name, country in names if name.startswith(wanted)]
    alike = process.extract(
        wanted, [name for name, _ in names], scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=MOST
    )
    near = [names[index][1] for _, _, index in alike]
    return tuple(dict.fromkeys(exact or begun or near))[:MOST]

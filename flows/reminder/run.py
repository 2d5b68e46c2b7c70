"""What one step does on the reminder screen: guards that are asked, and what is kept.

A `Run` lives for one call.  A wish is kept and its alarm armed as soon as it is whole.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import time
from typing import Any

from flows.base import DropAlarm, Effect, Event, News, Scene, Set
from flows.reminder import answers
from flows.reminder.clock import asked_of, zones_seen
from flows.reminder.schedule import Quiet, is_quiet_time, quiet_hours
from flows.reminder.vocabulary import (
    ALARM,
    ClockRead,
    DayMarked,
    Paused,
    Phase,
    PlacesFound,
    Reminders,
    TimePicked,
    TimeRefused,
    Wish,
    ZonePicked,
)
from flows.reminder.zone import MOST, likely_zones


@dataclass
class Run:
    """The screen opened for one event, the wish as it becomes, and what is asked for."""

    state: Reminders
    wish: Wish | None
    scene: Scene
    phase: Phase
    effects: list[Effect] = field(default_factory=list)
    news: list[News] = field(default_factory=list)
    found: tuple[str, ...] | None = None

    def note(self, **fields: Any) -> None:  # noqa: ANN401 - fields of the state
        self.state = self.state.model_copy(update=fields)

    # ---- guards

    def is_quiet(self, event: TimePicked) -> bool:
        hours = quiet_hours(self.scene.settings, self.scene.content.reminders)
        return is_quiet_time(time.fromisoformat(event.time), hours)

    def is_place_known(self, _: Event) -> bool:
        return self.wish is not None or self.scene.zone is not None

    def is_first(self, _: Event) -> bool:
        return self.wish is None

    def has_wish(self, _: Event) -> bool:
        return self.wish is not None

    def has_time(self, _: Event) -> bool:
        return self.state.time is not None

    def is_real(self, event: ZonePicked) -> bool:
        """Whether it is one of ours: data of a button may come from anywhere."""
        return any(event.zone in place.zones for place in self.scene.content.places)

    def is_one_place(self, event: PlacesFound) -> bool:
        return len(event.all()) == 1

    def is_unknown(self, event: PlacesFound) -> bool:
        return not event.all()

    def is_nowhere(self, event: ClockRead) -> bool:
        return not self.seen(event)

    def is_one_clock(self, event: ClockRead) -> bool:
        return len(self.seen(event)) == 1

    def is_needed(self, event: TimePicked) -> bool:
        """Whether quiet hours up to this time would swallow a reminder, or be none at all."""
        hours = Quiet(time.fromisoformat(self.state.time or event.time),
                      time.fromisoformat(event.time))  # fmt: skip
        times = self.wish.times if self.wish else ()
        return hours.begin == hours.end or any(
            is_quiet_time(time.fromisoformat(each), hours) for each in times
        )

    # ---- what is done

    @property
    def own(self) -> Wish:
        """The wish, behind the guard `has_wish`."""
        if self.wish is None:
            raise LookupError("no wish is kept")
        return self.wish

    def seen(self, event: ClockRead) -> tuple[str, ...]:
        """Find the zones of an answer; guards and acts ask for the same."""
        if self.found is None:
            asked_at = self.state.asked_at or self.scene.at
            self.found = zones_seen(time.fromisoformat(event.time), asked_at, self.scene)
        return self.found

    def refuse_quiet(self, _: Event) -> None:
        self.note(line="reminder.quiet")

    def refuse(self, event: TimeRefused) -> None:
        self.note(line=f"reminder.{event.why}")

    def refuse_clock(self, _: Event) -> None:
        self.note(line="zone.no_such_clock")

    def refuse_place(self, _: Event) -> None:
        self.note(line="reminder.not_a_time")

    def ask_clock(self, event: Event) -> None:
        told = event.time if isinstance(event, TimePicked) else self.state.time
        self.note(time=told, asked_at=asked_of(self.scene.at), zones=(), line="")

    def offer_places(self, _: Event) -> None:
        self.note(zones=likely_zones(self.scene), line="")

    def offer_seen(self, event: ClockRead) -> None:
        self.note(zones=self.seen(event)[:MOST], line="")

    def offer_found(self, event: PlacesFound) -> None:
        found = event.all()
        self.note(zones=found or self.state.zones, line="" if found else "zone.unknown")

    def wish_there(self, event: ZonePicked) -> None:
        self.wish_for(self.state.time, event.zone)

    def wish_found(self, event: PlacesFound) -> None:
        self.wish_for(self.state.time, event.all()[0])

    def wish_seen(self, event: ClockRead) -> None:
        self.wish_for(self.state.time, self.seen(event)[0])

    def wish_then(self, event: TimePicked) -> None:
        self.wish_for(event.time, self.wish.zone if self.wish else self.scene.zone or "")

    def wish_for(self, local_time: str | None, zone: str) -> None:
        """Keep a time, a place, or both; a new time takes the place of the others unless added."""
        told = {local_time} if local_time else set()
        if self.wish is None:
            self.news += answers.rest_ended(self.scene)
            self.keep(Wish(times=tuple(told), zone=zone, since=self.scene.at))
        else:
            before = self.wish.times if self.state.adding or not told else ()
            times = tuple(sorted({*before, *told}))[: self.scene.content.reminders.at_most]
            self.keep(self.wish.model_copy(update={"times": times, "zone": zone}))
        self.forget(None)

    def keep(self, wish: Wish) -> None:
        """Arm the next reminder of a wish, or none while it is paused."""
        self.news.append(Set(fields={"zone": wish.zone}))
        effects, news = answers.armed(wish, self.scene)
        self.effects += effects
        self.take(news)

    def take(self, news: tuple[News, ...]) -> None:
        self.news += news
        for piece in news:
            if isinstance(piece, Set) and "wish" in piece.fields:
                self.wish = piece.fields["wish"]

    def ask_change(self, _: Event) -> None:
        self.note(adding=False, line="")

    def ask_more(self, _: Event) -> None:
        self.note(adding=True, line="")

    def mark_day(self, event: DayMarked) -> None:
        marked = {event.day} if event.mark == "on" else set()
        days = tuple(sorted({*self.own.weekdays} - {event.day} | marked))
        if days:  # no day at all is "off", which has its own button
            self.keep(self.own.model_copy(update={"weekdays": days}))

    def begin_quiet(self, event: TimePicked) -> None:
        self.note(time=event.time, line="")

    def refuse_hours(self, _: Event) -> None:
        self.note(line="reminder.quiet_clash")

    def keep_quiet(self, event: TimePicked) -> None:
        told = {"quiet_from": self.state.time, "quiet_until": event.time}
        self.news.append(Set(fields=told))
        self.scene = replace(self.scene, settings=self.scene.settings.model_copy(update=told))
        if self.wish is not None:  # one put off until then may lie in them now
            self.keep(self.wish)
        self.forget(event)

    def pause(self, event: Paused) -> None:
        if self.wish is None:
            self.rest(answers.rest_begun(event.why, self.scene))
            return
        move = answers.paused(self.wish, event.why, self.scene)
        self.effects += move.effects
        self.take(move.news)
        self.rest(answers.rest_begun(event.why, self.scene))

    def go_on(self, _: Event) -> None:
        for piece in answers.rest_ended(self.scene):
            self.rest(piece)
        if self.wish is not None:
            fresh = {"paused": None, "ignored": 0, "asking": False}
            self.keep(self.wish.model_copy(update=fresh))

    def rest(self, begun_or_ended: Set) -> None:
        """Let the screen that follows see what was kept."""
        if begun_or_ended not in self.news:
            self.news.append(begun_or_ended)
        self.scene = replace(self.scene, rests=begun_or_ended.fields["rests"])

    def remind_more(self, _: Event) -> None:
        more = {"every_days": 1, "since": self.scene.at}
        self.keep(self.own.model_copy(update=more))
        self.note(line="reminder.more_set")

    def turn_off(self, _: Event) -> None:
        self.wish = None
        self.effects.append(DropAlarm(name=ALARM))
        self.news += [Set(fields={"wish": None}), *answers.rest_ended(self.scene)]
        self.note(line="reminder.stopped")

    def tell_set(self, _: Event) -> None:
        self.note(line="reminder.set" if self.state.cheer else "reminder.set_plain")

    def tell_none(self, _: Event) -> None:
        self.note(line="reminder.none")

    def tell_closed(self, _: Event) -> None:
        self.note(line="")

    def forget(self, _: Event | None) -> None:
        self.note(time=None, adding=False, asked_at=None, zones=(), line="")

"""Weeks of reminders and whatever is answered to them: what holds all the same."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from flows.base import DropAlarm, Event, Move, Set, SetAlarm, Settings, Show
from flows.reminder import Wish, answered, due
from flows.reminder.schedule import is_quiet_time, quiet_hours, upcoming
from flows.reminder.vocabulary import NotToday, Snoozed, ThisEvening
from tests.flows.reminder.scenes import content, scene

ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]
TIMES = [f"{hour:02}:{minute:02}" for hour in range(8, 21) for minute in (0, 20)]
ANSWERS: list[Event | None] = [None, None, Snoozed(), ThisEvening(), NotToday()]
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@dataclass
class Weeks:
    """One user's reminders, with nothing but their clock and their answers."""

    wish: Wish
    own: Settings
    at: datetime
    rung: list[datetime] = field(default_factory=list)
    snoozes: Counter[date] = field(default_factory=Counter)
    due_at: datetime | None = None

    def live(self, answers: list[Event | None], late_min: int) -> None:
        self.due_at = upcoming(self.wish, self.at, content().reminders)
        self.wish = self.wish.model_copy(update={"next_at": self.due_at})
        for answer in answers:
            if self.due_at is None:
                return
            assert self.due_at > self.at, "never armed for what is past"
            self.at = self.due_at + late_min * MINUTE
            here = scene(self.at, settings=self.own, wish=self.wish)
            move = self.take(due(self.wish, here, busy=False, turn=None))
            if shown := [e for e in move.effects if isinstance(e, Show)]:
                self.rung.append(self.at)
                if answer is not None and len(shown[0].rows) > 1:
                    self.at += MINUTE
                    self.answer(answer)

    def answer(self, event: Event) -> None:
        self.snoozes[self.local(self.at).date()] += not isinstance(event, NotToday)
        here = scene(self.at, settings=self.own, wish=self.wish)
        self.take(answered(event, self.wish, here))

    def take(self, move: Move) -> Move:
        for effect in move.effects:
            if isinstance(effect, SetAlarm):
                self.due_at = effect.due_at
            elif isinstance(effect, DropAlarm):
                self.due_at = None
        for piece in move.news:
            if isinstance(piece, Set) and "wish" in piece.fields:
                self.wish = Wish.model_validate_json(piece.fields["wish"].model_dump_json())
        return move

    def local(self, at: datetime) -> datetime:
        return at.astimezone(ZoneInfo(self.wish.zone))


wishes = st.builds(
    Wish,
    times=st.lists(st.sampled_from(TIMES), min_size=1, max_size=3, unique=True).map(tuple),
    zone=st.sampled_from(ZONES),
    weekdays=st.lists(st.integers(0, 6), min_size=1, unique=True).map(lambda d: tuple(sorted(d))),
    every_days=st.sampled_from([1, 1, 3, 7]),
)
quiets = st.sampled_from(
    [Settings(), Settings(quiet_from="20:45", quiet_until="08:00"),
     Settings(quiet_from="00:00", quiet_until="06:00")]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    wish=wishes, own=quiets,
    begin=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1)),  # noqa: DTZ001 - put into UTC
    answers=st.lists(st.sampled_from(ANSWERS), min_size=8, max_size=30),
    late_min=st.sampled_from([0, 0, 5, 119]),
)  # fmt: skip
def test_reminders_come_in_time_and_never_too_often(
    wish: Wish, own: Settings, begin: datetime, answers: list[Event | None], late_min: int
) -> None:
    weeks = Weeks(wish, own, begin.replace(tzinfo=UTC))
    weeks.live(answers, late_min)

    hours = quiet_hours(own, content().reminders)
    assert not [at for at in weeks.rung if is_quiet_time(weeks.local(at).time(), hours)]
    by_day = Counter(weeks.local(at).date() for at in weeks.rung)
    assert all(count <= len(wish.times) + weeks.snoozes[day] for day, count in by_day.items()), (
        "one for each time, and one for each wish to be asked again"
    )
    assert all(day.weekday() in wish.weekdays for day in by_day if not weeks.snoozes[day]), (
        "on the days wished for"
    )


@settings(max_examples=30, deadline=None)
@given(wish=wishes, begin=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1)))  # noqa: DTZ001 - as above
def test_ignored_they_grow_seldom_and_end_with_one_question(wish: Wish, begin: datetime) -> None:
    weeks = Weeks(wish, Settings(), begin.replace(tzinfo=UTC))
    weeks.live([None] * 30, late_min=0)

    days = [weeks.local(at).date() for at in weeks.rung]
    assert 8 == len(days), "seven, and the question whether to pause them"
    assert weeks.wish.asking
    apart = [(later - sooner).days for sooner, later in pairwise(days[2:])]
    assert all(each >= 3 for each in apart)

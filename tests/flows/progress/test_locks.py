"""After a grave advice: the lock, what opens it, and what is asked when."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

import pytest

from flows import news, offer
from flows.base import (
    Checked,
    DropAlarm,
    Effect,
    Ended,
    HandOver,
    Judged,
    Known,
    Learned,
    Record,
    SetAlarm,
    Show,
    Verdict,
)
from flows.offer import gate
from flows.offer.vocabulary import Seen, Strength
from flows.talk import Talk
from tests.flows.progress.weeks import DAY, NOW, brief, content

HOUR = timedelta(hours=1)
LevelName = Literal["EMERGENCY", "URGENT", "SOON", "SELF_CARE_MODIFIED", "SELF_CARE"]
GRAVE = ("EMERGENCY", "URGENT")


def talk(**fields: object) -> Talk:
    told = {"age": 40, "sex": "male", "country": "DE"}
    known = {name: Known(value=value, at=NOW) for name, value in told.items()}
    return Talk(talk="talk", consent_version=1, facts=known).model_copy(update=fields)


def judged(
    before: Talk, level: LevelName, at: datetime = NOW, **fields: object
) -> tuple[Talk, tuple[Effect, ...]]:
    verdict = Verdict(
        level=level, stretch="blocked" if level in GRAVE else "allowed", fired=(), reasons=(),
        at=at, by_mistake=bool(fields.pop("mistake", False)), crisis=bool(fields.pop("crisis", 0)),
    )  # fmt: skip
    blocked = fields.pop("blocked", False)
    if blocked:
        verdict = verdict.model_copy(update={"stretch": "blocked"})
    piece = Judged(verdict=verdict, full=True, short=True).model_copy(update=fields)
    return news.noted(before, piece, at, content())


def way(of: Talk, at: datetime = NOW) -> gate.Way:
    return gate.way(news.scene_of(of, at, content()))


def alarm(effects: tuple[Effect, ...], name: str = "follow_up") -> SetAlarm | DropAlarm | None:
    found = [e for e in effects if isinstance(e, SetAlarm | DropAlarm) and e.name == name]
    return found[-1] if found else None


@pytest.mark.parametrize("grave", GRAVE)
@pytest.mark.parametrize("milder", ["SOON", "SELF_CARE_MODIFIED", "SELF_CARE"])
def test_a_lower_result_opens_nothing_for_a_day(grave: LevelName, milder: LevelName) -> None:
    first, _ = judged(talk(), grave)
    second, _ = judged(first, milder, NOW + HOUR)

    assert "blocked" == way(first)
    assert "locked" == way(second, NOW + HOUR)
    assert "locked" == way(second, NOW + 24 * HOUR - timedelta(seconds=1))
    assert "locked" != way(second, NOW + 24 * HOUR)


def test_a_third_check_does_not_lift_the_lock() -> None:
    first, _ = judged(talk(), "EMERGENCY")
    second, _ = judged(first, "SELF_CARE", NOW + HOUR)
    third, _ = judged(second, "SELF_CARE", NOW + 2 * HOUR)

    assert "locked" == way(third, NOW + 2 * HOUR)


def test_a_higher_result_locks_anew_from_its_own_hour() -> None:
    first, _ = judged(talk(), "URGENT")
    second, _ = judged(first, "EMERGENCY", NOW + 10 * HOUR)
    third, _ = judged(second, "SELF_CARE", NOW + 11 * HOUR)

    assert "locked" == way(third, NOW + 33 * HOUR)
    assert "locked" != way(third, NOW + 34 * HOUR)


def test_a_mistake_opens_the_way_and_the_flip_is_written_down() -> None:
    first, _ = judged(talk(), "EMERGENCY")
    second, effects = judged(first, "SELF_CARE", NOW + HOUR, mistake=True)

    assert "first" == way(second, NOW + HOUR)
    assert ("Q2",) == second.checked.open_with
    assert ["flip"] == [e.kind for e in effects if isinstance(e, Record) and e.kind == "flip"]

    third, _ = judged(second, "SELF_CARE", NOW + 2 * HOUR, full=False, asked=("Q2",))
    assert "open" == way(third, NOW + 2 * HOUR)


def test_a_mistake_that_is_still_urgent_locks_like_any_other() -> None:
    first, _ = judged(talk(), "EMERGENCY")
    second, _ = judged(first, "URGENT", NOW + HOUR, mistake=True)
    third, _ = judged(second, "SELF_CARE", NOW + 2 * HOUR)

    assert "locked" == way(third, NOW + 2 * HOUR)


def test_the_word_mistake_is_good_for_one_check_only() -> None:
    first, _ = judged(talk(), "EMERGENCY")
    same, effects = judged(first, "EMERGENCY", NOW + HOUR, mistake=True)
    later, _ = judged(same, "SELF_CARE", NOW + 2 * HOUR)

    assert not [e for e in effects if isinstance(e, Record) and e.kind == "flip"]
    assert same.verdict is not None
    assert not same.verdict.by_mistake
    assert "locked" == way(later, NOW + 2 * HOUR)


@pytest.mark.parametrize(
    ("level", "hours"),
    [("EMERGENCY", 3), ("URGENT", 12), ("SOON", 72), ("SELF_CARE", 168)],
)
def test_after_each_advice_it_is_asked_in_its_time(level: LevelName, hours: int) -> None:
    found = alarm(judged(talk(), level)[1])

    assert isinstance(found, SetAlarm)
    assert NOW + hours * HOUR == found.due_at


def test_the_same_found_again_before_a_session_asks_nothing_anew() -> None:
    first, _ = judged(talk(), "SOON")
    _, again = judged(first, "SOON", NOW + DAY, full=False)
    _, graver = judged(first, "URGENT", NOW + DAY, full=False)

    assert None is alarm(again)
    assert isinstance(alarm(graver), SetAlarm)


def test_after_a_crisis_nothing_is_asked_for_a_day_and_then_once() -> None:
    talked, effects = judged(talk(), "EMERGENCY", crisis=True)

    found = alarm(effects)
    assert isinstance(found, SetAlarm)
    assert NOW + 24 * HOUR == found.due_at
    assert [DropAlarm, DropAlarm] == [type(alarm(effects, name)) for name in ("later", "check_in")]
    assert None is gate.nudge_after_h(news.scene_of(talked, NOW + 24 * HOUR, content()))


def test_at_most_two_nudges() -> None:
    talked, _ = judged(talk(), "EMERGENCY")
    asked = 0
    at = NOW
    for _ in range(5):
        at += 3 * HOUR
        scene = news.scene_of(talked, at, content())
        move = offer.begin("check_in", {}, scene)
        for piece in move.news:
            talked, _ = news.noted(talked, piece, at, content())
        asked += 1
        if not isinstance(alarm(move.effects), SetAlarm):
            break

    assert 2 == asked


def learned(before: Talk, at: datetime, **told: bool | int | str) -> Talk:
    facts = {name: Known(value=value, at=at) for name, value in told.items()}
    return news.noted(before, Learned(facts=facts), at, content())[0]


@pytest.mark.parametrize(
    ("before", "told", "expected"),
    [
        ({}, {"pregnant": "yes"}, True),
        ({"pregnant": "yes"}, {"pregnant": "yes"}, False),
        ({"pregnant": "yes"}, {"pregnant": "no"}, True),
        ({"postpartum_weeks": 6}, {"postpartum_weeks": 8}, False),
        ({}, {"postpartum_weeks": 2}, True),
        ({}, {"fever": True}, False),
    ],
)
def test_a_change_of_pregnancy_wants_the_whole_check(
    before: dict[str, str | int], told: dict[str, str | int], *, expected: bool
) -> None:
    known = learned(talk(), NOW, **before) if before else talk()
    checked, _ = judged(known, "SELF_CARE")

    assert expected == learned(checked, NOW + DAY, **told).checked.wants_full


def test_a_clearance_told_again_is_as_old_as_it_was_first_told() -> None:
    first = learned(talk(sessions=(brief(1),)), NOW, cleared_by_clinician=True)
    again = learned(first, NOW + 10 * DAY, cleared_by_clinician=True)
    anew = learned(
        learned(again, NOW + 11 * DAY, cleared_by_clinician=False), NOW + 12 * DAY,
        cleared_by_clinician=True,
    )  # fmt: skip

    def days(of: Talk) -> object:
        return news.scene_of(of, NOW + 14 * DAY, content()).facts["cleared_days"]

    assert [14, 14, 2] == [days(first), days(again), days(anew)]


def test_the_word_on_the_day_after_belongs_to_the_last_session() -> None:
    two = talk(sessions=(brief(2, next_day="worse_still"), brief(1)))

    after = learned(two, NOW, next_day="worse_still")

    facts = news.scene_of(after, NOW, content()).facts
    assert ("worse_still", 2) == (facts["next_day"], facts["worse_running"])
    assert (
        0
        == news.scene_of(learned(two, NOW, next_day="better"), NOW, content()).facts[
            "worse_running"
        ]
    )


def test_the_full_check_is_wanted_before_anything_after_seen() -> None:
    first, _ = judged(talk(), "EMERGENCY")
    scene = news.scene_of(first, NOW, content())
    move = offer.advance(offer.begin("start", {}, scene).state, Seen(), scene)

    assert [("triage", "full")] == [(n.to, n.why) for n in move.news if isinstance(n, HandOver)]


def test_what_the_leg_did_in_a_session_is_kept_by_its_day() -> None:
    first = news.noted(talk(), Ended(brief=brief(0, leg="higher")), NOW, content())[0]
    both = news.noted(first, Ended(brief=brief(0, leg="further")), NOW, content())[0]

    assert [1, 0] == [
        news.scene_of(of, NOW, content()).facts["centralised_days"] for of in (first, both)
    ]


@pytest.mark.parametrize(("answer", "days"), [("yes", 3), ("no", 0)])
def test_strength_is_taken_or_declined_with_one_tap(
    answer: Literal["yes", "no"], days: int
) -> None:
    sessions = tuple(brief(n) for n in (3, 2, 1))
    checked = Checked(full_at=NOW - DAY, short_at=NOW)
    verdict = judged(talk(), "SELF_CARE")[0].verdict
    ready = talk(
        sessions=sessions, sessions_done=9, first_at=NOW - 20 * DAY, checked=checked,
        verdict=verdict, rechecked=dict.fromkeys(("function", "two_weeks"), NOW),
    )  # fmt: skip
    scene = news.scene_of(ready, NOW, content())
    offered = offer.begin("start", {}, scene)
    shown = [row for e in offered.effects if isinstance(e, Show) for row in e.rows]
    assert "ostrong|yes" in {tap.tap for row in shown for tap in row}

    for piece in offer.advance(offered.state, Strength(answer=answer), scene).news:
        ready, _ = news.noted(ready, piece, NOW, content())

    assert days == ready.growth.strength_days
    program = offer.begin("start", {}, news.scene_of(ready, NOW, content())).state.sequence.program
    assert ("strength" if days else "mixed") == program

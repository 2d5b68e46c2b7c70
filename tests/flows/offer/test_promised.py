"""What an advice promises comes true, and nobody is left at a card without a way on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from content.schema import Value
from flows import news, offer
from flows.base import Event, Judged, Known, SetAlarm, Show, Verdict
from flows.offer import advice
from flows.offer.vocabulary import Offer, Seen
from flows.talk import Talk
from tests.flows.progress.test_locks import alarm, judged, talk
from tests.flows.progress.weeks import DAY, NOW, content

HOUR = timedelta(hours=1)
SEVERE = {"pain_now": 8}
OLD = {"age": 70}


def found(before: Talk, fired: str, *, full: bool) -> tuple[SetAlarm | None, list[str]]:
    """Judge as modified self-care; say the check-in that is set, and what is said."""
    verdict = Verdict(
        level="SELF_CARE_MODIFIED", stretch="allowed", fired=(fired,), reasons=(), at=NOW
    )
    piece = Judged(verdict=verdict, full=full, short=False)
    after, effects = news.noted(before, piece, NOW, content())
    scene = news.scene_of(after, NOW, content())
    told = [line.key for line in advice.paragraphs(verdict, scene)]
    found = alarm(effects)
    return (found if isinstance(found, SetAlarm) else None), told


def knowing(**facts: Value) -> Talk:
    told = {name: Known(value=value, at=NOW) for name, value in facts.items()}
    before = judged(talk(), "SELF_CARE_MODIFIED", NOW - DAY)[0]
    return before.model_copy(update={"facts": {**before.facts, **told}})


@pytest.mark.parametrize("full", [True, False])
def test_severe_pain_is_asked_about_the_day_after_every_check(full: bool) -> None:  # noqa: FBT001 - a case
    alarm, told = found(knowing(**SEVERE), "M03", full=full)

    assert alarm is not None
    assert (NOW + 24 * HOUR, True) == (alarm.due_at, "extra.tomorrow" in told)


def test_two_days_on_is_promised_and_kept_once() -> None:
    first, told_first = found(knowing(**OLD), "M01", full=True)
    again, told_again = found(knowing(**OLD), "M01", full=False)

    assert first is not None
    assert (NOW + 48 * HOUR, True) == (first.due_at, "extra.two_days" in told_first)
    assert (None, False) == (again, "extra.two_days" in told_again)


def taps(of: Talk, hours: int) -> list[str]:
    scene = news.scene_of(of, NOW + HOUR * hours, content())
    shown: Show = offer.view(Offer(phase="advised", emergency=True), scene)
    return [choice.tap for row in shown.rows for choice in row]


def test_a_day_after_a_crisis_a_way_leads_on() -> None:
    seen: Event = Seen()
    before, _ = judged(talk(), "EMERGENCY", crisis=True)

    assert seen.code() not in taps(before, 23)
    assert seen.code() in taps(before, 24)

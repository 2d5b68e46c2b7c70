"""What the answers on a path say, where several speak of one fact."""

from __future__ import annotations

import pytest

from flows.triage.path import Told, told
from flows.triage.vocabulary import Answer
from tests.flows.triage.chat import content

BLADDER = ("saddle_numbness", "bladder_change", "bowel_change", "sexual_change")


def after(*path: Answer) -> Told:
    return told(path, {"age": 40, "sex": "male"}, content())


def bladder(*ticked: str) -> Answer:
    return Answer(screen="Q2", about=BLADDER, ticked=ticked)


def follow_up(option: str) -> Answer:
    screen = option.split(".", maxsplit=1)[0]
    return Answer(screen=screen, about=("bladder_change",), ticked=(option,))


@pytest.mark.parametrize("ticked", [("Q2.leak", "Q2.cannot"), ("Q2.cannot", "Q2.leak")])
def test_of_several_ticks_the_gravest_stands(ticked: tuple[str, ...]) -> None:
    assert "cannot_pass" == after(bladder(*ticked)).facts["bladder_change"]


@pytest.mark.parametrize(
    "order", [("Q2_slow.yes", "Q2_leak.cough"), ("Q2_leak.cough", "Q2_slow.yes")]
)
def test_each_follow_up_speaks_for_its_own_tick(order: tuple[str, ...]) -> None:
    path = (bladder("Q2.slow", "Q2.leak"), *(follow_up(option) for option in order))

    assert "cough_leak_only" == after(*path).facts["bladder_change"]


def test_not_sure_of_a_follow_up_does_not_lower_what_was_ticked() -> None:
    unsure = Answer(screen="Q2_sex", about=("sexual_change",), unsure=("Q2_sex",))

    assert "new_loss" == after(bladder("Q2.sex"), unsure).facts["sexual_change"]


def test_not_sure_of_a_follow_up_may_raise_it() -> None:
    unsure = Answer(screen="Q2_slow", about=("bladder_change",), unsure=("Q2_slow",))
    so_far = after(bladder("Q2.slow"), unsure)

    assert "unsure" == so_far.facts["bladder_change"]
    assert {"bladder_change"} == so_far.unsure


@pytest.mark.parametrize(
    ("tick", "screen", "fact", "weeks"),
    [
        ("A3.pregnant", "A3_weeks", "pregnancy_weeks", 0),
        ("A3.birth", "A3_birth", "postpartum_weeks", 0),  # and not as if there had been no birth
    ],
)
def test_weeks_that_nobody_can_tell_leave_what_was_ticked(
    tick: str, screen: str, fact: str, weeks: int
) -> None:
    told = Answer(screen="A3", about=("pregnant", "postpartum_weeks"), ticked=(tick,))
    unsure = Answer(screen=screen, about=(fact,), unsure=(screen,))

    assert weeks == after(told, unsure).facts[fact]


def test_a_later_screen_does_not_lower_what_an_earlier_one_said() -> None:
    burning = Answer(screen="Q2_burn", about=("urinary_burning",), ticked=("Q2_burn.yes",))
    none = Answer(screen="Q8", about=("urinary_burning",))

    assert after(bladder("Q2.slow"), burning, none).facts["urinary_burning"] is True


def test_a_screen_answered_again_takes_back_what_was_known() -> None:
    base = {"age": 40, "sex": "male", "saddle_numbness": True, "fever": True}
    facts = told([bladder()], base, content()).facts

    assert (False, True) == (facts["saddle_numbness"], facts["fever"])


def test_until_its_follow_ups_are_answered_a_tick_is_kept_but_not_judged() -> None:
    so_far = after(bladder("Q2.leak", "Q2.bowel"))

    assert ("Q2_leak",) == so_far.pending
    assert ("new_leak", "none") == tuple(
        facts["bladder_change"] for facts in (so_far.facts, so_far.settled)
    )
    assert so_far.settled["bowel_change"] is True


def test_what_waits_leaves_what_was_known_before_as_it_was() -> None:
    base = {"age": 40, "sex": "male", "bladder_change": "cannot_pass"}
    so_far = told([bladder("Q2.leak")], base, content())

    assert "cannot_pass" == so_far.settled["bladder_change"]


def test_follow_ups_of_the_latest_answer_come_first() -> None:
    fracture = Answer(screen="Q5", about=("osteoporosis_known",), ticked=("Q5.brittle",))
    lift = Answer(screen="Q5_lift", about=("trauma", "trauma_days"), ticked=("Q5_lift.yes",))

    assert ("Q4_days", "Q2_leak") == after(bladder("Q2.leak"), fracture, lift).pending


def test_what_was_not_asked_keeps_its_default() -> None:
    assert 40 == after().facts["onset_age"]

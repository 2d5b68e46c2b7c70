"""What is left out after pain: it never comes back before its time, nor without being wanted."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from flows import barred, news, offer, rechecks
from flows.base import Ended, Known, Learned, Left, LeftOut, Said, Scene, Set, Verdict
from flows.offer.easing import eased
from flows.offer.vocabulary import HaveBack, Offer
from flows.session.swaps import barred as shut
from flows.talk import Talk
from tests.flows.progress.test_locks import judged, talk, way
from tests.flows.progress.weeks import DAY, NOW, brief, content

HOUR = timedelta(hours=1)
WELL = Verdict(level="SELF_CARE", stretch="allowed", fired=(), reasons=(), at=NOW - DAY)


def left(**fields: object) -> Left:
    told = Left(what="exercise", id="cat_cow", until=NOW + DAY, why="sharp_pain", at=NOW - DAY)
    return told.model_copy(update=fields)


def after_stop(*blocks: Left, **fields: object) -> Talk:
    return news.noted(talk(verdict=WELL, **fields), LeftOut(blocks=blocks), NOW, content())[0]


def scene(of: Talk, at: datetime = NOW) -> Scene:
    return news.scene_of(of, at, content())


def tapped(of: Talk, event: HaveBack, at: datetime) -> Talk:
    move = offer.advance(Offer(phase="offered"), event, scene(of, at))
    for piece in move.news:
        if isinstance(piece, Set):
            of, _ = news.noted(of, piece, at, content())
    return of


def is_out(of: Talk, at: datetime) -> bool:
    seen = scene(of, at)
    return "cat_cow" in shut(seen.facts, seen.left_out, content())


@settings(deadline=None)  # the first one loads the content
@given(
    until=st.integers(1, 400), at=st.integers(0, 800), answer=st.sampled_from(["yes", "no"]),
    lifted_by=st.sampled_from(["time", "triage", "asked", "clinician"]),
)  # fmt: skip
def test_nothing_comes_back_before_its_time_whatever_is_tapped(
    until: int, at: int, answer: str, lifted_by: str
) -> None:
    ends = NOW + HOUR * until if lifted_by == "time" else None
    before = after_stop(left(until=ends, lifted_by=lifted_by))
    moment = NOW + HOUR * at

    then = tapped(before, HaveBack.model_validate({"id": "cat_cow", "answer": answer}), moment)

    over = ends is not None and ends <= moment
    assert is_out(before, moment)
    assert is_out(then, moment) == (not over or answer == "no")


def test_what_was_not_wanted_is_not_asked_for_again_and_stays_out() -> None:
    before, later = after_stop(left()), NOW + 2 * DAY

    then = tapped(before, HaveBack(id="cat_cow", answer="no"), later)

    assert barred.waiting(scene(before, later)) is not None
    assert barred.waiting(scene(then, later)) is None
    assert is_out(then, later)
    assert [True] == [each.may_return(later) for each in scene(then, later).left_out]


def test_nothing_is_asked_for_that_is_barred_for_longer_all_the_same() -> None:
    for_good = left(until=None, lifted_by="clinician")

    assert barred.waiting(scene(after_stop(left(), for_good), NOW + 2 * DAY)) is None


def test_of_two_blocks_the_longer_stands_and_pain_anew_begins_anew() -> None:
    short, long = left(until=NOW + DAY), left(until=NOW + 3 * DAY)

    assert (long,) == barred.added((short,), (long,)) == barred.added((long,), (short,))
    assert (long,) == barred.added((left(until=NOW - DAY, unwanted=True),), (long,))


def test_a_rest_ends_with_its_time_and_asks_nobody() -> None:
    full = talk().checked.model_copy(update={"full_at": NOW, "short_at": NOW + DAY})
    for what in ("all", "session"):
        before = after_stop(left(what=what, id=what), checked=full)

        assert "resting" == way(before, NOW)
        assert "open" == way(before, NOW + DAY)
        assert barred.waiting(scene(before, NOW + DAY)) is None


def test_no_new_session_does_not_bar_the_moves_of_the_one_that_runs() -> None:
    assert not is_out(after_stop(left(what="session", id="session")), NOW)


def test_whoever_was_dizzy_is_asked_before_the_next_session_and_only_then_it_is_lifted() -> None:
    dizzy = left(what="head_down", id="head_down", until=None, lifted_by="asked", why="dizzy")
    before = after_stop(dizzy, sessions=(brief(1),))

    checked, _ = judged(before, "SELF_CARE")
    asked, _ = judged(before, "SELF_CARE", asked=("HEAD_AGAIN",), full=False)

    assert "HEAD_AGAIN" in rechecks.before_session(scene(before))
    assert (dizzy,) == scene(checked).left_out
    assert () == scene(asked).left_out
    assert "HEAD_AGAIN" not in rechecks.before_session(scene(asked))


def test_a_move_removed_for_good_waits_to_be_wanted_once_a_clinician_has_cleared_it() -> None:
    removed = left(until=None, lifted_by="clinician", at=NOW)
    before = after_stop(removed)

    def cleared(at: datetime) -> Scene:
        told = Learned(facts={"cleared_by_clinician": Known(value=True, at=at)})
        learned, _ = news.noted(before, told, at, content())
        return scene(judged(learned, "SELF_CARE", NOW + DAY)[0], NOW + DAY)

    assert barred.waiting(cleared(NOW - HOUR)) is None
    assert barred.waiting(cleared(NOW + HOUR)) is not None
    assert is_out(judged(before, "SELF_CARE", NOW + DAY)[0], NOW + DAY)


CLEARED = "cleared_by_clinician"
PAUSE = left(what="all", id="all", until=None, lifted_by="clinician", at=NOW)


def paused(*, cleared: tuple[datetime, ...] = ()) -> Talk:
    """Check wholly, a day after a pause; `cleared` is when a clinician's word was told."""
    of = talk(verdict=WELL)
    for at in [*(at for at in cleared if at < NOW), NOW, *(at for at in cleared if at > NOW)]:
        word = Learned(facts={CLEARED: Known(value=True, at=at)})
        piece = LeftOut(blocks=(PAUSE,)) if at == NOW else word
        of, _ = news.noted(of, piece, at, content())
    return judged(of, "SELF_CARE", NOW + DAY)[0]


def test_what_needs_a_proper_look_is_not_answered_by_checking_again() -> None:
    after = paused()

    assert after.verdict is not None
    assert ("SOON", "blocked", ()) == (
        after.verdict.level, after.verdict.stretch, after.verdict.reasons,
    )  # fmt: skip
    assert "blocked" == way(after, NOW + DAY)
    told = offer.view(Offer(phase="advised"), scene(after, NOW + DAY)).text[0]
    assert Said(key="after.see_someone") == told.args["why"]


def test_nor_by_a_clinician_who_spoke_before() -> None:
    assert "blocked" == way(paused(cleared=(NOW - DAY,)), NOW + DAY)


def test_a_clinician_who_has_looked_since_lets_sessions_go_on() -> None:
    assert "open" == way(paused(cleared=(NOW + HOUR,)), NOW + DAY)


def test_so_does_one_who_has_looked_twice() -> None:
    assert "open" == way(paused(cleared=(NOW - DAY, NOW + HOUR)), NOW + DAY)


def test_an_emergency_found_meanwhile_is_told_as_it_is() -> None:
    waits = news.noted(talk(verdict=WELL), LeftOut(blocks=(PAUSE,)), NOW, content())[0]
    after = judged(waits, "EMERGENCY", NOW + DAY)[0]

    assert after.verdict is not None
    assert "EMERGENCY" == after.verdict.level


def test_after_a_cramp_the_hold_is_halved_once() -> None:
    cramp = brief(2, ended="stopped", event="cramp", exercise="single_knee_to_chest")
    went_on = brief(2, continues=True)
    sharp = brief(2, ended="stopped", event="sharp_pain", exercise="cat_cow")

    def next_time(*sessions: object) -> object:
        of = talk()
        for each in sessions:
            of, _ = news.noted(of, Ended.model_validate({"brief": each}), NOW, content())
        return dict(eased(replace(scene(of), at=NOW + DAY)))

    assert {"single_knee_to_chest": 0.5} == next_time(cramp)
    assert {"single_knee_to_chest": 0.5} == next_time(cramp, went_on)
    assert {} == next_time(cramp, brief(1))
    assert {} == next_time(sharp)

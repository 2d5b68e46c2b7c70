"""What holds of every check, whoever answers it and however."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.triage_cases import Told, cases_in, told_in
from content.load import CONTENT
from content.schema import STRETCHES, Level
from flows.base import Event
from flows.triage.course import facts_of
from flows.triage.rules import emergency_for
from flows.triage.vocabulary import Back, Lone, Number, Tick, Unsure, Why
from tests.flows.triage.chat import Chat, content, decoded
from tests.flows.triage.driver import Person, drive

ANSWERS_AT_MOST = 160  # of the most talkative: every item of every list, one at a time
WELL = Person({"age": 30, "sex": "male", "pain_now": 4}, content())


@cache
def people() -> tuple[Told, ...]:
    """Everybody the cases tell of."""
    cases = (case for path in sorted(CONTENT.glob("cases/*.yaml")) for case in cases_in(path))
    return tuple(told_in(case, content()) for case in cases if case.facts is not None)


@cache
def emergencies() -> frozenset[str]:
    """Name the options that mean an emergency alone, whoever ticks them."""
    found = set()
    for screen in content().routes["full"].screens:
        for part in content().screens[screen].parts:
            for option in part.options:
                facts = content().complete({"age": 30, "sex": "other", **option.set})
                judged = emergency_for(facts, content())
                if judged.fired and not judged.clearable and not option.opens:
                    found.add(f"{part.id}.{option.id}")
    return frozenset(found)


def test_there_are_emergencies_to_look_for() -> None:
    assert {"Q1.chest", "Q2.numb", "Q2.cannot", "Q3_weak.both", "Q8.black"} <= emergencies()


class Answering(RuleBasedStateMachine):
    """Anybody, tapping anything, in any order."""

    @initialize(why=st.sampled_from(["full", "full", "short"]), told=st.integers(0, 10**6))
    def begin(self, why: str, told: int) -> None:
        self.person = people()[told % len(people())]
        self.chat = Chat(why)

    def is_open(self) -> bool:
        return not self.chat.is_over

    def give(self, event: Event) -> None:
        before = self.chat.state
        move = self.chat.give(event)
        if isinstance(event, Tick):
            assert (True, True) == (move.moved, move.free)
            assert self.chat.state == self.chat.give(event).state
        if self.is_open() and len(self.chat.state.path) == len(before.path) + 1:
            self.back_and_again(event)

    def back_and_again(self, event: Event) -> None:
        """Back, and the same answer: nothing is different but the count of screens."""
        if event.trigger not in {"qpick", "qnum", "qgrid", "qnone", "qdone"}:
            return
        after = self.chat.state
        self.chat.give(Back())
        if self.chat.state.phase == "asking":
            assert after.path[:-1] == self.chat.state.path
            assert after.path[-1].screen == self.chat.state.screen
            move = self.chat.give(event)
            if move.moved:
                assert after.path == self.chat.state.path
                assert after.screen == self.chat.state.screen

    @precondition(is_open)
    @rule(n=st.integers(0, 60))
    def tap(self, n: int) -> None:
        choices = self.chat.choices
        if choices:
            self.give(decoded(choices[n % len(choices)].tap))

    @precondition(is_open)
    @rule()
    def answer_as_somebody_would(self) -> None:
        person = Person(self.person.facts, content(), self.person.unsure)
        self.give(person.answer(self.chat))

    @precondition(is_open)
    @rule()
    def answer_as_the_well_would(self) -> None:
        self.give(WELL.answer(self.chat))

    @precondition(is_open)
    @rule(number=st.integers(-5, 200))
    def type_a_number(self, number: int) -> None:
        self.give(Number(number=number))

    @precondition(is_open)
    @rule(event=st.sampled_from([Why(), Back(), Unsure(), Lone(seq=0), Lone(seq=7)]))
    def ask_back(self, event: Event) -> None:
        self.give(event)

    @rule()
    def end(self) -> None:
        """However it began, it comes to an end, and that end is what the facts say."""
        drive(self.chat, WELL)
        facts = content().complete({n: k.value for n, k in self.chat.learned.items()})
        if emergency_for(facts, content()).fired and not facts["cleared_by_clinician"]:
            assert "EMERGENCY" == self.chat.verdict.level
        self.chat = Chat()

    @invariant()
    def no_emergency_is_passed_over(self) -> None:
        """No further question is asked of anybody who has ticked an emergency and gone on."""
        if hasattr(self, "chat") and self.is_open():
            for answer in self.chat.state.path:
                assert not emergencies().intersection(answer.ticked)

    @invariant()
    def every_question_can_be_answered(self) -> None:
        if hasattr(self, "chat") and self.is_open():
            show = self.chat.show
            part = content().screens[self.chat.state.screen].parts[0]
            assert show.text
            assert part.kind == "number" or len(self.chat.choices) > 1
            assert all(len(row) <= 3 or part.kind == "grid" for row in show.rows)


TestAnswering = Answering.TestCase
TestAnswering.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)


@pytest.mark.parametrize("ref", sorted(emergencies()))
def test_an_emergency_answered_yes_ends_the_check(ref: str) -> None:
    part = ref.split(".", maxsplit=1)[0]
    woman = ref.split(".")[1] == "pelvis"
    chat = Chat()
    person = Person({"age": 30, "sex": "female" if woman else "male"}, content())
    while part not in {p.id for p in content().screens[chat.state.screen].parts}:
        chat.give(person.answer(chat))
    chat.tap(ref, "button.done")

    assert ("EMERGENCY", "blocked") == (chat.verdict.level, chat.verdict.stretch)


@settings(max_examples=40, deadline=None)
@given(age=st.integers(1, 100), sex=st.sampled_from(["female", "male", "other"]))
def test_not_sure_of_everything_is_never_milder_than_none_of_it(age: int, sex: str) -> None:
    facts = {"age": age, "sex": sex}
    sure = drive(Chat(), Person(facts, content()))
    unsure = drive(Chat(), Person(facts, content(), frozenset(content().facts) - {"age", "sex"}))

    assert severity(sure) <= severity(unsure)


@settings(max_examples=100, deadline=None)
@given(
    told=st.integers(0, 10**6),
    screen=st.sampled_from([*content().routes["full"].screens, "Q4_seen", "Q1_belly"]),
)
def test_not_sure_of_one_question_is_never_milder_than_no(told: int, screen: str) -> None:
    person = people()[told % len(people())]
    about = frozenset(facts_of(content().screens[screen])) - {"age", "sex", "country"}
    facts = {name: value for name, value in person.facts.items() if name not in about}
    sure = drive(Chat(), Person(facts, content()))
    unsure = drive(Chat(), Person(facts, content(), about))

    assert severity(sure) <= severity(unsure)


def severity(chat: Chat) -> tuple[int, int]:
    return Level[chat.verdict.level], STRETCHES.index(chat.verdict.stretch)


@settings(max_examples=40, deadline=None)
@given(seed=st.lists(st.integers(0, 60), min_size=ANSWERS_AT_MOST, max_size=ANSWERS_AT_MOST))
def test_whatever_is_answered_a_check_comes_to_its_end(seed: list[int]) -> None:
    chat = Chat()
    for n in seed:
        if chat.is_over:
            return
        chat.give(forward(chat, n))
    assert chat.is_over


def forward(chat: Chat, n: int) -> Event:
    """Any answer that goes on, the harmless one more often than not."""
    if n % 3 or not chat.choices:
        return WELL.answer(chat)
    keys = {"button.back", "button.why"}
    ticks = [c for c in chat.choices if c.mark == "on"]
    choices = [c for c in chat.choices if c.label.key not in keys and c not in ticks]
    return decoded(choices[n % len(choices)].tap) if choices else WELL.answer(chat)

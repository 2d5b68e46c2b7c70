"""The three kinds of check: whole, before a session, and a part of it after a stop."""

from __future__ import annotations

from content.conditions import facts_of
from flows.base import Known
from flows.triage.vocabulary import Grid, Number, Pick
from tests.flows.triage.chat import AT, Chat, content, knowing, scene_of
from tests.flows.triage.driver import Person, at, drive


class TestShort:
    KNOWN = knowing(country="GB", age=30, sex="male", pain_location="mid_upper")

    def test_two_answers_for_the_well(self) -> None:
        chat = Chat("short", known=self.KNOWN)
        chat.give(Grid(number=3))
        chat.tap("button.none")

        assert "SELF_CARE_MODIFIED" == chat.verdict.level
        assert (False, True) == (chat.judged.full, chat.judged.short)
        assert [3] == [mark.pain for mark in chat.marked]
        assert 3 == chat.learned["pain_now"].value

    def test_a_tick_opens_its_question(self) -> None:
        chat = Chat("short", known=self.KNOWN)
        chat.give(Grid(number=3))
        chat.tap("PN.numb", "button.done")
        assert "Q2" == chat.state.screen

        chat.tap("Q2.bowel", "button.done")
        assert ("E14",) == chat.verdict.reasons

    def test_not_sure_opens_all_questions(self) -> None:
        chat = Chat("short", known=self.KNOWN)
        chat.give(Grid(number=3))
        chat.tap("button.not_sure")
        asked = set()
        person = Person({"age": 30, "sex": "male"}, content())
        while not chat.is_over:
            asked.add(chat.state.screen)
            chat.give(person.answer(chat))

        assert {"Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q7", "Q8C", "C1"} <= asked

    def test_strong_pain_is_asked_for_its_days(self) -> None:
        chat = Chat("short", known=self.KNOWN)
        chat.give(Grid(number=8))
        assert "P0_days" == chat.state.screen

        chat.tap("P0_days.to_6", "button.none")
        assert "S06" in chat.verdict.fired

    def test_days_are_not_asked_for_twice(self) -> None:
        chat = Chat("short", known=self.KNOWN)
        chat.give(Grid(number=8))
        chat.tap("P0_days.hours", "PN.worse", "button.done", "button.none", "Q10_trend.same")

        assert chat.is_over

    def test_something_new_puts_the_clinicians_word_in_doubt(self) -> None:
        cleared = knowing(
            country="GB", age=30, sex="male", cancer_history="past", cleared_by_clinician=True
        )
        chat = Chat("short", known=cleared)
        chat.give(Grid(number=3))
        chat.tap("PN.fever", "button.done", "button.none")
        assert "Q12" == chat.state.screen

        chat.tap("Q12.no")
        assert "S01" in chat.verdict.fired


class TestPart:
    KNOWN = knowing(country="GB", age=30, sex="male")

    def test_its_screens_are_asked_in_order(self) -> None:
        chat = Chat("part", self.KNOWN, {"screens": ["Q2", "Q3", "Q1"]})
        asked = []
        while not chat.is_over:
            asked.append(chat.state.screen)
            chat.tap("button.none")

        assert ["Q2", "Q3", "Q1"] == asked
        assert (False, False) == (chat.judged.full, chat.judged.short)

    def test_what_a_stop_has_found_no_answer_lowers(self) -> None:
        chat = Chat("part", self.KNOWN, {"screens": ["Q2"], "args": {"at_least": "SOON"}})
        chat.tap("button.none")

        assert ("SOON", "blocked") == (chat.verdict.level, chat.verdict.stretch)

    def test_what_a_stop_has_found_an_answer_may_raise(self) -> None:
        chat = Chat("part", self.KNOWN, {"screens": ["Q2"], "args": {"at_least": "SOON"}})
        chat.tap("Q2.numb", "button.done")

        assert "EMERGENCY" == chat.verdict.level

    def test_facts_given_are_judged_before_anything_is_asked(self) -> None:
        given = {"screens": ["Q1"], "facts": {"chest_pain": True}}

        assert "EMERGENCY" == Chat("part", self.KNOWN, given).verdict.level

    def test_what_is_asked_again_does_not_count_until_it_is_answered(self) -> None:
        known = {**self.KNOWN, **knowing(chest_pain=True)}
        chat = Chat("part", known, {"screens": ["Q1"], "again": True})
        assert ("walking", "Q1") == (chat.state.phase, chat.state.screen)

        chat.tap(*["button.no"] * 10)
        assert "SELF_CARE" == chat.verdict.level
        assert chat.learned["chest_pain"].value is False

    def test_so_for_what_was_not_sure(self) -> None:
        unsure = {"chest_pain": Known(value=True, at=AT, unsure=True)}
        chat = Chat("part", {**self.KNOWN, **unsure}, {"screens": ["Q1"]})

        assert "Q1" == chat.state.screen

    def test_what_is_handed_on_comes_back(self) -> None:
        chat = Chat("part", self.KNOWN, {"screens": ["Q2"], "args": {"then": "start"}})
        chat.tap("button.none")

        assert {"kind": "part", "then": "start"} == chat.handed.args

    def test_nothing_is_judged_without_an_age(self) -> None:
        chat = Chat("part", {}, {"screens": ["Q2"]})
        chat.tap("button.none")

        assert "A1" == chat.state.screen


class TestSeenBefore:
    """A clinician's word is of the past: what came since is asked about."""

    KNOWN = knowing(country="GB", age=72, sex="male", pain_now=3, cleared_by_clinician=True)

    def test_days_of_strong_pain_that_came_since_put_it_in_doubt(self) -> None:
        chat = Chat("short", self.KNOWN)
        chat.give(Grid(number=8))
        chat.give(Number(number=3))
        chat.tap("button.none")
        assert "Q12" == chat.state.screen

        chat.give(Pick(part="Q12", option="no"))
        assert ("SOON", "blocked") == (chat.verdict.level, chat.verdict.stretch)
        assert "S06" in chat.verdict.fired

    def test_days_that_the_clinician_knew_of_do_not(self) -> None:
        known = {**self.KNOWN, **knowing(severe_days=7, pain_now=8)}
        chat = Chat("short", known)
        chat.give(Grid(number=8))
        chat.give(Number(number=8))
        chat.tap("button.none")

        assert ("SELF_CARE_MODIFIED", "gentle") == (chat.verdict.level, chat.verdict.stretch)

    def test_a_spot_on_the_bone_found_after_a_stop_puts_it_in_doubt(self) -> None:
        chat = Chat("part", self.KNOWN, {"screens": ["Q2", "Q3", "SORE_BONE"]})
        chat.tap("button.none", "button.none")
        chat.give(Pick(part="sore_bone", option="yes"))

        assert "Q12" == chat.state.screen

    def test_a_pop_with_pain_puts_it_in_doubt_though_it_is_known_by_now(self) -> None:
        known = {**self.KNOWN, **knowing(sudden_onset_pain=True)}
        popped = {"screens": ["Q2"], "facts": {"sudden_onset_pain": True}}
        chat = Chat("part", known, popped)
        chat.tap("button.none")

        assert "Q12" == chat.state.screen


class TestStanding:
    """Who is asked what is new ticks no old illness: it is still so."""

    KNOWN = knowing(country="GB", age=40, sex="male", immunosuppressed=True, diabetes=True)

    def test_a_fever_before_a_session_is_judged_with_what_was_told_before(self) -> None:
        chat = Chat("short", self.KNOWN)
        chat.give(Grid(number=3))
        chat.tap("PN.fever", "button.done", "Q6_fever.fever", "button.done")

        assert ("EMERGENCY", "E23") == (chat.verdict.level, chat.verdict.reasons[0])
        assert chat.learned["immunosuppressed"].value is True

    def test_so_is_one_that_was_typed_and_is_asked_about(self) -> None:
        chat = Chat("part", self.KNOWN, {"screens": ["Q6"]})
        chat.tap("Q6_fever.fever", "button.done")

        assert "EMERGENCY" == chat.verdict.level

    def test_what_was_ticked_by_mistake_is_taken_back(self) -> None:
        mistaken = {"screens": ["Q6"], "again": True, "args": {"mistake": True}}
        chat = Chat("part", self.KNOWN, mistaken)
        chat.tap("button.yes", *["button.no"] * 9)

        assert "URGENT" == chat.verdict.level
        assert chat.learned["immunosuppressed"].value is False

    def test_another_answer_stands_in_its_place(self) -> None:
        known = {**self.KNOWN, **knowing(spine_procedure="within_6_weeks")}
        chat = Chat("part", known, {"screens": ["Q6"]})
        chat.tap("Q6.spine", "button.done", "Q6_spine.months_3")

        assert "within_3_months" == chat.learned["spine_procedure"].value

    def test_a_whole_check_asks_it_all_anew(self) -> None:
        chat = drive(Chat(known=self.KNOWN), Person({"age": 40, "sex": "male"}, content()))

        assert "SELF_CARE" == chat.verdict.level

    def test_a_sign_of_today_does_not_stand(self) -> None:
        signs = (f for f in content().facts.values() if f.stands)
        asked = {"Q1", "Q2", "Q3", "Q4", "Q8", "Q8P", "Q9", "Q10_trend", "Q10_where"}
        of_today = frozenset[str]().union(*(content().asked_on(screen) for screen in asked))

        assert not of_today & {fact.id for fact in signs}


class TestFull:
    def test_a_whole_check_takes_back_what_is_no_longer_so(self) -> None:
        known = knowing(country="GB", age=30, sex="male", severe_days=14, pain_now=9)
        chat = drive(Chat(known=known), Person({"age": 30, "sex": "male"}, content()))

        assert "SELF_CARE" == chat.verdict.level
        assert 0 == chat.learned["severe_days"].value

    def test_the_days_are_asked_only_of_strong_pain(self) -> None:
        chat = at("Q9")
        chat.give(Grid(number=4))
        assert "Q10_long" == chat.state.screen

        chat.tap("button.back")
        chat.give(Grid(number=5))
        assert "Q9_days" == chat.state.screen

    def test_no_rule_and_no_question_looks_at_what_the_program_keeps(self) -> None:
        screens = [
            content().screens[screen]
            for route in ("full", "fitness", "short")
            for screen in content().routes[route].screens
            if screen != "YESTERDAY"  # about the last session, which the program alone knows
        ]
        conds = [rule.cond for rule in content().rules]
        conds += [screen.when for screen in screens if screen.when]
        read = frozenset[str]().union(*(facts_of(content().trees[cond]) for cond in conds))

        assert not [name for name in read if not content().facts[name].clinical]

    def test_the_scene_of_a_stranger_has_no_age(self) -> None:
        assert 0 == scene_of().facts["age"]

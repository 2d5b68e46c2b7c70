"""The invitation of a clinic: what it changes, and what it never opens."""

from __future__ import annotations

from typing import Any

import pytest

from bot.content_tools.chat import Chat
from content.catalogue import Catalogue
from flows.base import Clinic, Verdict
from flows.heard import Command
from flows.news import CLINIC_PROGRAM, scene_of
from flows.offer import advice
from flows.session.plan import program_for
from tests.transcript import START, replay

CLINIC = Clinic(number=1, program="chair", contact="Physio & Nord, 030 1234")


def invited(catalogue: Catalogue, clinic: Clinic = CLINIC) -> Chat:
    chat = Chat(catalogue)
    list(chat.feed(Command(name="start", argument="code", clinic=clinic)))
    return chat


def test_an_invitation_begins_with_the_consent_like_any_other(catalogue: Catalogue) -> None:
    with_it, without = invited(catalogue), Chat(catalogue)
    list(without.hear("/start"))
    assert without.effects == with_it.effects
    assert CLINIC == with_it.talk.clinic


def test_a_language_we_do_not_speak_changes_nothing(catalogue: Catalogue) -> None:
    chat = invited(catalogue, CLINIC.model_copy(update={"language": "xx"}))
    assert "en" == chat.talk.language


def test_the_clinics_contact_stands_in_the_help(catalogue: Catalogue) -> None:
    told = "\n".join(invited(catalogue).hear("/help"))
    assert "Your clinic: Physio & Nord, 030 1234" in told


@pytest.mark.parametrize(("level", "named"), [
    ("EMERGENCY", False), ("URGENT", True), ("SOON", True), ("SELF_CARE", False),
])  # fmt: skip
def test_an_emergency_names_no_clinic(catalogue: Catalogue, level: str, *, named: bool) -> None:
    chat = invited(catalogue)
    verdict = Verdict.model_validate(
        {"level": level, "stretch": "blocked", "fired": (), "reasons": (), "at": START}
    )
    lines = advice.paragraphs(verdict, scene_of(chat.talk, chat.now, catalogue))
    assert named == any(line.key == "clinic.contact" for line in lines)


def plan(catalogue: Catalogue, **told: Any) -> tuple[str, str]:  # noqa: ANN401 - values of facts
    lasting = {"sessions_done": 5, "days_since_session": 1, "days_since_first": 20, "age": 30}
    facts = {**catalogue.complete({**lasting, **told}), **told}
    chosen = program_for(facts, told.get("stretch", "allowed"), catalogue)
    assert chosen is not None
    return chosen.program, chosen.reason


def test_a_clinics_plan_takes_the_place_of_what_is_as_good(catalogue: Catalogue) -> None:
    assert ("mixed", "all_round") == plan(catalogue)
    assert ("extension_bias", "your_clinic") == plan(catalogue, clinic_program="extension_bias")
    assert ("chair", "your_clinic") == plan(catalogue, clinic_program="chair")


@pytest.mark.parametrize("told", [
    {"pain_now": 8}, {"pregnant": "yes"}, {"osteoporosis_known": True}, {"sessions_done": 1},
    {"stretch": "gentle"}, {"flare": "some"}, {"cannot_get_to_floor": True},
    {"dp_worse": "extension", "dp_ease": "flexion"},
])  # fmt: skip
def test_a_clinics_plan_yields_to_all_that_asks_for_care(
    catalogue: Catalogue, told: dict[str, object]
) -> None:
    wished = {**told, "clinic_program": "extension_bias"}
    assert plan(catalogue, **told) == plan(catalogue, **wished)


def test_no_invitation_makes_an_advice_milder(catalogue: Catalogue) -> None:
    """The whole of an emergency, told by somebody with an invitation."""
    with_it, without = invited(catalogue), Chat(catalogue)
    list(without.hear("/start"))
    lines = "\n".join(f"> {each}" for each in ("1", "7", "30", "2", "1", "done"))
    replay(lines, with_it)
    replay(lines, without)
    assert without.talk.verdict is not None
    assert "EMERGENCY" == without.talk.verdict.level
    assert without.talk.verdict == with_it.talk.verdict


def test_a_plan_that_content_no_longer_knows_is_no_plan(catalogue: Catalogue) -> None:
    chat = invited(catalogue, CLINIC.model_copy(update={"program": "gone"}))
    assert "none" == scene_of(chat.talk, chat.now, catalogue).facts[CLINIC_PROGRAM]

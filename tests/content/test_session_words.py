"""What a session says fits a button, a watch, a card and the tone of the house."""

import re

import pytest

from content.load import load

CONTENT = load()
WORDS = CONTENT.words["en"]
BUTTON, WATCH, CUE_WORDS, STEP_WORDS = 18, 40, 12, 25
LONE = {
    "button.agree",
    "button.helping",
    "button.send_copy",
    "button.go_on_side",
    "button.routine_return",
    "button.climb",
    "button.make_page",
    "button.physio_page",
    "button.preview",
}
GAPS = {
    "n": 10, "number": 3, "side": "LEFT", "what": "it", "name": "English",
    "exercise": "Cross-leg, chair", "ladder": "Turn to look back",
}  # fmt: skip
NEVER_SAID = (
    "wear and tear", "crumbling", "slipped out", "out of place", "damage", "weak core",
    "bad posture", "never bend", "protect your spine", "must rest in bed", "in your head",
    "no pain no gain", "push through", "cure", "fix your disc", "reset", "guaranteed",
    "do not need a doctor", "diagnose", "treat ", "clinically proven",
)  # fmt: skip


def said(key: str) -> str:
    text = WORDS[key]
    assert isinstance(text, str), key
    return text


def texts(*families: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, value in WORDS.items():
        if key.startswith(families):
            values = value.values() if isinstance(value, dict) else value
            found[key] = [value] if isinstance(value, str) else list(values)
    return found


def test_fixed_labels_fit_their_buttons() -> None:
    long = {key for key, each in texts("button.").items() if len(each[0].format(**GAPS)) > BUTTON}
    assert LONE == long


@pytest.mark.parametrize("name", CONTENT.exercises)
def test_a_bell_says_all_in_what_a_watch_shows(name: str) -> None:
    bell = said(f"exercise.{name}.bell").format(side="RIGHT", seconds=600, reps=12)
    assert len(bell) <= WATCH
    assert (CONTENT.exercises[name].sides == "both") == ("RIGHT" in bell)


@pytest.mark.parametrize("name", CONTENT.exercises)
def test_cues_and_steps_are_short(name: str) -> None:
    assert len(said(f"exercise.{name}.cue").split()) <= CUE_WORDS
    for step in WORDS[f"exercise.{name}.steps"]:
        assert len(step.split()) <= STEP_WORDS


def test_every_move_with_sides_says_what_changes() -> None:
    sided = {name for name, ex in CONTENT.exercises.items() if ex.sides == "both"}
    assert sided == {name for name in CONTENT.exercises if f"exercise.{name}.limb" in WORDS}


def test_nothing_is_said_that_must_not_be_said() -> None:
    families = ("session.", "stop.", "after.", "offer.", "choice.", "program.", "condition.",
                "event.", "outcome.", "exercise.", "progress.", "reminder.")  # fmt: skip
    for key, each in texts(*families).items():
        for text in each:
            found = [words for words in NEVER_SAID if re.search(rf"\b{words}", text.lower())]
            assert [] == found, key


def test_reminders_say_nothing_of_health_on_a_lock_screen() -> None:
    for key in ("reminder.due", "reminder.due_plain", "reminder.check_in"):
        for text in texts(key)[key]:
            assert None is re.search(r"pain|back|leg|spine|sore|stretch|hurt", text.lower()), key

"""Words: nothing is lacking, buttons fit, questions are plain, and what is unsigned is marked."""

import re
from fnmatch import fnmatch
from statistics import mean

import pytest
import yaml

from content.load import CONTENT as FOLDER
from content.load import load

CONTENT = load()
WORDS = CONTENT.words["en"]
TRIAGE = yaml.safe_load((FOLDER / "words/en.triage.yaml").read_text("utf-8"))
ASKED = {
    key: text for key, text in TRIAGE.items() if re.match(r"screen\..*\.(ask|again|why)$", key)
}
AGAIN = {key: text for key, text in TRIAGE.items() if re.match(r"option\..*\.again$", key)}
NEVER_SAID = (
    "wear and tear", "crumbling", "slipped out", "out of place", "damage", "weak core",
    "bad posture", "never bend", "protect your spine", "rest in bed", "all in your head",
    "no pain no gain", "push through", "just a strain", "cure", "fix your disc", "reset",
    "guaranteed", "you do not need a doctor", "diagnose", "treat ", "clinically proven",
)  # fmt: skip


def sentences(text: str) -> list[str]:
    plain = re.sub(r"</?[bi]>", "", text).replace("U.S.", "US")
    return [each for each in re.split(r"(?<=[.?!:;])\s+", plain) if each.strip()]


def words_in(text: str) -> int:
    return len(re.findall(r"[\w'./-]*\w", text))


def test_every_option_has_a_button_of_at_most_18_characters_without_a_full_stop() -> None:
    shorts = {key: text for key, text in WORDS.items() if re.match(r"option\..*\.short$", key)}
    wrong = {k: t for k, t in shorts.items() if len(str(t)) > 18 or str(t).endswith(".")}
    assert {} == wrong
    options = [o for s in CONTENT.screens.values() for part in s.parts for o in part.options]
    assert len(options) == len(shorts)


def test_a_button_with_its_number_and_tick_box_still_fits() -> None:
    mine = [s for s in CONTENT.screens.values() if f"screen.{s.id}.ask" in TRIAGE]
    for screen in mine:
        options = [(part, option) for part in screen.parts for option in part.options]
        box = "☐ " if len(screen.parts) > 1 or screen.parts[0].kind == "ticks" else ""
        for number, (part, option) in enumerate(options, 1):
            button = f"{box}{number} {WORDS[f'option.{part.id}.{option.id}.short']}"
            assert len(button) <= 18, button


def test_an_item_asked_alone_is_a_yes_no_question_of_at_most_20_words() -> None:
    wrong = {k: t for k, t in AGAIN.items() if "?" not in t or words_in(t) > 20}
    assert {} == wrong


def test_questions_are_short_sentences() -> None:
    lengths = [words_in(each) for text in ASKED.values() for each in sentences(text)]
    assert mean(lengths) <= 12


@pytest.mark.parametrize("phrase", NEVER_SAID)
def test_what_must_not_be_said_is_not_said(phrase: str) -> None:
    told = {
        key: text
        for key, text in WORDS.items()
        if isinstance(text, str) and phrase in text.lower() and not key.startswith("rule.")
    }
    allowed = {"Pain like this can be treated", "get checked", "being treated for cancer"}
    wrong = {k: t for k, t in told.items() if not any(each in t for each in allowed)}
    assert {} == wrong


def test_no_exclamation_mark_stands_in_a_safety_text() -> None:
    safety = {k: t for k, t in TRIAGE.items() if isinstance(t, str) and "!" in t}
    assert {} == safety


def test_every_pattern_of_what_awaits_review_names_something() -> None:
    patterns = TRIAGE["_awaiting"]
    idle = [p for p in patterns if not any(fnmatch(key, p) for key in TRIAGE)]
    assert [] == idle


def test_what_the_specification_wrote_is_not_marked_as_awaiting() -> None:
    specified = ["consent.text", "level.EMERGENCY.text", "level.URGENT.text", "level.SOON.text",
                 "extra.safety_net", "screen.Q1.ask", "option.Q2.numb", "rule.E12.why"]  # fmt: skip
    assert [] == [k for k in specified if any(fnmatch(k, p) for p in TRIAGE["_awaiting"])]


def test_no_dose_of_a_medicine_is_named() -> None:
    dosed = {k: t for k, t in TRIAGE.items() if re.search(r"\d+\s?(mg|milligram|tablet)", str(t))}
    assert {} == dosed

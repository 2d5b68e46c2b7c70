"""Every fault an author can make is told in a sentence, with its file, line and entry."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from content.errors import SENTENCES, ContentFault, ContentFaults
from content.load import CONTENT, load

Folder = Callable[..., Path]


@dataclass(frozen=True)
class Mistake:
    """Put `now` where `was` stands in a file; the fault is told at the line of `at`."""

    code: str
    file: str
    was: str
    now: str
    entry: str | None
    sentence: str
    at: str = ""


RULE = "  - id: E01\n    level: EMERGENCY\n    cond: chest_pain\n"

MISTAKES = [
    Mistake(
        "reference", "programs.yaml",
        "{ex: knee_rolls, hold_s: 3, reps: 4", "{ex: knee_rols, hold_s: 3, reps: 4",
        "gentle_start",
        "item 3 names the exercise `knee_rols`, which no file defines. "
        "Did you mean `knee_rolls`?",
        at="knee_rols",
    ),
    Mistake(
        "condition", "rules.yaml", "cond: breathless", "cond: breathles", "E02",
        "`cond`: `breathles` is no fact. Did you mean `breathless`?",
        at="cond: breathles",
    ),
    Mistake(
        "section_unknown", "rules.yaml", "\nrules:\n", "\nrulez:\n", None,
        "`rulez` is no kind of content. Did you mean `rules`?",
        at="rulez:",
    ),
    Mistake(
        "not_yaml", "sources.yaml", "sources:", "sources: [", None,
        "this is not YAML: did not find expected node content. "
        "Look at the indents, colons and quotes around here.",
        at="  - id: SEED",
    ),
    Mistake(
        "key_twice", "rules.yaml", RULE, RULE + "    level: SOON\n", None,
        "`level` stands twice in one entry, so one of them is lost. Remove or rename one.",
        at="    level: SOON",
    ),
    Mistake(
        "field_unknown", "rules.yaml", RULE, RULE + "    condd: fever\n", "E01",
        "`condd` is no field of this entry. Did you mean `cond`?",
        at="    condd",
    ),
    Mistake(
        "field_missing", "rules.yaml", RULE, RULE.replace("    cond: chest_pain\n", ""), "E01",
        "the field `cond` is missing. Add it.",
        at="  - id: E01",
    ),
    Mistake(
        "field_text", "phones.yaml", 'AD: "112"', "AD: 112", "phones",
        "`emergency.AD` is a text, but `112` is not read as one. Write it in quotes.",
        at="AD: 112",
    ),
    Mistake(
        "field_wrong", "rules.yaml", RULE, RULE.replace("EMERGENCY", "GRAVE"), "E01",
        "`level` cannot be `GRAVE`: input should be 'EMERGENCY', 'URGENT', 'SOON' or "
        "'SELF_CARE_MODIFIED'. Mend the value.",
        at="level: GRAVE",
    ),
    Mistake(
        "name_taken", "facts.yaml", "  - {id: SEVERE,", "  - {id: fever,", "fever",
        "`fever` is the name of a fact too, so conditions are unclear. Rename one.",
        at="{id: fever, cond",
    ),
    Mistake(
        "value_wrong", "questions.yaml",
        "{id: female, set: {sex: female}}", "{id: female, set: {sex: femal}}", "A2",
        "`parts.1.options.1.set` says `sex` is `femal`, which it cannot be. "
        "Its values are: female, male, other.",
        at="sex: femal}",
    ),
    Mistake(
        "order_wrong", "facts.yaml",
        "toward_danger: [none, one_leg]", "toward_danger: [one_leg]", "leg_numbness",
        "`toward_danger` has to list each value once, from harmless to grave.",
        at="toward_danger: [one_leg]",
    ),
    Mistake(
        "values_missing", "facts.yaml",
        "{id: leg_numbness, type: enum, values: [none, one_leg],",
        "{id: leg_numbness, type: enum,", "leg_numbness",
        "an enum fact needs its `values`. List them.",
        at="{id: leg_numbness",
    ),
    Mistake(
        "default_missing", "facts.yaml",
        "{id: chest_pain, type: bool, default: false,", "{id: chest_pain, type: bool,",
        "chest_pain",
        "this fact has no `default`, and is not one that lasts. Give it one.",
        at="{id: chest_pain",
    ),
    Mistake(
        "options_missing", "questions.yaml",
        "      - {id: Q9, kind: grid, fact: pain_now}", "      - {id: Q9, kind: ticks}", "Q9",
        "the part `Q9` is a ticks, which needs options. List them.",
        at="{id: Q9, kind: ticks}",
    ),
    Mistake(
        "fact_missing", "questions.yaml",
        "      - {id: Q9, kind: grid, fact: pain_now}",
        "      - {id: Q9, kind: grid, fact: fever}", "Q9",
        "the part `Q9` is a grid, which fills a whole-number `fact`. Name it.",
        at="fact: fever}",
    ),
    Mistake(
        "option_twice", "questions.yaml",
        "{id: male, set: {sex: male}}", "{id: female, set: {sex: male}}", "A2",
        "the part `A2` has the option `female` twice. Rename one.",
        at="      - id: A2\n",
    ),
    Mistake(
        "words_unused", "words/en.triage.yaml",
        "screen.A1.ask:", "screen.A1.aks:", None,
        "nothing needs the sentence `screen.A1.aks`. Did you mean `screen.A1.ask`? "
        "Else remove it.",
        at="screen.A1.aks:",
    ),
    Mistake(
        "words_shape", "words/en.triage.yaml",
        'screen.A1.ask: "How old are you?"', "screen.A1.ask: 7", None,
        "`screen.A1.ask` has to be a sentence, a plural map or a list of sentences. Write it so.",
        at="screen.A1.ask",
    ),
    Mistake(
        "words_plural", "words/en.triage.yaml",
        'screen.A1.ask: "How old are you?"', 'screen.A1.ask: {one: "a", two: "b"}', None,
        "`screen.A1.ask` is a plural, which needs `other`, beside zero, one, two, few or many.",
        at="screen.A1.ask",
    ),
    Mistake(
        "words_marks", "words/en.triage.yaml",
        'screen.A1.ask: "How old are you?"', 'screen.A1.ask: "How <b>old are you?"', None,
        "`screen.A1.ask` has marks other than <b> and <i>, or one left open. Mend it.",
        at="screen.A1.ask",
    ),
    Mistake(
        "words_gaps", "words/en.triage.yaml",
        'screen.A1.ask: "How old are you?"', 'screen.A1.ask: "How old {are you?"', None,
        "`screen.A1.ask` has a gap in braces that cannot be read: expected '}' before end of "
        "string. Mend it.",
        at="screen.A1.ask",
    ),
    Mistake(
        "words_long", "words/en.triage.yaml",
        "option.A2.other.short: Other", "option.A2.other.short: Other or no answer.",
        None,
        "`option.A2.other.short` is 19 characters, a button shows 18. Shorten it.",
        at="option.A2.other.short",
    ),
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Copy the whole content, with one file written differently."""

    def written(file: str = "", was: str = "", now: str = "") -> Path:
        copy = tmp_path / "content"
        shutil.copytree(CONTENT, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
        if file:
            text = (copy / file).read_text("utf-8")
            assert was in text, f"{file} has no {was!r} to change"
            (copy / file).write_text(text.replace(was, now, 1), "utf-8")
        return copy

    return written


def faults_of(folder: Path) -> tuple[ContentFault, ...]:
    with pytest.raises(ContentFaults) as found:
        load(folder)
    return found.value.faults


def line_of(path: Path, text: str) -> int:
    before, _, _ = path.read_text("utf-8").partition(text)
    return before.count("\n") + 1 + (text[:1] == "\n")


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.code)
def test_a_mistake_is_told_with_its_place_and_remedy(mistake: Mistake, folder: Folder) -> None:
    written = folder(mistake.file, mistake.was, mistake.now)
    line = line_of(written / mistake.file, mistake.at)
    entry = f", *{mistake.entry}*" if mistake.entry else ""
    expected = f"{mistake.file}, line {line}{entry}: {mistake.sentence}"
    told = {str(fault): fault.code for fault in faults_of(written)}
    assert expected in told
    assert mistake.code == told[expected]


def test_a_file_that_is_no_map_is_told(folder: Folder) -> None:
    written = folder()
    (written / "levels.yaml").write_text("- a list", "utf-8")
    expected = (
        "levels.yaml: this has to be a map of names to entries. Begin with a line such as `rules:`."
    )
    assert expected in {str(fault) for fault in faults_of(written)}


def test_a_section_that_is_nowhere_is_told(folder: Folder) -> None:
    written = folder()
    (written / "rules.yaml").unlink()
    expected = "content: no file has the section `rules`. Add it."
    assert expected in {str(fault) for fault in faults_of(written)}


def test_a_section_of_one_entry_that_stands_twice_is_told(folder: Folder) -> None:
    written = folder()
    again = "consent: {version: 2, holds_from: 2026-11-02, src: [EXPERT]}\n"
    (written / "zz.yaml").write_text(again, "utf-8")
    line = line_of(written / "levels.yaml", "\nconsent:")
    expected = (
        "zz.yaml, line 1: `consent` has one entry only, and it stands in "
        f"levels.yaml, line {line} already. Remove one."
    )
    assert [expected] == [str(fault) for fault in faults_of(written)]


def test_an_id_that_is_defined_twice_is_told_with_the_other_place(folder: Folder) -> None:
    written = folder()
    again = "sources:\n  - {id: SEED, title: Seed, mark: read, reviewed: 2026-11-01}\n"
    (written / "zz.yaml").write_text(again, "utf-8")
    line = line_of(written / "sources.yaml", "  - id: SEED")
    expected = (
        "zz.yaml, line 2, *SEED*: the source `SEED` is defined already, in "
        f"sources.yaml, line {line}, *SEED*. Give one of them another id."
    )
    assert [expected] == [str(fault) for fault in faults_of(written)]


def test_a_sentence_that_is_missing_is_told_with_who_needs_it(folder: Folder) -> None:
    written = folder("words/en.triage.yaml", 'screen.A1.ask: "How old are you?"', "")
    line = line_of(written / "questions.yaml", "  - id: A1\n")
    expected = (
        "words/en.yaml: the sentence `screen.A1.ask` is missing; "
        f"questions.yaml, line {line}, *A1* needs it. Write it."
    )
    assert [expected] == [str(fault) for fault in faults_of(written)]


def test_a_sentence_that_stands_in_two_files_is_told(folder: Folder) -> None:
    written = folder()
    (written / "words/en.zz.yaml").write_text('screen.A1.ask: "Your age?"\n', "utf-8")
    line = line_of(written / "words/en.triage.yaml", "screen.A1.ask")
    expected = (
        "words/en.zz.yaml, line 1: the sentence `screen.A1.ask` stands in "
        f"words/en.triage.yaml, line {line} already. Remove one."
    )
    assert [expected] == [str(fault) for fault in faults_of(written)]


def test_all_mistakes_are_told_at_once_in_the_order_of_files_and_lines(folder: Folder) -> None:
    written = folder("rules.yaml", RULE, RULE.replace("chest_pain", "chest_pian"))
    words = written / "words/en.triage.yaml"
    words.write_text(words.read_text("utf-8") + '\nrule.E99.why: "Nothing."\n', "utf-8")
    faults = faults_of(written)
    assert ["condition", "words_unused"] == [fault.code for fault in faults]
    assert sorted(fault.where.file for fault in faults) == [fault.where.file for fault in faults]


def test_an_entry_that_is_not_admitted_may_still_be_named_by_others(folder: Folder) -> None:
    written = folder("facts.yaml", "{id: chest_pain, type: bool,", "{id: chest_pain, type: boole,")
    assert ["chest_pain"] == [fault.where.entry for fault in faults_of(written)]


def test_every_code_is_provoked_by_a_test() -> None:
    by_hand = {
        "not_a_map", "section_missing", "section_twice", "id_twice", "words_missing",
        "words_twice", "case_wrong", "unproved", "solver_missing", "unreadable",
    }  # fmt: skip
    assert set(SENTENCES) == by_hand | {mistake.code for mistake in MISTAKES}


def test_yes_no_and_norway_stay_the_words_they_are(folder: Folder) -> None:
    written = folder("phones.yaml", '"NO": "113"', 'NO: "113"')
    catalogue = load(written)
    assert "113" == catalogue.phones.emergency["NO"]
    assert ("no", "yes", "maybe") == catalogue.facts["pregnant"].values

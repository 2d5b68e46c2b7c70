"""The content broken on purpose, one thing at a time: each break has to be caught by a proof.

`python -m tests.mutations` prints what catches each; it fails when something is caught by nothing,
or not by the proof that is there for it.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.prove import prove
from bot.triage_cases import cases_in, judge_case
from content.catalogue import Catalogue
from content.load import CONTENT, load


@dataclass(frozen=True)
class Mutation:
    """In a file, `was` becomes `now`; `caught` names the proof that fails then."""

    what: str
    file: str
    was: str
    now: str
    caught: str


MUTATIONS = (
    Mutation(
        "a rule is lost: the cold leg", "rules.yaml",
        "    cond: cold_leg\n", "    cond: cold_leg and very_unwell\n", "promises",
    ),
    Mutation(
        "a comparison is flipped: a new accident", "rules.yaml",
        "trauma == 'major' and trauma_days <= 7", "trauma == 'major' and trauma_days >= 7",
        "promises",
    ),
    Mutation(
        "a threshold is moved by one: severe days", "rules.yaml",
        "cond: 'severe_days >= 3'", "cond: 'severe_days > 3'", "promises",
    ),
    Mutation(
        "a value is forgotten: weakness of both legs", "rules.yaml",
        "leg_weakness in ['worsening','both_legs']", "leg_weakness == 'worsening'", "promises",
    ),
    Mutation(
        "a fact is forgotten: fever with weak defence", "rules.yaml",
        "cond: fever and INF_STRONG", "cond: fever and immunosuppressed", "promises",
    ),
    Mutation(
        "the young may stretch", "rules.yaml",
        "cond: age < 18\n    stretch: blocked", "cond: age < 18\n    stretch: gentle", "promises",
    ),
    Mutation(
        "an examination clears a fever", "rules.yaml",
        "    cond: fever\n    stretch: blocked\n",
        "    cond: fever\n    stretch: blocked\n    cleared_suppresses: true\n", "promises",
    ),
    Mutation(
        '"not sure" of the bladder counts as no', "facts.yaml",
        "default: none, unsure_as: unsure,", "default: none, unsure_as: none,", "promises",
    ),
    Mutation(
        "somebody to be seen today may stretch", "rules.yaml",
        "    cond: colicky_pain\n    stretch: blocked",
        "    cond: colicky_pain\n    stretch: gentle", "grave",
    ),
    Mutation(
        "an order toward danger is wrong: belly pain", "facts.yaml",
        "toward_danger: [none, mild, moderate, severe]",
        "toward_danger: [none, moderate, mild, severe]", "graver",
    ),
    Mutation(
        "an order toward danger is wrong: both legs", "facts.yaml",
        "toward_danger: [none, walking_only, longstanding, new]",
        "toward_danger: [none, longstanding, walking_only, new]", "graver",
    ),
    Mutation(
        "a rule steps back for something graver", "rules.yaml",
        "cond: colicky_pain\n", "cond: colicky_pain and not flank_pain\n", "graver",
    ),
    Mutation(
        "what an exemption leans on is weakened", "rules.yaml",
        "duration_days <= 42 and (age >= 50", "duration_days <= 14 and (age >= 50", "graver",
    ),
    Mutation(
        "an exemption is lost", "promises.yaml",
        "    when: bladder_change == 'cough_leak_only'", "    when: bladder_change == 'hesitancy'",
        "graver",
    ),
    Mutation(
        "an exemption is wider than needed", "promises.yaml",
        "    facts: [urinary_burning]", "    facts: [urinary_burning, fever]", "exempt",
    ),
    Mutation(
        '"not sure" of pregnancy is read one way only', "facts.yaml",
        "both_readings: true, toward_danger: ['no', maybe, 'yes']",
        "toward_danger: ['no', maybe, 'yes']", "unsure",
    ),
    Mutation(
        '"not sure" of what pain stops counts as nothing', "facts.yaml",
        "default: some, unsure_as: some,", "default: some, unsure_as: none,", "unsure",
    ),
    Mutation(
        "a rule can never fire", "rules.yaml", "cond: age < 5", "cond: age < 0", "rules",
    ),
    Mutation(
        "a rule never decides", "rules.yaml",
        "cond: age < 5", "cond: age < 5 and self_harm", "rules",
    ),
    Mutation(
        "a reason to keep a rule is untrue", "rules.yaml",
        "    cond: age < 5\n", "    cond: age < 5\n    kept: nobody knows\n", "rules",
    ),
    Mutation(
        "a bar is lost: the side plank with a hernia", "conditions.yaml",
        "    cond: hernia\n    never: [curl_up, side_plank_knees]\n",
        "    cond: hernia\n    never: [curl_up]\n", "matrix",
    ),
    Mutation(
        "a stand-in is barred itself", "conditions.yaml",
        "{seated_forward_fold: seated_arch, childs_pose: single_knee_to_chest}",
        "{seated_forward_fold: seated_arch, childs_pose: seated_forward_fold}", "matrix",
    ),
    Mutation(
        "the wrong program takes over", "conditions.yaml",
        "  instead: chair\n", "  instead: hip_focus\n", "remains",
    ),
    Mutation(
        "a question is asked of nobody", "questions.yaml",
        "    when: duration_days >= 90 and onset_age < 45\n",
        "    when: duration_days >= 90 and onset_age < 0\n", "questions",
    ),
    Mutation(
        "a question has no answer for some", "questions.yaml",
        "      - id: A2\n        kind: choice\n",
        "      - id: A2\n        kind: choice\n        when: age >= 18\n", "answers",
    ),
    Mutation(
        "a question leads back to itself", "questions.yaml",
        "          - {id: new, set: {bilateral_leg: new}}\n",
        "          - {id: new, set: {bilateral_leg: new}, opens: [Q3]}\n", "paths",
    ),
)  # fmt: skip


def mutated(mutation: Mutation, folder: Path) -> Catalogue:
    """Break a copy of the content in one place."""
    copy = folder / "content"
    shutil.copytree(CONTENT, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    path = copy / mutation.file
    text = path.read_text("utf-8")
    if text.count(mutation.was) != 1:
        raise ValueError(f"{mutation.what}: its place is there {text.count(mutation.was)} times")
    path.write_text(text.replace(mutation.was, mutation.now), "utf-8")
    return load(copy)


def catching(mutation: Mutation) -> tuple[list[str], int]:
    """Name all proofs that fail, and count the cases that get another advice than they should."""
    with TemporaryDirectory() as folder:
        catalogue = mutated(mutation, Path(folder))
        failed = [each.name for each in prove(catalogue).properties if not each.held]
        return failed, sum(1 for _ in missed(catalogue))


def missed(catalogue: Catalogue) -> Iterator[str]:
    for path in sorted((CONTENT / "cases").glob("*.yaml")):
        for case in cases_in(path):
            result = judge_case(case, catalogue)
            if result.ok is False:
                yield result.id


def main() -> int:
    good = True
    for mutation in MUTATIONS:
        failed, cases = catching(mutation)
        caught = mutation.caught in failed
        good = good and caught
        by = ", ".join([*failed, *([f"{cases} cases"] if cases else [])]) or "nothing"
        sys.stdout.write(f"{'caught' if caught else 'MISSED'}  {mutation.what}: {by}\n")
        sys.stdout.flush()
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())

"""How well danger in free text is heard: `python -m tests.danger.report`.

With `tuning` as an argument the misses of that half are listed; those of the other half never are.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable

from content.load import load
from tests.danger.labelled import Answer, answers


def rates(told: Iterable[Answer], key: Callable[[Answer], str]) -> dict[str, tuple[int, int]]:
    """Count the right answers and all of them, by whatever the key tells."""
    counts: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for answer in told:
        right, every = counts[key(answer)]
        counts[key(answer)] = (right + answer.is_right, every + 1)
    return dict(counts)


def _round_and_half(answer: Answer) -> str:
    sentence = answer.sentence
    kind = "danger" if sentence.is_danger else "harmless"
    return f"{sentence.round} {sentence.half} {kind}"


def lines(told: tuple[Answer, ...]) -> list[str]:
    tables = (
        ("round and half", _round_and_half),
        ("language", lambda answer: answer.sentence.lang),
        ("danger", lambda answer: "danger" if answer.sentence.is_danger else "harmless"),
        ("concept", lambda answer: answer.sentence.concept),
    )
    text = []
    for name, key in tables:
        text.append(f"by {name}")
        for each, (right, every) in sorted(rates(told, key).items()):
            text.append(f"  {each:28} {right:4} of {every:4}  {100 * right / every:5.1f} %")
    return text


def main(arguments: list[str]) -> None:
    told = answers(load())
    sys.stdout.write("\n".join(lines(told)) + "\n")
    if "tuning" in arguments:
        for answer in told:
            if answer.sentence.half == "tuning" and not answer.is_right:
                wanted = "/".join(sorted(answer.sentence.actions))
                sys.stdout.write(
                    f"{answer.sentence.lang} {wanted} but {answer.action} ({answer.concept}): "
                    f"{answer.sentence.text}\n"
                )


if __name__ == "__main__":
    main(sys.argv[1:])

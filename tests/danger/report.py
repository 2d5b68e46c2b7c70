"""How well danger in free text is heard: `python -m tests.danger.report`.

With `tuning` as an argument the misses of that half are listed; those of the other half never are.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable

from bot.phrases import scene_of
from content.catalogue import Catalogue
from content.load import load
from flows.reminder import find_zones
from flows.text.danger import heard
from tests.danger.labelled import Answer, answers, first_runs, sentences


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


def grid(told: tuple[Answer, ...]) -> list[str]:
    """Tell each concept in each language: how many of how many are right."""
    every = rates(told, lambda answer: f"{answer.sentence.concept} {answer.sentence.lang}")
    languages = sorted({answer.sentence.lang for answer in told})
    concepts = sorted({answer.sentence.concept for answer in told})
    rows = [f"{'by concept and language':28}" + "".join(f"{each:>10}" for each in languages)]
    for concept in concepts:
        counts = (every.get(f"{concept} {each}", (0, 0)) for each in languages)
        cells = (f"{right}/{of}" if of else "-" for right, of in counts)
        rows.append(f"  {concept:26}" + "".join(f"{each:>10}" for each in cells))
    return rows


def pace(catalogue: Catalogue) -> list[str]:
    """Tell the CPU that texts take, all words being ready."""
    answers(catalogue)
    here = scene_of(catalogue, "en")
    longest = "a b no not " * 372  # as long as Telegram lets a message be
    texts = len(sentences())
    return [
        f"{_cpu_ms(lambda: answers(catalogue)) / texts:.2f} ms of CPU a text ({texts} texts)",
        f"{_cpu_ms(lambda: heard(longest, here, live=True)):.0f} ms for one of 4,092 characters",
        f"{_cpu_ms(lambda: find_zones('Brelin', here)):.0f} ms for a city, misspelt",
    ]


def _cpu_ms(work: Callable[[], object]) -> float:
    """Give the least of three: what disturbs only ever adds."""
    rounds = []
    for _ in range(3):
        began = time.process_time()
        work()
        rounds.append(1000 * (time.process_time() - began))
    return min(rounds)


def main(arguments: list[str]) -> None:
    catalogue = load()
    told = answers(catalogue)
    first = [f"  {name:14} {figures}" for name, figures in first_runs().items()]
    text = [
        *lines(told),
        *grid(told),
        "first runs, before anything was learnt from a round",
        *first,
    ]
    sys.stdout.write("\n".join([*text, *pace(catalogue)]) + "\n")
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

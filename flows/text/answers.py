"""Yes, no, not sure, and whole numbers, as people type them.

A text that holds more than an answer is none: "no, but my leg is numb" is not a no.  What stands
between two answers counts as the graver one.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import product
from typing import Literal

from flows.base import Scene
from flows.text.lexicon import Lexicon, lexicons, pictures, signs
from flows.text.normal import bare, normalise, spellings

YesNo = Literal["yes", "no", "unsure"]
Graver = Literal["up", "down"]

_LONGEST = 200  # characters; what is longer tells a story and is no answer
_BELOW = {60: 20, 80: 20, 100: 100}  # soixante-dix, quatre-vingt-dix; tens else join with units


@dataclass(frozen=True)
class OutOfRange:
    """A number was meant, and it lies outside what can be."""

    value: int
    low: int
    high: int


def yes_no(text: str, scene: Scene, *, harmless: Literal["yes", "no"] = "no") -> YesNo | None:
    """Read a yes-no answer; a hedged one on the `harmless` side is only "unsure"."""
    spoken = normalise(text, pictures(scene))
    for meaning in ("yes", "no"):
        if spoken and set(spoken.split()) <= signs(scene, meaning):
            return "yes" if meaning == "yes" else "no"
    if spoken == "?":
        return "unsure"
    said = bare(spoken)
    if not said or len(said) > _LONGEST:
        return None
    for lexicon, each in product(lexicons(scene), spellings(said)):
        if answer := _yes_no(each, lexicon, harmless):
            return answer
    return None


def is_none(text: str, scene: Scene) -> bool:
    """Whether a text says "none of these"."""
    said = bare(normalise(text))
    return any(said in lexicon.none for lexicon in lexicons(scene))


def whole_number(
    text: str, low: int, high: int, scene: Scene, *, graver: Graver = "up"
) -> int | OutOfRange | None:
    """Read one number; of two, or of a fraction, the graver whole one."""
    spoken = normalise(text)
    if len(spoken) > _LONGEST:
        return None
    for lexicon, each in product(lexicons(scene), spellings(spoken)):
        found = _numbers(each, lexicon, high)
        if found:
            value = _whole(found, graver)
            return value if low <= value <= high else OutOfRange(value, low, high)
    return None


def numbers_list(text: str, scene: Scene) -> tuple[int, ...] | None:
    """Read the numbers of several options: "1 3", "1,3 and 4"."""
    spoken = re.sub(r"(?<=\d)(?:[,;&+/](?=\s*\d)|\.(?=\s|$))", " ", normalise(text))
    for lexicon, each in product(lexicons(scene), spellings(spoken)):
        found = _numbers(each, lexicon, high=0)
        if found and all(number == int(number) for number in found):
            return tuple(dict.fromkeys(int(number) for number in found))
    return None


def digits_for(spoken: str, pattern: re.Pattern[str], lexicon: Lexicon) -> str:
    """Put digits in place of number words, marked `w` so that "thirty five" can be joined."""
    spoken = re.sub(r"(?<=[^\W\d_])-(?=[^\W\d_])", " ", spoken)  # dix-sept, twenty-five
    if lexicon.unit_and_ten is not None:
        spoken = lexicon.unit_and_ten.sub(
            lambda m: f"w{lexicon.numbers[m[1]] + lexicon.numbers[m[2]]:g}", spoken
        )
    spoken = pattern.sub(lambda m: f"w{lexicon.amounts[m[0]]:g}", spoken)
    return re.sub(r"\bw(100|[2-9]0) +w(\d\d?)\b", _joined, spoken)


def _joined(match: re.Match[str]) -> str:
    ten, unit = int(match[1]), int(match[2])
    return f"w{ten + unit}" if 0 < unit < _BELOW.get(ten, 10) else match[0]


def _yes_no(said: str, lexicon: Lexicon, harmless: str) -> YesNo | None:
    if said in lexicon.unsure:
        return "unsure"
    if said in lexicon.hedged_yes:
        return "unsure" if harmless == "yes" else "yes"
    if said in lexicon.hedged_no:
        return "unsure" if harmless == "no" else "no"
    if said in lexicon.yes:
        return "yes"
    if said in lexicon.no:
        return "no"
    return _begun(said, lexicon, harmless)


def _begun(said: str, lexicon: Lexicon, harmless: str) -> YesNo | None:
    """Read "yes I do", "no thank you": the answer first, then nothing that says more.

    The grave answer may be explained, the harmless one may not.
    """
    first, _, rest = said.partition(" ")
    if first in lexicon.yes:
        grave, answer, other = harmless == "no", "yes", lexicon.no
    elif first in lexicon.no:
        grave, answer, other = harmless == "yes", "no", lexicon.yes
    else:
        return None
    if not grave and _is_hedge(rest, lexicon):
        return "unsure"
    if _beside(rest, lexicon) or rest in (lexicon.yes if answer == "yes" else lexicon.no):
        return "yes" if answer == "yes" else "no"
    if grave and not other.intersection(rest.split()):
        return "yes" if answer == "yes" else "no"
    return None


def _is_hedge(rest: str, lexicon: Lexicon) -> bool:
    """Whether what follows an answer takes half of it back: "yes maybe", "no, I think"."""
    hedges = lexicon.unsure | lexicon.hedged_yes | lexicon.hedged_no
    return not hedges.isdisjoint((rest, f"{rest} so", *rest.split()))


def _beside(rest: str, lexicon: Lexicon) -> bool:
    """Whether only fillers, or one more phrase of the same kind, stand beside an answer."""
    return all(word in lexicon.fillers for word in rest.split())


def _numbers(spoken: str, lexicon: Lexicon, high: int) -> list[float]:
    """All numbers of a text that says nothing else; none when it does."""
    text = digits_for(spoken, lexicon.number, lexicon)
    text = re.sub(r"(?<=\d)(?:\s*(?:/|\b(?:" + _alternatives(lexicon.tongue.out_of) + r")\b)\s*)w?"
                  + rf"{high}\b", " ", text) if high else text  # fmt: skip
    text = re.sub(r"(\d+) 1/2", r"\1.5", text)
    if "/" in text:
        return []  # out of something else, or a date
    text = re.sub(r"(\d+) (?:" + _alternatives(lexicon.tongue.and_half) + r")\b", r"\1.5", text)
    text = re.sub(r"(?<=\d),(?=5\b)", ".", text)
    text = re.sub(r"(?<=\d)\s*-\s*(?=w?\d)", " ", text)
    tokens = re.findall(r"-?w?\d+(?:\.\d+)?|[^\W\d_]+", text)
    found: list[float] = []
    beside: list[str] = []
    for token in tokens:
        number = re.fullmatch(r"(-?)w?(\d+(?:\.\d+)?)", token)
        if number:
            found.append(float(number[1] + number[2]))
        elif token not in lexicon.ranges:
            beside.append(token)
    said = " ".join(beside)
    return found if said in lexicon.fillers or _beside(said, lexicon) else []


def _alternatives(entries: tuple[str, ...]) -> str:
    return "|".join(re.escape(bare(normalise(each))) for each in entries) or "(?!)"


def _whole(found: list[float], graver: Graver) -> int:
    return math.ceil(max(found)) if graver == "up" else math.floor(min(found))

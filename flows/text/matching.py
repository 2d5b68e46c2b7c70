"""Which of the answers on offer a text means: by number, label, whole sentence, or nearly so.

Only one may be meant.  An answer that says no or "none of these" is never guessed from a slip.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from rapidfuzz.distance import DamerauLevenshtein

from content.schema import Words
from flows.base import Choice, Said, Scene
from flows.text.answers import is_none, yes_no
from flows.text.lexicon import Lexicon, lexicons
from flows.text.listed import listed
from flows.text.normal import bare, normalise

_NUMBER = re.compile(r"^(?:number|option|nr|no|n)?\.? ?(\d{1,3})\.?$")
_LONGEST = 300  # characters: no option is longer
_PREFIX = 4  # letters that may stand for the whole
_ONE_SLIP, _TWO_SLIPS = 5, 9  # letters from which on so many slips are forgiven


def matches(choices: Sequence[Choice], text: str, scene: Scene) -> Choice | None:
    """Find the one choice a text means, or None."""
    said = bare(normalise(text))
    if not said or len(said) > _LONGEST:
        return None
    offered = [(each, _forms(each, scene)) for each in choices]
    for way in (_by_number, _by_name, _by_meaning, _by_beginning, _by_slip):
        found = way(offered, said, scene)
        if len(found) == 1:
            return found[0]
        if found:
            return None
    return None


Offered = list[tuple[Choice, frozenset[str]]]


def _by_number(offered: Offered, said: str, scene: Scene) -> list[Choice]:
    del scene
    match = _NUMBER.match(said)
    if match is None:
        return []
    return [each for each, _ in offered if each.number == int(match[1])]


def _by_name(offered: Offered, said: str, scene: Scene) -> list[Choice]:
    del scene
    return [each for each, forms in offered if said in forms]


def _by_meaning(offered: Offered, said: str, scene: Scene) -> list[Choice]:
    """Read another yes, no, "none" or "dunno" than the one on the button.

    Only said plainly: which side may be hedged and explained, the open question alone knows.
    """
    answer = yes_no(said, scene)
    if answer != yes_no(said, scene, harmless="yes"):
        answer = None
    if is_none(said, scene):
        found = _whose(offered, lambda lexicon, label: label in lexicon.none, scene)
        if found:
            return found
    match answer:
        case "yes":
            return _whose(offered, lambda lexicon, label: label in lexicon.yes, scene)
        case "no":
            return _whose(offered, lambda lexicon, label: label in lexicon.no, scene)
        case "unsure":
            return _whose(offered, lambda lexicon, label: label in lexicon.unsure, scene)
        case None:
            return []


def _by_beginning(offered: Offered, said: str, scene: Scene) -> list[Choice]:
    if len(said) < _PREFIX or said.split(" ", 1)[0] in _of_all(scene, lambda lexicon: lexicon.no):
        return []
    return [each for each, forms in offered if any(f.startswith(said) for f in forms)]


def _by_slip(offered: Offered, said: str, scene: Scene) -> list[Choice]:
    slips = 0 if len(said) < _ONE_SLIP else 1 if len(said) < _TWO_SLIPS else 2
    if not slips:
        return []
    lowering = _of_all(scene, lambda lexicon: lexicon.no | lexicon.none)
    return [
        each
        for each, forms in offered
        if not forms & lowering and any(_slips(said, form, slips) <= slips for form in forms)
    ]


def _slips(said: str, form: str, most: int) -> int:
    if len(form) < _ONE_SLIP or _digits(said) != _digits(form):  # 23:00 is no slip of 20:00
        return most + 1
    return int(DamerauLevenshtein.distance(said, form, score_cutoff=most))


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _whose(offered: Offered, is_so: Callable[[Lexicon, str], bool], scene: Scene) -> list[Choice]:
    return [
        each
        for each, forms in offered
        if any(is_so(lexicon, form) for lexicon in lexicons(scene) for form in forms)
    ]


def _of_all(scene: Scene, part: Callable[[Lexicon], Iterable[str]]) -> frozenset[str]:
    return frozenset().union(*(part(lexicon) for lexicon in lexicons(scene)))


def _forms(offered: Choice, scene: Scene) -> frozenset[str]:
    """Everything that names a choice: its label, with and without its number, and its words."""
    told = [bare(normalise(each)) for each in _said_for(offered, scene)]
    number = str(offered.number)
    if offered.number is not None:
        told = [each.removeprefix(number + " ") for each in told]
        told += [f"{number} {each}" for each in told]
    return frozenset(told) - {""}


def _said_for(offered: Choice, scene: Scene) -> Iterator[str]:
    """Say it for whoever reads, and for a helper as it stands there too."""
    for each in (offered.label, *offered.words):
        yield spoken(each, scene)
        yield from listed(each.key, scene)
        if scene.settings.helper:
            yield spoken(each.model_copy(update={"key": f"helper.{each.key}"}), scene)


def spoken(sentence: Said, scene: Scene) -> str:
    """Say a label as it stands on its button, near enough to compare."""
    every = scene.content.words
    own: Words = every.get(scene.language, {})
    entry = own.get(sentence.key) or every.get("en", {}).get(sentence.key, "")
    if isinstance(entry, tuple):
        entry = " ".join(entry)
    if isinstance(entry, dict):
        entry = entry["one"] if sentence.args.get("n") == 1 and "one" in entry else entry["other"]
    gaps = {n: spoken(v, scene) if isinstance(v, Said) else v for n, v in sentence.args.items()}
    try:
        return entry.format(**gaps)
    except (KeyError, IndexError):
        return entry

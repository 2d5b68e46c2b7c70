"""Typed text in the one form in which it is compared; nothing here knows what it means."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ´`′", "'"))  # noqa: RUF001 - the marks themselves
_ELISION = re.compile(r"\b(qu|jusqu|lorsqu|puisqu|[cdjlmnst])'(?=\w)")
_REPEATED = re.compile(r"([^\W\d_])\1{2,}")
_DOUBLED = re.compile(r"([^\W\d_])\1+")
_HALVES = {"½": " 1/2", "¼": " 1/4", "¾": " 3/4"}  # before NFKC glues them to the number before
_WORD = re.compile(r"\d+|[^\W\d_]+|[.!?;,]")
_FOLDS = (("ae", "a"), ("oe", "o"), ("ue", "u"))


def normalise(text: str, keep: frozenset[str] = frozenset()) -> str:
    """Lower case without accents, apostrophes or long repeats; of pictures only those to keep."""
    text = _plainly(text, keep)
    text = _ELISION.sub(r"\1 ", text).replace("'", "")
    return " ".join(_REPEATED.sub(r"\1", text).replace("\u2044", "/").split())


def _plainly(text: str, keep: frozenset[str]) -> str:
    if text.isascii():  # nothing to take apart, and but one mark that is a picture
        return text.lower().translate(_APOSTROPHES).replace("^", _plain("^", keep))
    for fraction, spelt in _HALVES.items():
        text = text.replace(fraction, spelt)
    text = unicodedata.normalize("NFKC", text).casefold().translate(_APOSTROPHES)
    return "".join(_plain(mark, keep) for mark in unicodedata.normalize("NFD", text))


@lru_cache(maxsize=1024)
def _plain(mark: str, keep: frozenset[str]) -> str:
    kind = unicodedata.category(mark)
    if kind == "Mn":  # an accent, or the invisible half of a picture
        return ""
    if kind in {"So", "Sk", "Cf", "Co", "Cs"} and mark != "`":
        return f" {mark} " if mark in keep else " "
    return "-" if kind == "Pd" else mark


def words_of(text: str) -> list[str]:
    """Split a normalised text into words, each end of a clause a word of its own."""
    return _WORD.findall(text)


def bare(text: str) -> str:
    """Take the punctuation off a normalised text: words and numbers, one space between."""
    return " ".join(re.findall(r"[^\W_]+", text))


def squeezed(text: str) -> str:
    """Every repeated letter once: people hold a key down, and double letters at random."""
    return _DOUBLED.sub(r"\1", text)


def folded(text: str) -> str:
    """German umlauts written out, taken back: fuenf is funf."""
    for spelt, plain in _FOLDS:
        text = text.replace(spelt, plain)
    return text


def spellings(text: str) -> tuple[str, ...]:
    """Give a normalised text as it stands, and as it may have been meant."""
    other = folded(text)
    return (text,) if other == text else (text, other)

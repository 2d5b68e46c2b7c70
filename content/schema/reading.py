"""reading.yaml: how typed answers are read."""

from __future__ import annotations

from typing import Literal

from content.schema.entry import Entry

Typed = tuple[str, ...]  # words and phrases, as people write them


class Tongue(Entry):
    """The words of one language by which answers are read.

    Amounts of time are days, times of day HH:MM.  `fillers` may stand beside an answer and change
    nothing; whatever is neither answer nor filler makes a text no answer.  A `denials` word denies
    the noun that follows, a `negations` word anything behind it up to one of the `turns`; `single`
    are words that stop a session only when they are the whole message.
    """

    countries: tuple[str, ...]  # where it is spoken, likeliest first
    yes: Typed
    hedged_yes: Typed
    no: Typed
    hedged_no: Typed
    unsure: Typed
    none: Typed
    fillers: Typed
    numbers: dict[str, int]
    unit_and_ten: str = ""  # what joins them in one word: fünf-und-dreißig
    amounts: dict[str, float]
    half: Typed
    and_half: Typed
    out_of: Typed
    ranges: Typed
    units: dict[str, float]
    spans: dict[str, int]
    span_fillers: Typed
    weekdays: dict[str, int]
    months: dict[str, int]
    hours: dict[str, str]
    clock: Typed
    am: Typed
    pm: Typed
    half_past: Typed
    half_to: Typed
    quarter_past: Typed
    quarter_to: Typed
    plus_half: Typed
    plus_quarter: Typed
    minus_quarter: Typed
    halt: Typed
    cry: Typed
    symptom: Typed
    single: Typed
    always: Typed
    benign: Typed
    negations: Typed
    denials: Typed
    turns: Typed
    asking: Typed


class TypedWords(Entry):
    """reading.yaml, key `reading`: a block for each language, and pictures that mean a word."""

    signs: dict[Literal["stop", "yes", "no"], Typed]
    languages: dict[str, Tongue]

    def __hash__(self) -> int:
        """One object for each release: what is made of it is made once."""
        return id(self)

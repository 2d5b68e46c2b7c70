"""danger/*.yaml: what free text reports."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, PositiveInt

from content.schema.entry import Entry, Id, Value

# Words side by side; `(a|b|)` one of these, or nothing; `*` any ending; `~` up to two words of any
# kind; `#` a number.
Phrases = tuple[str, ...]
Slot = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*$", max_length=40)]
DangerAction = Literal["CRISIS", "EMERGENCY_INTERRUPT", "STOP_EXERCISE", "URGENT_CHECK", "NONE"]


class Concept(Entry):
    """Something that people report in many words, and what follows from it.

    `any`: combinations of slots (danger_words), all of one near each other in any order; or
    `patterns`, regular expressions over normalised text.  `unless`: slots that, in the same
    sentence, take it back; `softer`: slots that make it a question.  `facts` are what it says;
    `past` what it still says when it is over; `number` is filled by the number in the phrase.
    An action of `NONE` tells facts of a story and interrupts nothing.
    """

    id: Id
    any: tuple[tuple[Slot, ...], ...] = ()
    patterns: Phrases = ()
    action: DangerAction
    live: DangerAction | None = None  # while a session runs, where that differs
    facts: dict[Id, Value] = Field(default_factory=dict)
    past: dict[Id, Value] = Field(default_factory=dict)
    number: Id | None = None
    ago: Id | None = None  # filled with how many days ago it was, where that is told
    recent_days: PositiveInt | None = None  # longer ago than that it is only a question
    unless: tuple[Slot, ...] = ()
    softer: tuple[Slot, ...] = ()
    window: PositiveInt | None = None
    whoever: bool = False  # True: it is the writer's own, whoever else is named ("tell my wife")
    asked: bool = True  # False: a question or a fear about it counts as much as the thing itself


class Reach(Entry):
    """danger/concepts.yaml, key `reach`: how far words reach over one another, in words."""

    window: PositiveInt  # between the slots of one concept
    sentence: PositiveInt  # what the end of a sentence counts as
    negation: PositiveInt
    doubled: PositiveInt
    after: PositiveInt  # a negation behind the thing it denies
    complaints: tuple[Slot, ...]  # slots of which a "do not feel" before them is a denial
    free: tuple[Slot, ...] = ()  # slots whose own negation may deny other words as well


class DangerWords(Entry):
    """danger/<language>.yaml: the words of one language; every text is read in all languages.

    `negations` deny what follows, up to a turn, a new subject, or the end of the clause, and share
    a list; `answers` are those of them that before a subject only answer; `after` deny what stands
    before them.  `past` ends a thing unless `renewed`, `over` in any case; `others` are other
    people, `selves` bring the talk back to the writer; `asking` makes it a question or a fear;
    `idioms` mean nothing; `ordinary` words are nobody's typing errors.  A language may have
    several files: `en.crisis` holds more words of `en`.
    """

    id: str
    spellings: dict[str, str] = Field(default_factory=dict)
    negations: Phrases = ()
    answers: Phrases = ()
    after: Phrases = ()
    doubled: Phrases = ()
    turns: Phrases = ()
    joins: Phrases = ()
    subjects: Phrases = ()
    prepositions: Phrases = ()
    past: Phrases = ()
    over: Phrases = ()
    renewed: Phrases = ()
    others: Phrases = ()
    selves: Phrases = ()
    asking: Phrases = ()
    idioms: Phrases = ()
    lasting: Phrases = ()  # words before how long something has lasted: since, for
    ago: Phrases = ()  # words round how long ago something was
    slots: dict[Slot, Phrases] = Field(default_factory=dict)
    ordinary: str = ""  # separated by spaces

    @property
    def tongue(self) -> str:
        """The language these are words of."""
        return self.id.partition(".")[0]

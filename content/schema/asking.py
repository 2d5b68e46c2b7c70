"""facts.yaml and questions.yaml: what can be known, and the screens that ask for it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from content.schema.entry import Cond, Entry, Id, Value


class Fact(Entry):
    """One thing that can be known of a user.

    `toward_danger` lists an enum's values from harmless to grave (also which of several ticked
    ones is kept); for a number or a yes it is `up` or `down` (a yes is `up` unless it says
    otherwise); a fact without a direction has none.  Words: `fact.<id>.told` for a yes, a number
    or a text, `fact.<id>.<value>.told` for an enum's values other than its default.
    """

    id: Id
    type: Literal["bool", "enum", "int", "text"]
    values: tuple[str, ...] = ()
    default: Value | None = None  # None: it must be asked
    same_as: Id | None = None  # the default is the value of another fact
    unsure_as: Value | None = None
    both_readings: bool = False  # unsure: judge with the default and with unsure_as, keep the worse
    toward_danger: tuple[str, ...] | Literal["up", "down"] | None = None
    low: int | None = None
    high: int | None = None
    ages: Literal["day", "week"] | None = None  # grows by one with each day or week since told
    lasting: bool = False  # true of the person (age, sex, place): never asked again
    stands: bool = False  # an illness, a medicine, an operation: unsaid later, it is still so
    clinical: bool = True  # False: kept by the program itself (sessions_done, days_since_session)
    note: str = ""


class Derived(Entry):
    """A name for a condition or a count, to be used in conditions."""

    id: Id
    cond: Cond


class Option(Entry):
    """One answer that can be tapped; its sentence is `option.<part>.<id>`, short: `...short`.

    Asked alone it is `...again`.  `opens` names screens to ask next when it is taken.  `set` is
    what it says, in the cautious reading as long as these are not answered; then their answer
    stands in its place.  An option left out by `when` says nothing of its facts.
    """

    id: Id
    set: dict[Id, Value] = Field(default_factory=dict)
    when: Cond | None = None
    opens: tuple[Id, ...] = ()


class Part(Entry):
    """A piece of a screen: one of several (choice), any of several (ticks), 0-10, or a number.

    A `grid` or `number` fills `fact` (and those in `also` with the same number); a number's
    options are ranges to tap, typing is exact; a choice with a `fact` may be typed as well.
    A screen of several parts heads each with `part.<id>.ask`.
    """

    id: Id
    kind: Literal["choice", "ticks", "grid", "number"]
    when: Cond | None = None
    fact: Id | None = None
    also: tuple[Id, ...] = ()
    options: tuple[Option, ...] = ()
    unit: Literal["years", "days", "weeks", "none"] = "none"


class Screen(Entry):
    """One message with one question: `screen.<id>.ask`, `.why`, `.again` (simpler, for not sure).

    One choice or number alone is answered by one tap.  Ticks, and several parts, are toggled
    until `Done`; "not sure" then asks each option alone.  `none`: offers "None of these", which
    answers all parts with the facts' defaults.
    """

    id: Id
    when: Cond | None = None
    parts: tuple[Part, ...] = Field(min_length=1)
    none: bool = False
    unsure: bool = True
    back: bool = True
    src: tuple[str, ...] = ()


class Route(Entry):
    """A list of screens asked in order: `full`, `fitness` (after advice), `short`, `stop`, ..."""

    id: Id
    screens: tuple[Id, ...]

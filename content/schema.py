"""What content may say: the shape of every file under `content/`, and nothing about how it is used.

Each class is one kind of entry.  Conditions stand here as the text their author wrote; `load`
parses them into the trees of `conditions`, so that a `Catalogue` holds trees only.
Sentences are not here: an entry's words stand in `words/<language>.yaml` under a key made from
its kind and id (`rule.E12.why`, `screen.Q1.ask`, `option.Q1.chest`, `exercise.cat_cow.cue`).
"""

from __future__ import annotations

from datetime import date
from enum import IntEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, PositiveInt

Id = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]*$", max_length=40)]
Cond = Annotated[str, Field(min_length=1)]
Value = bool | int | str

Stretch = Literal["allowed", "gentle", "blocked"]
STRETCHES: tuple[Stretch, ...] = ("allowed", "gentle", "blocked")  # from loose to strict


class Level(IntEnum):
    """Urgency, in order; the names are those of the clinical specification, section 3."""

    SELF_CARE = 0
    SELF_CARE_MODIFIED = 1
    SOON = 2
    URGENT = 3
    EMERGENCY = 4


class Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Reviewed(Entry):
    """Content that stands for a clinical claim: where it comes from, and whether it is signed."""

    src: tuple[str, ...] = Field(min_length=1)
    review: Literal["specified", "awaiting"] = "specified"  # awaiting: written here, not signed off


# ---- facts.yaml


class Fact(Entry):
    """One thing that can be known of a user.

    `toward_danger` lists an enum's values from harmless to grave (also which of several ticked
    ones is kept); for a number it is `up` or `down`; a fact without a direction has none.
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
    clinical: bool = True  # False: kept by the program itself (sessions_done, days_since_session)
    note: str = ""


class Derived(Entry):
    """A name for a condition or a count, to be used in conditions."""

    id: Id
    cond: Cond


# ---- questions.yaml


class Option(Entry):
    """One answer that can be tapped; its sentence is `option.<part>.<id>`, short: `...short`.

    `set` is what it says; `opens` names screens to ask next when it is taken; until these are
    answered what it says does not count, except that danger ticked is kept if the user leaves.
    """

    id: Id
    set: dict[Id, Value] = {}
    when: Cond | None = None
    opens: tuple[Id, ...] = ()


class Part(Entry):
    """A piece of a screen: one of several (choice), any of several (ticks), 0-10, or a number.

    A `grid` or `number` fills `fact`; a number's options are ranges to tap, typing is exact.
    """

    id: Id
    kind: Literal["choice", "ticks", "grid", "number"]
    when: Cond | None = None
    fact: Id | None = None
    options: tuple[Option, ...] = ()
    unit: Literal["years", "days", "weeks", "none"] = "none"


class Screen(Entry):
    """One message with one question: `screen.<id>.ask`, `.why`, `.again` (simpler, for not sure).

    `none`: offers "None of these", which answers all parts with the facts' defaults.
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


# ---- rules.yaml, levels.yaml


class Rule(Reviewed):
    """A red flag or a reason for care; its sentence is `rule.<id>.why`."""

    id: Id
    level: Literal["EMERGENCY", "URGENT", "SOON", "SELF_CARE_MODIFIED"]
    cond: Cond
    stretch: Stretch
    script: Literal["CRISIS"] | None = None
    cleared_suppresses: bool = False
    within_days: PositiveInt | None = None  # SOON: seen within so many days, where it is not 5
    say: tuple[Id, ...] = ()  # more sentences for the advice, e.g. cauda equina words for staff


class LevelText(Entry):
    """What is done with a level: its sentences are `level.<id>.…`; times in hours."""

    id: Literal["EMERGENCY", "URGENT", "SOON", "SELF_CARE_MODIFIED", "SELF_CARE", "CRISIS"]
    recheck_h: PositiveInt
    ask_seen_h: PositiveInt | None = None  # "Did you get seen?"
    src: tuple[str, ...] = Field(min_length=1)


class Extra(Entry):
    """A sentence added to an advice (`extra.<id>`) when its condition holds."""

    id: Id
    levels: tuple[str, ...]
    cond: Cond | None = None
    recheck_h: PositiveInt | None = None
    src: tuple[str, ...] = Field(min_length=1)


# ---- conditions.yaml: what is not done, and what instead


class Condition(Reviewed):
    """A row of contraindications: `never` (X), `caution` (C); `condition.<id>.note`.

    `never: all` bars every exercise; `per_exercise` rows are judged from the session log.
    """

    id: Id
    cond: Cond
    never: tuple[Id, ...] | Literal["all"]
    caution: tuple[Id, ...] = ()
    replace: dict[Id, Id] = {}
    per_exercise: bool = False
    hold_at_most_s: PositiveInt | None = None  # for strength items
    note: str = ""


class Resolution(Entry):
    """How clashing rows are settled (8.1): hops, the last resorts in order, the least that is a plan."""

    hops: PositiveInt
    fallback: tuple[Id, ...]
    least_items: PositiveInt
    instead: Id  # the program that takes over when fewer remain
    extension: tuple[Id, ...]  # what the extension check stands before
    gate: Id  # the row whose swaps "not sure" at that check applies
    head_down: tuple[Id, ...] = ()
    src: tuple[str, ...] = Field(min_length=1)


# ---- exercises.yaml, programs.yaml


class Pose(Entry):
    """Segment angles in degrees anticlockwise from +x; `_f` is the far limb."""

    name: str
    lumbar: float
    thorax: float
    head: float
    uarm: float
    farm: float
    thigh: float
    shank: float
    foot: float
    uarm_f: float | None = None
    farm_f: float | None = None
    thigh_f: float | None = None
    shank_f: float | None = None
    foot_f: float | None = None
    shank_scale: float = 1.0
    shank_f_scale: float | None = None
    knee_tip_deg: float | None = None
    turn_deg: float | None = None
    seat: bool = False
    contacts: tuple[str, ...]


class Exercise(Reviewed):
    """One stretch.  Words: `exercise.<id>.name`, `.cue`, `.steps` (list), `.feel`, `.mistakes`,
    `.cautions` (lists), `.picture`; seconds, repeats and sets are the library's dosage."""

    id: Id
    family: Literal["extension", "flexion", "mobility", "hip", "strength", "rotation", "rest", "walk"]
    seed: bool
    position: str
    equipment: tuple[str, ...]
    sides: Literal["none", "both"]
    hold_s: PositiveInt
    reps: PositiveInt
    sets: PositiveInt
    rest_s: NonNegativeInt
    progression: Id | None = None
    regression: Id | None = None
    contraindicated_by: tuple[Id, ...] = ()
    caution_by: tuple[Id, ...] = ()
    poses: tuple[Pose, ...] = Field(min_length=1)
    seat: bool = False
    view: str = "side"


class Dose(Entry):
    """One item of a program: an exercise and how much of it."""

    ex: Id
    hold_s: PositiveInt
    reps: PositiveInt
    sets: PositiveInt
    rest_s: NonNegativeInt
    sides: Literal["none", "both"]


class Program(Entry):
    """A plan; `program.<id>.name`, `.for`, `.order`."""

    id: Id
    total_min: PositiveInt
    items: tuple[Dose, ...] = Field(min_length=1)
    keeps_order: bool = False
    gentle: bool = False  # may be done while stretch is `gentle`
    shorten_only: bool = False  # no own routine, no extra exercise, no progression
    hands_free: bool = True
    leg_question: bool = False  # 9.3 after each exercise


class Choice(Entry):
    """One line of the choice of program: the first whose condition holds decides."""

    program: Id
    cond: Cond
    reason: Id  # choice.<reason>
    progress: bool = True
    src: tuple[str, ...] = Field(min_length=1)


class Limit(Entry):
    """What a user may set for some exercises (10.4)."""

    exercises: tuple[Id, ...]
    hold_s: tuple[PositiveInt, PositiveInt]
    reps: tuple[PositiveInt, PositiveInt] | None = None
    sets: tuple[PositiveInt, PositiveInt] | None = None


class Timing(Entry):
    """The timing formula of 10.3 and the limits around it, in seconds."""

    quick_below_s: PositiveInt  # a hold shorter than this is a quick repeat
    move_quick_s: PositiveInt
    move_strength_s: PositiveInt
    move_other_s: PositiveInt
    change_s: PositiveInt  # to change sides
    lead_in_s: PositiveInt
    lead_in_range_s: tuple[NonNegativeInt, PositiveInt]
    plus_s: PositiveInt
    rest_at_least_s: PositiveInt
    first_session_dose: float  # share of the repeats, rounded up
    flare_dose: float
    first_session_without: tuple[Id, ...]
    short_min: tuple[PositiveInt, ...]
    short_fallback: tuple[Id, ...]
    read_s: PositiveInt


# ---- events.yaml: pain in a session (9.0 to 9.4)


class Cap(Entry):
    """What is possible at some strength of pain (9.0); the first that holds decides."""

    cond: Cond
    offer: Literal["over", "easier", "table"]


class Block(Entry):
    """Something left out for a while; `hours` None: until triage says otherwise."""

    what: Literal["exercise", "family", "all", "head_down"]
    hours: PositiveInt | None
    until: Literal["time", "triage", "asked"] = "time"


class SessionEvent(Reviewed):
    """A row of 9.2.  `ask` are screens; after them the first outcome whose condition holds."""

    id: Id
    ask: tuple[Id, ...] = ()
    blocks: tuple[Block, ...] = ()
    triage: tuple[Id, ...] = ()  # screens of the triage asked at once
    sets: dict[Id, Value] = {}
    outcomes: tuple[Outcome, ...] = Field(min_length=1)
    counts: bool = True  # towards two of three sessions stopped


class Outcome(Entry):
    """What may follow: `outcome.<id>` is its sentence."""

    cond: Cond
    then: Literal["over", "triage", "emergency", "go_on", "seated_only", "rest_pair", "half_range"]
    wait_s: NonNegativeInt = 0
    level: Literal["URGENT", "SOON"] | None = None
    say: Id
    sets: dict[Id, Value] = {}
    only: tuple[Id, ...] = ()
    drop: Literal["none", "exercise", "head_down"] = "none"
    hold_share: float = 1.0


SessionEvent.model_rebuild()


class StopRules(Entry):
    caps: tuple[Cap, ...]
    check: tuple[Id, ...]  # screens asked first (9.0)
    danger: tuple[Id, ...]  # screens that a yes or not sure opens
    what: Id  # the screen of 9.1
    rest_s: PositiveInt
    are_you_ok_s: PositiveInt
    give_up_s: PositiveInt
    unanswered: Id  # the event an unanswered stop counts as
    stops_at_most: PositiveInt
    check_in_h: PositiveInt
    src: tuple[str, ...] = Field(min_length=1)


class Freshness(Entry):
    """When a triage is too old (11); days and hours."""

    full_days: PositiveInt
    away_days: PositiveInt
    short_min: PositiveInt
    lock_h: PositiveInt
    src: tuple[str, ...] = Field(min_length=1)


class ReminderRules(Entry):
    """12.1."""

    at_most: PositiveInt
    suggestions: tuple[str, ...]  # local times HH:MM
    quiet_from: str
    quiet_until: str
    snooze_min: PositiveInt
    evening: str
    every_third_after: PositiveInt
    ask_after: PositiveInt
    late_at_most_min: PositiveInt
    no_reminder_after_stop_h: PositiveInt
    src: tuple[str, ...] = Field(min_length=1)


class Phones(Entry):
    checked: date
    emergency: dict[str, str]
    also_112: tuple[str, ...]
    verify_before_release: tuple[str, ...]
    advice_line: dict[str, str]
    crisis: dict[str, str]


class Place(Entry):
    """A country (or city) a user can name, and its zones."""

    country: str
    names: tuple[str, ...]
    zones: tuple[str, ...]


class Source(Entry):
    id: str
    title: str
    mark: Literal["read", "known", "judgement"]
    note: str = ""
    reviewed: date


class Case(Entry):
    """A vignette or a minimal case of a rule, in the form of the development cases."""

    id: str
    age: int | None = None
    sex: str | None = None
    facts: dict[str, Value] = {}
    narrative: str = ""
    expected: str
    acceptable: tuple[str, ...] = ()
    stretching: Stretch | None = None
    key_rules: tuple[str, ...] = ()
    rule: str | None = None
    reason: str = ""
    source: str = ""


# ---- words


Plural = dict[str, str]  # {one: …, other: …}
Words = dict[str, str | Plural | tuple[str, ...]]  # key -> sentence, plural, or list of sentences

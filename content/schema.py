"""What content may say: the shape of every file under `content/`, and nothing about how it is used.

Each class is one kind of entry.  Conditions stand here as the text their author wrote; `load`
parses each text once into a tree of `conditions`, which a `Catalogue` looks up by the text.
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


LevelName = Literal[
    "EMERGENCY", "URGENT", "SOON", "SELF_CARE_MODIFIED", "SELF_CARE", "CRISIS"
]  # CRISIS is what EMERGENCY says when the danger is to oneself


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
    clinical: bool = True  # False: kept by the program itself (sessions_done, days_since_session)
    note: str = ""


class Derived(Entry):
    """A name for a condition or a count, to be used in conditions."""

    id: Id
    cond: Cond


# ---- questions.yaml


class Option(Entry):
    """One answer that can be tapped; its sentence is `option.<part>.<id>`, short: `...short`.

    Asked alone it is `...again`.  `opens` names screens to ask next when it is taken.  `set` is
    what it says, in the cautious reading as long as these are not answered; then their answer
    stands in its place.  An option left out by `when` says nothing of its facts.
    """

    id: Id
    set: dict[Id, Value] = {}
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


# ---- rules.yaml, promises.yaml, levels.yaml


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
    kept: str = ""  # why it stands although others always decide with it


class Promise(Entry):
    """What holds whatever else is told: when `cond`, at least this level and this strictness.

    Stated apart from the rules, so that a rule lost or loosened is missed.  With `unsure` it is
    promised to whoever is not sure of one of these facts.
    """

    id: Id
    cond: Cond | None = None
    unsure: tuple[Id, ...] = ()
    level: Literal["EMERGENCY", "URGENT", "SOON", "SELF_CARE_MODIFIED", "SELF_CARE"]
    stretch: Stretch
    src: tuple[str, ...] = Field(min_length=1)


class Exempt(Reviewed):
    """Where one of these facts may grow graver and the advice milder, and how mild at the most.

    `when` is the narrowest condition, over the facts before the step; `was` and `becomes` name the
    values of the step, none: any.  What is `awaiting` review is told by every proof.
    """

    id: Id
    facts: tuple[Id, ...] = Field(min_length=1)
    was: tuple[Value, ...] = ()
    becomes: tuple[Value, ...] = ()
    when: Cond
    level: Literal["EMERGENCY", "URGENT", "SOON", "SELF_CARE_MODIFIED", "SELF_CARE"]
    stretch: Stretch
    reason: str = Field(min_length=20)


class LevelText(Entry):
    """What is done with a level: its sentences are `level.<id>.…`; times in hours."""

    id: LevelName
    within_days: PositiveInt | None = None  # be seen within so many days, unless a rule says other
    recheck_h: PositiveInt | None = None  # "How is it now?"
    ask_seen_h: PositiveInt | None = None  # "Did you get seen?"
    words: tuple[str, ...] = Field(min_length=1)  # what it needs: `level.<id>.<word>`
    src: tuple[str, ...] = Field(min_length=1)


class Extra(Entry):
    """A sentence (`extra.<id>`) added to an advice of these levels when its condition holds.

    No levels: never added by itself, only where a rule says so (`say`) or in another place.
    """

    id: Id
    levels: tuple[LevelName, ...] = ()
    cond: Cond | None = None
    recheck_h: PositiveInt | None = None  # sooner than the level says
    src: tuple[str, ...] = Field(min_length=1)


class Consent(Entry):
    """The text agreed to before anything is asked, `consent.text`; a new version is shown anew."""

    version: PositiveInt
    holds_from: date
    src: tuple[str, ...] = Field(min_length=1)


# ---- conditions.yaml (keys `conditions`, `resolution`): what is not done, and what instead


class Condition(Reviewed):
    """A row of contraindications: `never` (X), `caution` (C); told as `condition.<id>.note`.

    `never: all` bars every exercise.  A `per_exercise` row is judged from the session log, so
    its `cond` bars nothing by itself: what it leaves out is a block (events.yaml).
    """

    id: Id
    cond: Cond
    never: tuple[Id, ...] | Literal["all"]
    caution: tuple[Id, ...] = ()
    replace: dict[Id, Id] = {}
    per_exercise: bool = False
    leg_question: bool = False  # 9.3 after each exercise, whatever the program
    strength_hold_at_most_s: PositiveInt | None = None
    note: str = ""  # for those who write content; users read the words


class Resolution(Entry):
    """How clashing rows are settled (8.1): hops, last resorts in order, the least for a plan."""

    hops: PositiveInt
    fallback: tuple[Id, ...]
    least_items: PositiveInt
    instead: Id  # the program that takes over when fewer remain
    extension: tuple[Id, ...]  # what the extension check stands before
    check: Id  # its screen
    check_due: Cond  # it has not been passed, or a fall was told since
    check_unsure: Cond  # "not sure" was the answer: the row `gate` holds as well
    gate: Id
    head_down: tuple[Id, ...]
    src: tuple[str, ...] = Field(min_length=1)


# ---- exercises.yaml (key `exercises`)


class Pose(Entry):
    """Segment angles in degrees anticlockwise from +x; `_f` is the far limb."""

    name: Literal["start", "end", "end2"]
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
    shank_scale: float = 1.0  # a shin pointing at or away from the viewer is drawn shorter
    shank_f_scale: float | None = None
    uarm_scale: float = 1.0  # arms crossed on the chest, in the same way
    farm_scale: float = 1.0
    knee_tip_deg: float | None = None
    turn_deg: float | None = None
    seat: bool = False
    contacts: tuple[str, ...] = Field(min_length=1)


Family = Literal[
    "extension", "flexion", "mobility", "control", "rotation", "hip", "strength", "rest", "aerobic"
]
Position = Literal[
    "prone", "supine", "side_lying", "hands_knees", "half_kneeling", "seated", "standing"
]
Sides = Literal["none", "both"]
Joint = Literal[
    "hip", "waist", "shoulder", "head", "elbow", "elbow_f", "hand", "hand_f", "knee", "knee_f",
    "ankle", "ankle_f",
]  # fmt: skip
Region = Literal[
    "low_back", "mid_back", "belly", "side", "buttock", "buttock_f", "hip_front", "hip_front_f",
    "thigh_back", "thigh_back_f", "calf", "calf_f",
]  # fmt: skip


class Dose(Entry):
    """How much of an exercise: the whole hold-repeat block is done on each side."""

    ex: Id
    hold_s: PositiveInt
    reps: PositiveInt
    sets: PositiveInt
    rest_s: NonNegativeInt
    sides: Sides


class Exercise(Reviewed):
    """One stretch, and the library's dosage of it.

    Words: `exercise.<id>.name`, `.cue`, `.bell`, `.feel`, `.picture`, and the lists `.steps`,
    `.mistakes`, `.cautions`; equipment is `equipment.<id>`.
    """

    id: Id
    family: Family
    seed: bool
    position: Position
    equipment: tuple[Id, ...]
    sides: Sides
    hold_s: PositiveInt
    reps: PositiveInt
    sets: PositiveInt
    rest_s: NonNegativeInt
    progression: Id | None = None
    regression: Id | None = None
    contraindicated_by: tuple[Id, ...] = ()
    caution_by: tuple[Id, ...] = ()
    view: Literal["side", "front", "top", "foot_end"] = "side"
    felt: tuple[Region, ...] = ()  # where: what the drawing marks; `_f` is of the far limb
    moves: tuple[Joint, ...] = ()  # the joints whose way an arrow shows
    poses: tuple[Pose, ...] = Field(min_length=2)

    @property
    def dose(self) -> Dose:
        return Dose(
            ex=self.id, hold_s=self.hold_s, reps=self.reps,
            sets=self.sets, rest_s=self.rest_s, sides=self.sides,
        )  # fmt: skip


# ---- programs.yaml (keys `programs`, `choices`, `limits`, `timing`, `progress`)


class Program(Reviewed):
    """A plan; `program.<id>.name`, `.for`."""

    id: Id
    total_min: PositiveInt  # at the timing of the specification; what users see is computed
    items: tuple[Dose, ...] = Field(min_length=1)
    keeps_order: bool = False
    gentle: bool = False  # may be done while stretch is `gentle`
    shorten_only: bool = False  # no own routine, no extra exercise
    hands_free: bool = True
    leg_question: bool = False  # 9.3 after each exercise
    bouts_a_day: PositiveInt = 1
    days_a_week: PositiveInt = 7


class Choice(Entry):
    """One line of the choice of program: the first whose condition holds decides.

    `progress`: when the doses may grow; none: never.
    """

    program: Id
    cond: Cond | None = None
    reason: Id  # choice.<reason>
    progress: Cond | None = None
    src: tuple[str, ...] = Field(min_length=1)


class Limit(Entry):
    """Between what a user may set for some exercises (10.4)."""

    exercises: tuple[Id, ...] = Field(min_length=1)
    hold_s: tuple[PositiveInt, PositiveInt]
    reps: tuple[PositiveInt, PositiveInt] | None = None
    sets: tuple[PositiveInt, PositiveInt] | None = None
    src: tuple[str, ...] = Field(min_length=1)


class Timing(Entry):
    """The timing formula of 10.3 and the limits around it, in seconds."""

    quick_below_s: PositiveInt  # a hold shorter than this is a quick repeat
    move_quick_s: PositiveInt
    move_strength_s: PositiveInt
    move_other_s: PositiveInt
    change_s: PositiveInt  # to change sides
    get_ready_s: PositiveInt  # to read and get ready, the usual lead-in among it
    lead_in_s: PositiveInt
    lead_in_range_s: tuple[NonNegativeInt, PositiveInt]
    plus_s: PositiveInt
    speed: tuple[float, float]  # 2: holds half as long
    rest_at_least_s: PositiveInt
    first_session_dose: float  # share of the repeats, rounded up
    first_session_without: tuple[Id, ...]
    flare_dose: float  # share of the repeats, and of the hold where there is one repeat only
    half_dose: Cond  # when a session follows a flare
    first: Cond  # when a session is the first
    short_min: tuple[PositiveInt, ...]
    short_fallback: tuple[Id, ...]
    opens: Family  # where the order is free: what comes first, and what last
    closes: Family
    src: tuple[str, ...] = Field(min_length=1)


class ProgressRule(Entry):
    """A row of the six-week table, judged over the last sessions; the first that holds decides.

    Told as `progress.<id>`.
    """

    id: Id
    cond: Cond
    days_a_week: PositiveInt | None = None  # of strength, where `then` is about it
    then: Literal[
        "step_up", "stay", "step_back", "restart", "matched", "gentle_start",
        "offer_strength", "mix_strength", "maintain",
    ]  # fmt: skip


class Directions(Entry):
    """The test of 6.2: a direction fails when pain rose so much, so often, of so many sessions."""

    programs: tuple[Id, ...]
    rise: PositiveInt
    times: PositiveInt
    of: PositiveInt


class Progress(Entry):
    """How doses grow: by so much a step, up to the most."""

    sessions: PositiveInt  # how many of the last are looked at
    add_reps: PositiveInt
    add_hold_s: PositiveInt
    most_reps: PositiveInt
    most_hold_s: PositiveInt
    most_sets: PositiveInt
    walk_add_s: PositiveInt
    walk_every_days: PositiveInt
    walk_most_s: PositiveInt
    calm_at_most: NonNegativeInt  # the worst pain of a day that counts as calm
    average_days: PositiveInt  # "over 7 days": as many are compared with as many before
    down_points: PositiveInt
    down_percent: PositiveInt
    better_points: PositiveInt  # a smaller drop since the beginning is no better
    goal: Cond  # what is counted as the goal of the weeks
    strength: Id  # the program that is offered beside the matched one
    directions: Directions
    rules: tuple[ProgressRule, ...]
    src: tuple[str, ...] = Field(min_length=1)


# ---- events.yaml (keys `events`, `stop`): pain in a session (9.0 to 9.4)


class Cap(Entry):
    """What is possible at some strength of pain (9.0); the first that holds decides.

    `easier`: an easier move, a rest or the end, never the same move; `table`: as the event says.
    """

    cond: Cond | None = None
    offer: Literal["over", "easier", "table"]


class Block(Entry):
    """Something left out: for so many hours, until the rules say so, or until it is asked again."""

    what: Literal["exercise", "family", "all", "head_down"]
    until: Literal["time", "triage", "asked"] = "time"
    hours: PositiveInt | None = None  # with `time` only


class Told(Entry):
    """A sentence, `event.<say>`, and when it is the one to say."""

    say: Id
    cond: Cond | None = None


class Outcome(Entry):
    """What may follow: `outcome.<say>` is its sentence.

    `over` ends the session for today; `go_on` goes on after `wait_s`, as the cap allows;
    `emergency` is the emergency text at once; `treat_as` hands over to another event's row.
    """

    cond: Cond | None = None
    then: Literal["over", "go_on", "emergency", "treat_as"]
    say: Id
    wait_s: NonNegativeInt = 0
    level: Literal["URGENT", "SOON"] | None = None  # at least this, whatever the rules say
    treat_as: Id | None = None
    sets: dict[Id, Value] = {}  # clinical facts, for the rules
    triage: tuple[Id, ...] = ()  # further screens before the rules
    blocks: tuple[Block, ...] = ()  # besides the event's
    lifts: bool = False  # takes the event's blocks back: it was not the body
    only: tuple[Id, ...] = ()  # what is left of today's session
    position: Position | None = None  # only what is done so
    drop: Literal["none", "exercise", "head_down"] = "none"
    hold_share: float = 1.0  # of that exercise: today when going on, and once more next time
    range_half: bool = False


class SessionEvent(Reviewed):
    """A row of 9.2, in its order.

    Blocks, advice, `wait_s`, `ask`, `triage` and the rules, then the first outcome that holds.
    The rules' own advice comes first where it is graver.
    """

    id: Id
    advice: tuple[Told, ...] = ()  # the first that holds
    wait_s: NonNegativeInt = 0  # time to settle before what is asked can be answered
    ask: tuple[Id, ...] = ()
    triage: tuple[Id, ...] = ()
    triage_when: Cond | None = None
    blocks: tuple[Block, ...] = ()
    outcomes: tuple[Outcome, ...] = Field(min_length=1)
    grave: bool = False  # sharp, electric, leg, numb: a full check next, and counted by 9.4


class AfterRule(Entry):
    """A rule of 9.4 over what was told after a session; told as `after.<id>`."""

    id: Id
    cond: Cond
    level: Literal["SOON"] | None = None
    sets: dict[Id, Value] = {}
    pauses: bool = False  # no session before someone has seen the user


class StopRules(Entry):
    caps: tuple[Cap, ...]
    check: tuple[Id, ...]  # screens asked first (9.0)
    danger: Cond  # what they must say for the check below
    danger_check: tuple[Id, ...]
    what: Id  # the screen of 9.1
    leg: Id  # the screen of 9.3
    leg_event: Id  # what "further down" there counts as
    are_you_ok_s: PositiveInt
    give_up_s: PositiveInt
    unanswered: Id  # the event an unanswered stop counts as
    unanswered_check: tuple[Id, ...]  # what the next session opens with then
    rest_s: PositiveInt  # "Rest 1 min"
    removed_after: PositiveInt  # stops by one exercise before it is left out for good
    check_in_h: PositiveInt
    check_in: tuple[Id, ...]
    ask_again_after_h: PositiveInt  # pain, once more after a session
    hands_free_from_session: PositiveInt
    hands_free_after_stop_days: PositiveInt
    after: tuple[AfterRule, ...]
    src: tuple[str, ...] = Field(min_length=1)


# ---- times.yaml (keys `freshness`, `reminders`)


class Recheck(Entry):
    """Screens asked in front of the next short check, where the condition holds then.

    At most once for each session; `once`: never again after it was answered.  `after`: offered at
    the end of a session instead, and only then.
    """

    id: Id
    cond: Cond
    screens: tuple[Id, ...] = ()
    route: Id | None = None  # or all of a route
    once: bool = False
    every_days: PositiveInt | None = None
    after: bool = False
    say: tuple[Id, ...] = ()  # extras told when it was answered, each where its condition holds


class Remark(Entry):
    """A sentence, `remark.<id>`, above the plan."""

    id: Id
    cond: Cond


class Freshness(Entry):
    """When a check is too old (11)."""

    full_days: PositiveInt
    away_days: PositiveInt
    short_min: PositiveInt  # how long the short check made for a session stands
    lock_h: PositiveInt
    nudges: PositiveInt
    lone_danger_s: PositiveInt  # a ticked danger counts without Done after so long
    full_on_change: tuple[Id, ...]  # facts whose change makes the full check due
    after_mistake: tuple[Id, ...]  # screens asked once more when a mistake opened the way
    check_in: Id  # the route of the questions some days after an advice
    rechecks: tuple[Recheck, ...]
    remarks: tuple[Remark, ...]
    src: tuple[str, ...] = Field(min_length=1)


LocalTime = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class ReminderRules(Entry):
    """12.1, and product 1."""

    at_most: PositiveInt
    morning: LocalTime
    evening: LocalTime
    suggestions: tuple[LocalTime, ...]
    quiet_from: LocalTime
    quiet_until: LocalTime
    snooze_min: PositiveInt
    every_third_after: PositiveInt
    ask_after: PositiveInt
    late_at_most_min: PositiveInt
    none_after_stop_h: PositiveInt
    none_after_crisis_h: PositiveInt
    not_first_hour: Cond  # who should not stretch right after getting up
    src: tuple[str, ...] = Field(min_length=1)


Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]  # ISO 3166-1 alpha-2


class Phones(Entry):
    """phones.yaml, key `phones`: whom to call, by country."""

    checked: date
    emergency: dict[Country, str]
    also_112: tuple[Country, ...]
    verify_before_release: tuple[Country, ...]
    advice_line: dict[Country, str]
    crisis: dict[Country, str]
    src: tuple[str, ...] = Field(min_length=1)


class Place(Entry):
    """places.yaml, key `places`: a country, the names a user may type, and its zones.

    `zones`: zone id -> names of cities in it, the first for a button; the first zone is the one
    most people of the country live in.
    """

    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    names: tuple[str, ...] = Field(min_length=1)
    zones: dict[str, tuple[str, ...]] = Field(min_length=1)


class Source(Entry):
    id: str
    title: str
    mark: Literal["read", "known", "judgement"]
    note: str = ""
    reviewed: date


CaseLevel = Literal["EMERGENCY", "URGENT", "SOON", "SELF_CARE_MODIFIED", "SELF_CARE"]


class Case(Entry):
    """A vignette, or the minimal case of a rule (`rule`), in the form of `cases/*.yaml`."""

    model_config = ConfigDict(frozen=True, extra="ignore")  # sets from elsewhere may say more

    id: str = ""
    lang: str = "en"
    age: int | None = None
    sex: str | None = None
    facts: dict[str, Value] | None = None
    narrative: str = ""
    expected: CaseLevel | None = None
    acceptable: tuple[CaseLevel, ...] = ()
    stretching: Stretch | None = None
    key_rules: tuple[str, ...] = ()
    rule: str | None = None
    reason: str = ""
    source: str = ""


# ---- words


Plural = dict[str, str]  # {one: …, other: …}
Words = dict[str, str | Plural | tuple[str, ...]]  # key -> sentence, plural, or sentences


# ---- reading.yaml: how typed answers are read

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


# ---- danger/*.yaml: what free text reports

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
    facts: dict[Id, Value] = {}
    past: dict[Id, Value] = {}
    number: Id | None = None
    ago: Id | None = None  # filled with how many days ago it was, where that is told
    recent_days: PositiveInt | None = None  # longer ago than that it is only a question
    unless: tuple[Slot, ...] = ()
    softer: tuple[Slot, ...] = ()
    window: PositiveInt | None = None
    asked: bool = True  # False: a question or a fear about it counts as much as the thing itself


class Reach(Entry):
    """danger/concepts.yaml, key `reach`: how far words reach over one another, in words."""

    window: PositiveInt  # between the slots of one concept
    sentence: PositiveInt  # what the end of a sentence counts as
    negation: PositiveInt
    doubled: PositiveInt
    after: PositiveInt  # a negation behind the thing it denies
    complaints: tuple[Slot, ...]  # slots of which a "do not feel" before them is a denial


class DangerWords(Entry):
    """danger/<language>.yaml: the words of one language; every text is read in all languages.

    `negations` deny what follows, up to a turn, a new subject, or the end of the clause, and share
    a list; `answers` are those of them that before a subject only answer; `after` deny what stands
    before them.  `past` ends a thing unless `renewed`; `others` are other people, `selves` bring
    the talk back to the writer; `asking` makes it a question or a fear; `idioms` mean nothing;
    `ordinary` words are nobody's typing errors.
    """

    id: str
    spellings: dict[str, str]
    negations: Phrases
    answers: Phrases
    after: Phrases
    doubled: Phrases
    turns: Phrases
    joins: Phrases
    subjects: Phrases
    prepositions: Phrases
    past: Phrases
    renewed: Phrases
    others: Phrases
    selves: Phrases
    asking: Phrases
    idioms: Phrases
    lasting: Phrases  # words before how long something has lasted: since, for
    ago: Phrases  # words round how long ago something was
    slots: dict[Slot, Phrases]
    ordinary: str = ""  # separated by spaces

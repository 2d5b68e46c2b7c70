"""programs.yaml (`timing`, `progress`) and events.yaml: a session, its weeks, its pains."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, NonNegativeInt, PositiveInt

from content.schema.entry import Cond, Entry, Id, Reviewed, Value
from content.schema.moving import Family, Position


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
    short_when: Cond  # when even the whole is kept short
    short_most_min: PositiveInt
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


class Cap(Entry):
    """What is possible at some strength of pain (9.0); the first that holds decides.

    `easier`: an easier move, a rest or the end, never the same move; `table`: as the event says.
    """

    cond: Cond | None = None
    offer: Literal["over", "easier", "table"]


class Block(Entry):
    """Something left out: for so many hours, or until rules, a question or a clinician say so."""

    what: Literal["exercise", "family", "all", "head_down"]
    until: Literal["time", "triage", "asked", "clinician"] = "time"
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
    sets: dict[Id, Value] = Field(default_factory=dict)  # clinical facts, for the rules
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
    sets: dict[Id, Value] = Field(default_factory=dict)
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
    asked_again: tuple[Id, ...] = Field(min_length=1)  # about what is left out `until: asked`
    ask_again_after_h: PositiveInt  # pain, once more after a session
    hands_free_from_session: PositiveInt
    hands_free_after_stop_days: PositiveInt
    after: tuple[AfterRule, ...]
    src: tuple[str, ...] = Field(min_length=1)

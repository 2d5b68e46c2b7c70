"""conditions.yaml, exercises.yaml, programs.yaml: what is moved, and what is not."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, NonNegativeInt, PositiveInt

from content.schema.entry import Cond, Entry, Id, Reviewed


class Condition(Reviewed):
    """A row of contraindications: `never` (X), `caution` (C); told as `condition.<id>.note`.

    `never: all` bars every exercise.  A `per_exercise` row is judged from the session log, so
    its `cond` bars nothing by itself: what it leaves out is a block (events.yaml).
    """

    id: Id
    cond: Cond
    never: tuple[Id, ...] | Literal["all"]
    caution: tuple[Id, ...] = ()
    replace: dict[Id, Id] = Field(default_factory=dict)
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

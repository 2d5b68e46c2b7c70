"""Today's plan in a line with its reason, and the rows of buttons that begin it.

What a reminder was answered with decides which comes first: the whole plan, a short one, or going
on from where the last session was left.
"""

from __future__ import annotations

from flows.base import Choice, Row, Said, Scene, choice, said
from flows.offer.vocabulary import GoOnFrom, Prefer, Start
from flows.session import Session, plan

WHOLE = 0
PERCENT = 100


def headline(sequence: plan.Sequence, scene: Scene, *, brief: bool) -> tuple[Said, ...]:
    """Say what today's plan is; before each session also why, since it may be another each day."""
    lines = _planned(sequence, scene, brief=brief)
    return (*lines, said("offer.kept_short")) if sequence.kept_short else lines


def _planned(sequence: plan.Sequence, scene: Scene, *, brief: bool) -> tuple[Said, ...]:
    time = said("offer.minutes", n=plan.minutes(sequence))
    count = len(sequence.moves)
    if brief and _is_as_last_time(sequence, scene):
        return said("offer.same", n=count, time=time), said(f"choice.{sequence.reason}")
    line = said("offer.plan", program=_named(sequence.program, scene), n=count, time=time)
    return (line, said(f"choice.{sequence.reason}")) if brief else (line,)


def _named(program: str, scene: Scene) -> Said:
    """Name the plan as it begins a sentence, where the words have that; else as it is called."""
    at_first = f"today.{program}"
    return said(at_first if at_first in scene.content.words["en"] else f"program.{program}.name")


def starts(
    sequence: plan.Sequence, before: Session | None, prefer: Prefer, scene: Scene
) -> tuple[Row, ...]:
    """Offer all lengths, what was wished for first and alone."""
    wished = short_one(sequence, scene) if prefer == "short" else WHOLE
    lengths = (WHOLE, *plan.shorter(sequence, scene.content))
    others = tuple(_other(sequence, n) for n in lengths if n != wished)
    main = (_main(sequence, wished),)
    rest: tuple[Row, ...] = (others,) if others else ()
    if before is None:
        return (main, *rest)
    label = said("button.go_on_from", number=before.place.move + before.is_complete + 1)
    if prefer == "go_on":
        fresh = main[0].model_copy(update={"style": "plain"})
        return ((choice(label, GoOnFrom(), style="success"),), (fresh,), *rest)
    return (main, (choice(label, GoOnFrom()),), *rest)


def _main(sequence: plan.Sequence, minutes: int) -> Choice:
    label = said("button.start_min", n=minutes or plan.minutes(sequence))
    return choice(label, Start(minutes=minutes), style="success")


def _other(sequence: plan.Sequence, minutes: int) -> Choice:
    label = said("button.minutes", n=minutes or plan.minutes(sequence))
    return choice(label, Start(minutes=minutes))


def short_one(sequence: plan.Sequence, scene: Scene) -> int:
    """Choose the longest short version that is a good deal shorter than the whole."""
    most = plan.minutes(sequence) * scene.content.reminders.short_percent / PERCENT
    every = plan.shorter(sequence, scene.content)
    return max((n for n in every if n <= most), default=min(every, default=WHOLE))


def _is_as_last_time(sequence: plan.Sequence, scene: Scene) -> bool:
    last = scene.sessions[-1] if scene.sessions else None
    return (
        last is not None and last.program == sequence.program and last.moves == len(sequence.moves)
    )

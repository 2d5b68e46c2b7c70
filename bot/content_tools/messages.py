"""The messages that users get, as sent: built by the flows themselves, from the content alone.

Questions, advices and cards are made of several sentences each, so they are made here as in a
chat; what is said alone is one sentence of the words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from bot.render.message import Voice, without_marks
from content.catalogue import Catalogue
from content.schema import Exercise, Rule, Screen
from flows import triage
from flows.base import Said, Scene, Show, Verdict, said
from flows.offer import advice
from flows.session.card import card
from flows.session.plan import Sequence, Step
from flows.session.vocabulary import Session
from flows.triage import Triage
from flows.triage.screens import toggles

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
Kind = Literal["question", "advice", "card", "line"]

# First parts of keys whose sentences stand alone in a message, or nearly so.
ALONE = frozenset({
    "after", "aims", "climb", "consent", "delete", "event", "help", "home", "ladder", "level",
    "offer", "outcome", "own", "privacy", "progress", "reminder", "remark", "routine", "session",
    "settings", "stop", "talk", "tip", "toast", "weeks", "welcome",
})  # fmt: skip
FRAGMENTS = (".adapted", ".getting", ".cannot", ".mistake", ".staff", ".not_meant", ".staff_line")


@dataclass(frozen=True)
class Message:
    """A message: what it is, its text, and the keys of the words that it is made of."""

    kind: Kind
    name: str
    text: str
    keys: frozenset[str]


def messages(content: Catalogue) -> Iterator[Message]:
    """Give every message that can be made without knowing the user."""
    scene = _scene(content)
    for screen in content.screens.values():
        yield from _questions(screen, scene)
    for rule in content.rules:
        yield _written("advice", rule.id, _advice(rule, scene), scene)
    for level in ("SELF_CARE", "SELF_CARE_MODIFIED"):
        verdict = Verdict(level=level, stretch="allowed", fired=(), reasons=(), at=AT)
        told = (*advice.paragraphs(verdict, scene), *advice.net(scene))
        yield _written("advice", level, told, scene)
    yield from _with_extras(scene)
    for exercise in content.exercises.values():
        show = _card(exercise, scene)
        yield _written("card", exercise.id, (*show.text, *show.fold), scene)
    yield from _lines(scene)


def _questions(screen: Screen, scene: Scene) -> Iterator[Message]:
    state = Triage(screen=screen.id)
    yield _written("question", screen.id, triage.view(state, scene).text, scene)
    explained = triage.view(state.model_copy(update={"explaining": True}), scene)
    yield _written("line", f"{screen.id}, why", explained.text[:1], scene)
    if screen.unsure and not toggles(screen):
        again = triage.view(state.model_copy(update={"phase": "again"}), scene)
        yield _written("question", f"{screen.id}, again", again.text, scene)


def _advice(rule: Rule, scene: Scene) -> tuple[Said, ...]:
    verdict = Verdict(
        level=rule.level, stretch=rule.stretch, fired=(rule.id,), reasons=(rule.id,), at=AT,
        crisis=rule.script == "CRISIS",
    )  # fmt: skip
    return (*advice.paragraphs(verdict, scene), *advice.net(scene))


def _with_extras(scene: Scene) -> Iterator[Message]:
    """Put every added sentence under the first advice that may carry it."""
    for extra in scene.content.extras:
        for level in extra.levels[:1]:
            worded = said(f"level.{level}.text", why="", summary="", stretch_line="")
            told = (worded, said(f"extra.{extra.id}", num=advice.number(scene)))
            yield _written("advice", f"{level} and {extra.id}", told, scene)


def _card(exercise: Exercise, scene: Scene) -> Show:
    step = Step(
        exercise=exercise.id, hold_s=exercise.hold_s, reps=exercise.reps, sets=exercise.sets,
        rest_s=exercise.rest_s, sides=exercise.sides, quick=False, seconds=60,
        cautions=(),
    )  # fmt: skip
    sequence = Sequence(
        program="none", reason="none", moves=(step,), seconds=60, amount="whole", swapped=(),
        needs_extension_check=False, hands_free=False, leg_question=False, shorten_only=False,
    )  # fmt: skip
    holding = Session(
        phase="active_hold", sequence=sequence, why="start", started_at=AT, begins_at=AT,
        ends_at=AT + timedelta(seconds=exercise.hold_s),
    )  # fmt: skip
    return card(holding, scene)


def _lines(scene: Scene) -> Iterator[Message]:
    for key, words in scene.content.words["en"].items():
        if key.split(".")[0] in ALONE and not key.endswith(FRAGMENTS) and not _is_level(key):
            n = {"n": 2} if isinstance(words, dict) else {}
            yield _written("line", key, (said(key, **n),), scene)


def _is_level(key: str) -> bool:
    """Whether it is the text of an advice, which is judged with a reason in it."""
    return key.startswith("level.") and key.endswith(".text")


def _written(kind: Kind, name: str, text: tuple[Said, ...], scene: Scene) -> Message:
    voice = Voice("en", scene.content.words, AT, "plain")
    told = without_marks("\n".join(voice.told(piece) for piece in text))
    return Message(kind, name, told, frozenset(_keys(text)))


def _keys(pieces: Iterable[Said]) -> Iterator[str]:
    for piece in pieces:
        yield piece.key
        for value in piece.args.values():
            if isinstance(value, Said):
                yield from _keys((value,))
            elif isinstance(value, tuple):
                yield from _keys(value)


def _scene(content: Catalogue) -> Scene:
    return Scene(at=AT, content=content, facts=content.complete({}), country="GB")

"""What a sound track says when: tones at the moments of a timeline.

Each exercise is announced by a soft double tone, which stands for "if anything is sharp or new,
pause this and press stop"; then comes "get ready".  Tones of one track never lie on each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from content.catalogue import Catalogue
from flows.base import Cue, Settings, Tone
from flows.session import plan
from flows.session.course import move_s
from flows.session.doses import lead_in_s
from flows.session.timeline import Span, timeline

TONE_S = 1.0  # no tone is longer: the next may follow then
LAST_S = (3, 2, 1)  # counted down at the end of a hold
ANNOUNCED: tuple[Tone, ...] = ("remind", "ready")
AFTER: dict[str, Tone] = {
    "active_between": "rest", "active_rest": "rest", "active_change": "change",
    "active_position": "rest",
}  # fmt: skip


def cues(sequence: plan.Sequence, settings: Settings, content: Catalogue) -> tuple[Cue, ...]:
    """List the tones of a sequence in their order."""
    spans = _opened(timeline(sequence, settings, content))
    found: list[Cue] = []
    for before, span in zip((None, *spans), spans, strict=False):
        if span.phase == "active_hold":
            found += _straight_in(span, before)
            found += _hold(span, content)
        else:
            found += _gap(span, before, settings)
    if spans:
        found.append(Cue(at_s=spans[-1].ends_s, tone="finish"))
    return tuple(sorted(found, key=lambda cue: cue.at_s))


def _opened(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Make room for the first reminder where the user wants no lead-in."""
    if not spans or spans[0].phase != "active_hold":
        return spans
    opening = replace(spans[0], phase="active_position", ends_s=TONE_S)
    later = (
        replace(span, begins_s=span.begins_s + TONE_S, ends_s=span.ends_s + TONE_S)
        for span in spans
    )
    return (opening, *later)


def _straight_in(span: Span, before: Span | None) -> Iterator[Cue]:
    """Without rest and lead-in an exercise is announced before the last seconds of the other."""
    if before and before.phase == "active_hold" and before.place.move != span.place.move:
        yield Cue(at_s=span.begins_s - LAST_S[0] - 2 * TONE_S, tone="remind")


def _hold(span: Span, content: Catalogue) -> Iterator[Cue]:
    """Begin, half-way, and the last seconds; of quick repeats each in and out."""
    yield Cue(at_s=span.begins_s, tone="begin")
    if span.step.quick:
        yield from _repeats(span, content)
        return
    yield Cue(at_s=span.begins_s + span.seconds / 2, tone="half")
    for left in LAST_S:
        yield Cue(at_s=span.ends_s - left, tone="tick")


def _repeats(span: Span, content: Catalogue) -> Iterator[Cue]:
    """Give the rhythm within a block; its own first and last tones are those of any hold."""
    step = span.step
    each = step.hold_s + move_s(step, content)
    for repeat in range(step.reps):
        begins_s = span.begins_s + repeat * each
        if repeat:
            yield Cue(at_s=begins_s, tone="in")
        yield Cue(at_s=begins_s + step.hold_s, tone="out")


def _gap(span: Span, before: Span | None, settings: Settings) -> Iterator[Cue]:
    """Tell how a hold ends, and before the next exercise remind and get ready."""
    announces = span.phase == "active_position"
    free_s = span.begins_s
    if before is not None and not (announces and span.seconds < 2 * TONE_S):
        yield Cue(at_s=free_s, tone=AFTER[span.phase])
        free_s += TONE_S
    if announces:
        lead_in = max(lead_in_s(settings), TONE_S)
        yield from _announced(max(free_s, span.ends_s - lead_in), span.ends_s)


def _announced(at_s: float, ends_s: float) -> Iterator[Cue]:
    """Remind, then get ready, as far as there is time for either."""
    for tone in ANNOUNCED:
        if at_s + TONE_S <= ends_s:
            yield Cue(at_s=at_s, tone=tone)
            at_s += TONE_S

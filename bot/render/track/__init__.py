"""Sound tracks: a session's tones at their moments, as one Ogg/Opus file.

Cues in, bytes out; the same cues give the same bytes.  Import this only when a track is wanted,
and off the event loop: it brings NumPy and PyAV with it.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.render.track import opus as _opus
from content.catalogue import Catalogue
from flows.base import Cue, Settings
from flows.session import plan
from flows.session.cues import cues as _cues

TAIL_S = 2.0


def track_for(sequence: plan.Sequence, settings: Settings, catalogue: Catalogue) -> bytes:
    """Render a whole plan as its listener's session counts it."""
    told = _cues(sequence, settings, catalogue)
    return track(told, (told[-1].at_s if told else 0.0) + TAIL_S)


def track(cues: Sequence[Cue], seconds: float) -> bytes:
    """Render tones at their moments, and silence up to the end."""
    return _opus.ogg(cues, seconds)

"""The tones: short, soft notes of one scale, each meaning told by number and direction of notes.

Every tone is silent again within `LENGTH_S`, so that it stands alone between two silences.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from flows.base import Tone

RATE = 48_000
LENGTH_S = 0.98
ATTACK_S, RELEASE_S = 0.006, 0.06
OVERTONES = ((1.0, 1.0), (2.0, 0.22), (3.0, 0.07))  # of a struck wooden bar, nearly
G4, A4, C5, D5, E5, G5, A5, C6 = 392.0, 440.0, 523.25, 587.33, 659.26, 783.99, 880.0, 1046.5

Samples = NDArray[np.float64]


@dataclass(frozen=True)
class Note:
    """One note: when it begins, how high, how long it rings, how loud; `to`: it glides there."""

    at_s: float
    hertz: float
    rings_s: float
    loud: float
    to: float | None = None


TONES: Mapping[Tone, tuple[Note, ...]] = {
    "remind": (Note(0.0, A4, 0.22, 0.16), Note(0.28, A4, 0.4, 0.16)),
    "ready": (Note(0.0, C5, 0.55, 0.3, to=G5),),
    "begin": (Note(0.0, C6, 0.85, 0.42),),
    "half": (Note(0.0, E5, 0.3, 0.3),),
    "tick": (Note(0.0, G5, 0.16, 0.26),),
    "change": (Note(0.0, G4, 0.3, 0.38), Note(0.3, G5, 0.6, 0.36)),
    "rest": (Note(0.0, G5, 0.25, 0.3), Note(0.25, C5, 0.6, 0.32)),
    "in": (Note(0.0, A5, 0.22, 0.24),),
    "out": (Note(0.0, D5, 0.26, 0.24),),
    "finish": (Note(0.0, C5, 0.3, 0.34), Note(0.22, E5, 0.3, 0.34), Note(0.44, G5, 0.5, 0.36)),
}  # fmt: skip


def samples(tone: Tone) -> Samples:
    """Play a tone from its first moment on until it is silent."""
    notes = [(round(note.at_s * RATE), _played(note)) for note in TONES[tone]]
    mixed = np.zeros(max(begins + len(played) for begins, played in notes))
    for begins, played in notes:
        mixed[begins : begins + len(played)] += played
    return mixed


def _played(note: Note) -> Samples:
    count = round(min(note.rings_s, LENGTH_S - note.at_s) * RATE)
    at_s = np.arange(count) / RATE
    hertz = np.linspace(note.hertz, note.to or note.hertz, count)
    turns = np.cumsum(hertz) / RATE
    wave = sum(share * np.sin(2 * np.pi * times * turns) for times, share in OVERTONES)
    return np.asarray(note.loud * _envelope(at_s, note.rings_s) * wave)


def _envelope(at_s: Samples, rings_s: float) -> Samples:
    """Rise at once without a click, ring out, and be silent at the end."""
    rise = 0.5 - 0.5 * np.cos(np.pi * np.minimum(at_s / ATTACK_S, 1.0))
    left_s = np.maximum(at_s[-1] - at_s, 0.0)
    fall = 0.5 - 0.5 * np.cos(np.pi * np.minimum(left_s / RELEASE_S, 1.0))
    return np.asarray(rise * fall * np.exp(-3.0 * at_s / rings_s))

"""Sound tracks, measured in the decoded file: what is heard, and when."""

from __future__ import annotations

from io import BytesIO
from itertools import combinations
from typing import get_args

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from bot.render.track import TAIL_S, track, track_for
from bot.render.track.tones import LENGTH_S, RATE, TONES, samples
from flows.base import Cue, Settings, Tone
from flows.session.cues import TONE_S, cues
from tests.flows.session.player import content, knee, sequence, step, tilt

FIVE_MINUTES = (knee(), tilt(), step("childs_pose"), step("seated_rotation"))
PROMISED_S, SEEN_S = 0.050, 0.010
HEARD = 0.01
LARGEST = 400_000


def decoded(file: bytes) -> NDArray[np.float64]:
    with av.open(BytesIO(file), "r") as container:
        assert "opus" == container.streams.audio[0].codec_context.name
        frames = [frame.to_ndarray().ravel() for frame in container.decode(audio=0)]
    return np.concatenate(frames).astype(np.float64)


def onset_s(sound: NDArray[np.float64], around_s: float) -> float:
    """Find the first moment that is heard, from a little before."""
    begins = max(0, round((around_s - 0.1) * RATE))
    near = np.abs(sound[begins : begins + round(0.3 * RATE)])
    return float(begins + np.argmax(near > HEARD)) / RATE


def pitch(sound: NDArray[np.float64], at_s: float) -> float:
    begins = round((at_s + 0.01) * RATE)
    near = sound[begins : begins + round(0.12 * RATE)]
    spectrum = np.abs(np.fft.rfft(near * np.hanning(len(near)), RATE))
    return float(np.argmax(spectrum))


@pytest.mark.parametrize("lead_in_s", [0, 7, 10])
def test_every_cue_is_heard_at_its_moment(lead_in_s: int) -> None:
    plan, settings = sequence(*FIVE_MINUTES), Settings(lead_in_s=lead_in_s)
    told = cues(plan, settings, content())
    sound = decoded(track_for(plan, settings, content()))
    late = [onset_s(sound, cue.at_s) - cue.at_s for cue in told]

    assert len(told) > 30
    assert max(map(abs, late)) < SEEN_S < PROMISED_S, late
    assert abs(len(sound) / RATE - told[-1].at_s - TAIL_S) < PROMISED_S


def test_between_the_tones_it_is_silent() -> None:
    plan = sequence(*FIVE_MINUTES)
    told = cues(plan, Settings(), content())
    sound = decoded(track_for(plan, Settings(), content()))
    for cue in told:
        begins, ends = round((cue.at_s + 0.01) * RATE), round((cue.at_s + TONE_S) * RATE)
        assert np.abs(sound[begins:ends]).max() > HEARD
        sound[round((cue.at_s - 0.02) * RATE) if cue.at_s else 0 : ends] = 0.0

    assert np.abs(sound).max() < HEARD / 4


def test_tones_are_told_apart_by_pitch_or_by_their_course() -> None:
    assert set(get_args(Tone)) == set(TONES)
    for first, second in combinations(TONES, 2):
        ways = [[(n.hertz, n.to, n.at_s) for n in TONES[tone]] for tone in (first, second)]
        assert ways[0] != ways[1], (first, second)


@pytest.mark.parametrize("tone", get_args(Tone))
def test_a_tone_keeps_its_pitch_in_the_file(tone: Tone) -> None:
    sound = decoded(track([Cue(at_s=1.0, tone=tone)], 3.0))
    first = TONES[tone][0]

    assert abs(pitch(sound, 1.0) - first.hertz) < 0.25 * first.hertz
    assert np.abs(sound).max() < 0.9, "nothing is clipped"


@pytest.mark.parametrize("tone", get_args(Tone))
def test_a_tone_begins_and_ends_in_silence(tone: Tone) -> None:
    played = samples(tone)

    assert len(played) <= LENGTH_S * RATE < TONE_S * RATE
    assert abs(played[0]) < 1e-6
    assert abs(played[-1]) < 1e-6


def test_the_same_plan_gives_the_same_bytes() -> None:
    first, second = (track_for(sequence(knee()), Settings(), content()) for _ in range(2))

    assert first == second
    assert first.startswith(b"OggS")


def test_five_minutes_are_one_small_file() -> None:
    plan = sequence(*FIVE_MINUTES)
    file = track_for(plan, Settings(), content())

    assert 270 <= cues(plan, Settings(), content())[-1].at_s <= 330
    assert len(file) < LARGEST

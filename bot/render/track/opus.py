"""Tones and silence as packets of Opus, put together into an Ogg file.

Most of a track is silence, and there are ten tones in all: each is encoded once, between silences,
and its packets are repeated wherever it is heard.  A frame is 20 ms, and so is the grid of cues.
Only the low-delay mode is used, whose packets depend on nothing but the silence before them.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from io import BytesIO

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.audio.stream import AudioStream

from bot.render.track.tones import RATE, Samples, samples
from flows.base import Cue, Tone

FRAME = 960  # samples: 20 ms
FRAMES_A_SECOND = RATE // FRAME
BIT_RATE = 28_000
SETTLES = 12  # frames of silence, after which all silent packets are alike
OPTIONS = {"application": "lowdelay", "frame_duration": "20", "vbr": "on"}
SAME_BYTES = {"fflags": "+bitexact"}  # no number drawn for the stream

Packets = tuple[bytes, ...]


def ogg(cues: Sequence[Cue], seconds: float) -> bytes:
    """Write the file; where tones would overlap, the later one is heard from its first moment."""
    packets = [_silence()] * round(seconds * FRAMES_A_SECOND)
    for cue in sorted(cues, key=lambda cue: cue.at_s):
        begins = round(cue.at_s * FRAMES_A_SECOND)
        told = _encoded(cue.tone)
        packets[begins : begins + len(told)] = told
    return _written(packets)


@cache
def _encoded(tone: Tone) -> Packets:
    return _packets(samples(tone))


@cache
def _silence() -> bytes:
    return _packets(np.zeros(FRAME))[0]


def _packets(sound: Samples) -> Packets:
    """Encode a sound after silence, as the decoder will meet it, to its last whole frame."""
    frames = -(-len(sound) // FRAME) + 1  # one more: the codec lags behind by a part of one
    padded = np.zeros((SETTLES + frames) * FRAME)
    padded[SETTLES * FRAME : SETTLES * FRAME + len(sound)] = sound
    pcm = np.round(padded * 32767).astype(np.int16)
    codec = AudioCodecContext.create("libopus", "w")
    codec.rate, codec.bit_rate, codec.layout, codec.format = RATE, BIT_RATE, "mono", "s16"
    codec.options = OPTIONS
    found: list[bytes] = []
    for begins in range(0, len(pcm), FRAME):
        frame = av.AudioFrame.from_ndarray(pcm[None, begins : begins + FRAME], "s16", "mono")
        frame.sample_rate, frame.pts = RATE, begins
        found += [bytes(packet) for packet in codec.encode(frame)]
    found += [bytes(packet) for packet in codec.encode(None)]
    return tuple(found[SETTLES : SETTLES + frames])


def _written(packets: Sequence[bytes]) -> bytes:
    file = BytesIO()
    with av.open(file, "w", format="ogg", options=SAME_BYTES) as container:
        stream = container.add_stream("libopus", rate=RATE, layout="mono", options=OPTIONS)
        container.start_encoding()
        lag = _lag(stream)
        for number, content in enumerate(packets):
            packet = av.Packet(content)
            packet.stream, packet.time_base = stream, Fraction(1, RATE)
            packet.pts = packet.dts = number * FRAME - lag
            packet.duration = FRAME
            container.mux(packet)
    return file.getvalue()


def _lag(stream: AudioStream) -> int:
    """Read from the head that players skip so many samples, which the codec lags behind."""
    head = stream.codec_context.extradata or b""
    return int.from_bytes(head[10:12], "little")

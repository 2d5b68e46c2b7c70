"""The loop: a short silent film of one movement there and back, as H.264 in MP4.

Telegram plays such a file again and again by itself.  One thread, so the same bytes each time.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from io import BytesIO
from math import cos, tau

import av
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bot.render.figure.motion import Way
from bot.render.figure.picture import Area, Scene, png, svg

MIME = "video/mp4"
WIDTH, HEIGHT = 640, 400
RATE = 20  # frames a second
LENGTH_S = 3
FRAMES = RATE * LENGTH_S
QUALITY = "28"  # x264's constant rate factor
MARGIN = 8


def film(scene: Scene) -> bytes:
    target = BytesIO()
    drawn: dict[str, NDArray[np.uint8]] = {}  # the way back shows the same pictures again
    with av.open(target, "w", format="mp4") as box:
        stream = box.add_stream("libx264", rate=RATE)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        stream.options = {"crf": QUALITY, "preset": "fast", "threads": "1"}
        for number, picture in enumerate(pictures(scene)):
            if picture not in drawn:
                drawn[picture] = pixels(picture)
            frame = av.VideoFrame.from_ndarray(drawn[picture], format="rgba")
            frame.pts, frame.time_base = number, Fraction(1, RATE)
            box.mux(stream.encode(frame))
        box.mux(stream.encode(None))
    return target.getvalue()


def pixels(drawing: str) -> NDArray[np.uint8]:
    with Image.open(BytesIO(png(drawing, WIDTH))) as picture:
        return np.asarray(picture.convert("RGBA"), dtype=np.uint8)


def pictures(scene: Scene) -> Iterator[str]:
    """Every frame as SVG; a movement there and back is drawn once and played both ways."""
    if scene.is_rest:
        half = [_framed(scene, 1.0, breath=_share(step)) for step in range(FRAMES // 2 + 1)]
    elif scene.way.is_stepping:
        yield from _steps(scene)
        return
    else:
        half = [_framed(scene, _share(step)) for step in range(FRAMES // 2 + 1)]
    yield from half
    yield from reversed(half[1:-1])


def _share(step: int) -> float:
    """Eased: slow away from each end."""
    return (1 - cos(tau * step / FRAMES)) / 2


def _steps(scene: Scene) -> Iterator[str]:
    """Walk on instead of back: the other leg swings through."""
    half = FRAMES // 2
    for way in (scene.way, Way(scene.way.end, scene.way.start)):
        for step in range(half):
            yield _framed(scene, step / half, way=way)


def _framed(scene: Scene, share: float, *, way: Way | None = None, breath: float = 0.0) -> str:
    area = Area(MARGIN, MARGIN, WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN)
    posture = (way or scene.way).at(share)
    drawing = scene.drawn(posture, warmth=share, breath=breath)
    return svg(scene.panel(area, scene.scale(area), posture, drawing), WIDTH, HEIGHT)

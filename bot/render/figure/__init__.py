"""Figures: every exercise drawn by code from its poses, as a still picture and as a loop.

Ids in, bytes out; the same content gives the same bytes.  Import this only when a picture is
wanted, and off the event loop: it brings NumPy and resvg with it, and a loop takes a second or
more.
"""

from __future__ import annotations

from bot.render.figure import picture as _picture
from content.catalogue import Catalogue


def figure_png(exercise: str, catalogue: Catalogue) -> bytes:
    """Draw start and end of an exercise, 800 by 500 pixels."""
    scene = _picture.Scene(catalogue.exercises[exercise])
    return _picture.png(_picture.still(scene), _picture.WIDTH)


def loop(exercise: str, catalogue: Catalogue) -> tuple[bytes, str]:
    """Film the movement there and back in three seconds, silent; with its media type."""
    # PyAV and Pillow: 18 MB, which whoever sends stills alone goes without.
    from bot.render.figure import film as _film  # noqa: PLC0415 - as said above

    return _film.film(_picture.Scene(catalogue.exercises[exercise])), _film.MIME

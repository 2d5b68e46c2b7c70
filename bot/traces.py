"""Errors told to whoever runs Limber: what kind, and where in the code, never what was handled.

An exception's own text may quote answers or a token, so it is not written down.
"""

from __future__ import annotations

import traceback
from pathlib import Path

FRAMES = 6


def where(fault: BaseException) -> str:
    """Name the last frames that an exception went through, as `file:line function`."""
    frames = traceback.extract_tb(fault.__traceback__)[-FRAMES:]
    return " < ".join(f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in reversed(frames))


def kind(fault: BaseException) -> str:
    return type(fault).__name__

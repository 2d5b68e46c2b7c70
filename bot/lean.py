"""A quick and small start: what is imported for nothing, and garbage looked for where none is.

While modules and content are made, hardly anything is thrown away, and looking for it would take a
quarter of the start.  What stands then stays for good, so it is never looked through again: that
would hold up everybody for a tenth of a second, now and then.
"""

from __future__ import annotations

import gc
import sys
from importlib import import_module

DRAWS = "rich"  # draws in colours for a terminal what nobody here shows: 5 MB, 40 ms


def begin() -> None:
    """Look for no garbage yet.  For whoever owns the process alone."""
    gc.disable()


def settle() -> None:
    """Keep what stands now for good, and look for garbage from here on; once is enough."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def plain(library: str) -> None:
    """Import a library without what it would like to draw with."""
    if DRAWS in sys.modules:
        return
    sys.modules[DRAWS] = None  # type: ignore[assignment]  # Python's own word for "not to be had"
    try:
        import_module(library)
    finally:
        del sys.modules[DRAWS]

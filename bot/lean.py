"""A quick and small start: what is imported for nothing, and garbage looked for where none is.

While modules and content are made, hardly anything is thrown away, and looking for it would take a
quarter of the start.  What stands then stays for good, so it is never looked through again: that
would hold up everybody for a tenth of a second, now and then.
"""

from __future__ import annotations

import gc
import sys
from contextlib import suppress
from importlib import import_module
from types import ModuleType

# What a library takes if it is there, and what Limber makes no use of: colours and green threads,
# zones of another making, passports and client certificates.  All in all 4 MB.
NOT_TAKEN = {
    "structlog": ("rich", "greenlet"),
    "telegram": (
        "pytz",
        "cryptography.hazmat.primitives.asymmetric",
        "cryptography.hazmat.primitives.serialization",
    ),
}
# What a library will not do without, though it is never called: python-telegram-bot's own
# requests, for which we have another transport.  These names stand in its annotations.
NEVER_CALLED = {"telegram": {"httpx": ("AsyncClient", "Proxy", "URL")}}

# How GNU's C library deals with memory, by its own numbers.  Left to itself it learns from the
# first large picture to keep such pieces, and every thread that draws then holds 20 MB for good.
GIVEN_BACK_AT_ONCE = (-3, 1 << 20)  # M_MMAP_THRESHOLD: pieces from so many bytes on
SPARE_AT_THE_TOP = (-1, 2 << 20)  # M_TRIM_THRESHOLD: so many bytes are kept at hand

SELDOM = 7_000  # more objects before each look for garbage, ten times the usual: 8 % of all CPU


def begin() -> None:
    """Look for no garbage yet, and hoard no memory.  For whoever owns the process alone."""
    gc.disable()
    ask_c_library("mallopt", *GIVEN_BACK_AT_ONCE)
    ask_c_library("mallopt", *SPARE_AT_THE_TOP)


def settle() -> None:
    """Keep what stands now for good, and look for garbage from here on; once is enough."""
    if not gc.isenabled():
        gc.freeze()
        gc.set_threshold(SELDOM, *gc.get_threshold()[1:])
        gc.enable()


def give_back() -> None:
    """Let the system have what was needed on the way only; 5 MB of it once the books are made."""
    ask_c_library("malloc_trim", 0)


def ask_c_library(call: str, *numbers: int) -> None:
    """Ask something of GNU's C library; another one does not know what is meant."""
    with suppress(ImportError, AttributeError, OSError):
        from ctypes import CDLL  # noqa: PLC0415 - not every Python is built with it

        getattr(CDLL(None), call)(*numbers)


def plain(library: str) -> None:
    """Import a library without what we make no use of; whoever asks for that later gets it."""
    shown = {
        **dict.fromkeys(NOT_TAKEN.get(library, ())),  # None: Python's own word for "not to be had"
        **{name: _hollow(name, inside) for name, inside in NEVER_CALLED.get(library, {}).items()},
    }
    missing = {name: shown[name] for name in shown.keys() - sys.modules.keys()}
    sys.modules.update(missing)  # type: ignore[arg-type]  # None, as above
    try:
        import_module(library)
    finally:
        for name in missing:
            del sys.modules[name]


def _hollow(name: str, inside: tuple[str, ...]) -> ModuleType:
    module = ModuleType(name)
    vars(module).update(dict.fromkeys(inside, object))
    return module

"""`python -m tests.fuzz [SECONDS]`: throw odd updates and forged buttons at the bot, for a while.

Where atheris is installed (Python 3.11 on Linux) it steers by what the code has covered, a process
for each property; elsewhere hypothesis draws blindly.  Either prints the case that broke.
"""

from __future__ import annotations

import importlib.util
import logging
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import structlog
from hypothesis import HealthCheck, settings

from tests.fuzz import properties

Property = Callable[..., Any]

PROPERTIES: tuple[Property, ...] = (
    properties.any_update_is_read_and_answered,
    properties.any_button_is_answered,
)
SECONDS = 60
ROUND = 500  # examples between two looks at the clock


def steered(one: Property, seconds: int) -> bool:
    """Run under atheris; tell whether nothing broke."""
    command = [sys.executable, "-m", "tests.fuzz.covered", one.__name__, str(seconds)]
    return subprocess.run(command, check=False).returncode == 0  # noqa: S603 - our own module


def blind(one: Property, seconds: int) -> bool:
    """Run under hypothesis alone; a case that breaks is raised as it is."""
    until = time.monotonic() + seconds
    calm = settings(
        max_examples=ROUND, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    while time.monotonic() < until:
        calm(one)()
    return True


def main() -> int:
    logging.disable()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    run = blind if importlib.util.find_spec("atheris") is None else steered
    good = True
    for one in PROPERTIES:
        held = run(one, seconds // len(PROPERTIES))
        good = good and held
        sys.stdout.write(f"{one.__name__}, {run.__name__}: {'held' if held else 'broke'}\n")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())

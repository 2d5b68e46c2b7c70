"""`python -m tests.fuzz.covered PROPERTY SECONDS`: one property under atheris, steered by coverage.

The process ends with atheris, with an exit code other than 0 when a case broke.
"""

from __future__ import annotations

import logging
import sys

import atheris
import structlog


def main() -> None:
    name, seconds = sys.argv[1:]
    logging.disable()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    with atheris.instrument_imports(include=["bot.frontends", "flows"]):
        from tests.fuzz import properties  # noqa: PLC0415 - after it can be instrumented
    fuzzed = getattr(properties, name).hypothesis.fuzz_one_input
    atheris.Setup(["fuzz", f"-max_total_time={seconds}", "-verbosity=0"], fuzzed)
    atheris.Fuzz()


if __name__ == "__main__":
    main()

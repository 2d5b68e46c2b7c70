"""`python -m tests.soak`: people, faults, kill -9 at random moments, and a table at the end.

Exit code 1 says that something was lost, undone, late or doubled without a reason; `--into` keeps
the database, the log and the requests, so that it can be seen why.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from tests.soak.killed import Soak, soaked

MOST_TOLD = 40


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--at-most-s", type=float, default=570.0)
    parser.add_argument("--into", type=Path)
    given = parser.parse_args()
    plan = Soak(given.kills, given.people, given.seed, given.at_most_s)
    with tempfile.TemporaryDirectory() as folder:
        verdict = asyncio.run(soaked(plan, given.into or Path(folder)))
    for name, count in verdict.counts.items():
        sys.stdout.write(f"{name:<36} {count}\n")
    for sentence in verdict.breaches[:MOST_TOLD]:
        sys.stdout.write(f"BREACH: {sentence}\n")
    sys.stdout.write("Nothing lost.\n" if not verdict.breaches else "")
    return 1 if verdict.breaches else 0


if __name__ == "__main__":
    sys.exit(main())

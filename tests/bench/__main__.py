"""Measure, and print the table: `python -m tests.bench [P1 P5 …]`."""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

from tests.bench.measure import HEAD, Finding, circumstances

HERE = Path(__file__).parent


def modules() -> dict[str, str]:
    """Find the measurements by the number in their file's name."""
    return {f"P{int(p.stem[1:3])}": p.stem for p in sorted(HERE.glob("p[0-9][0-9]_*.py"))}


async def measured(name: str) -> list[Finding]:
    with tempfile.TemporaryDirectory(prefix="limber-bench-") as folder:
        findings: list[Finding] = await import_module(f"tests.bench.{name}").run(Path(folder))
    return findings


def main() -> int:
    known = modules()
    wanted = [name.upper() for name in sys.argv[1:]] or list(known)
    if strange := [name for name in wanted if name not in known]:
        say(f"{', '.join(strange)}: not measured. Known: {', '.join(known)}.")
        return 2
    findings: list[Finding] = []
    for name in wanted:
        begun = time.monotonic()
        found = asyncio.run(measured(known[name]))
        findings += found
        sys.stderr.write(f"{name}: {time.monotonic() - begun:.0f} s\n")
        for each in found:
            sys.stderr.write(f"  {each.row()}\n")
    say(HEAD, *(finding.row() for finding in findings), "", circumstances())
    return 0 if all(finding.kept for finding in findings) else 1


def say(*lines: str) -> None:
    for line in lines:
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main())

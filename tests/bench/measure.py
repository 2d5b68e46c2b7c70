"""What a measurement comes to, and what it was made under."""

from __future__ import annotations

import math
import os
import platform
import sqlite3
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
MEBI = 1024 * 1024


@dataclass(frozen=True)
class Finding:
    """One line of the table."""

    promise: str  # P1, P2 …
    what: str
    seen: str
    wanted: str
    kept: bool
    under: str = ""  # conditions worth knowing

    def row(self) -> str:
        mark = "yes" if self.kept else "**no**"
        cells = (self.promise, self.what, self.wanted, self.seen, mark, self.under)
        return f"| {' | '.join(cells)} |"


HEAD = "| | what | promised | seen | kept | under |\n|---|---|---|---|---|---|"


def at_most(
    promise: str, what: str, seen: float, most: float, unit: str, under: str = ""
) -> Finding:
    told = f"{_short(seen)}{unit}"
    return Finding(promise, what, told, f"≤ {_short(most)}{unit}", seen <= most, under)


def at_least(
    promise: str, what: str, seen: float, least: float, unit: str, under: str = ""
) -> Finding:
    told = f"{_short(seen)}{unit}"
    return Finding(promise, what, told, f"≥ {_short(least)}{unit}", seen >= least, under)


def _short(number: float) -> str:
    return f"{number:.0f}" if number >= 10 or number == int(number) else f"{number:.2f}"


def percentile(numbers: Sequence[float], percent: float) -> float:
    """Give the number that so many percent do not exceed; of none, infinity."""
    if not numbers:
        return math.inf
    rank = math.ceil(len(numbers) * percent / 100) - 1
    return sorted(numbers)[max(0, rank)]


def cpu_s(pid: int) -> float:
    """Tell how much CPU a process has had, all its threads together."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def rss_mib(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MEBI


def mapped_mib(pid: int) -> float:
    """Tell how much of that is code read from files, which the system may drop at any time."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    told = next((line for line in status if line.startswith("RssFile:")), "RssFile: 0 kB")
    return int(told.split()[1]) / 1024


def load() -> str:
    one, five, _ = os.getloadavg()
    return f"load {one:.1f}, {five:.1f}"


def circumstances() -> str:
    """Tell what all of it was measured with."""
    libraries = ("python-telegram-bot", "aiohttp", "SQLAlchemy", "pydantic", "transitions")
    known = ", ".join(f"{name} {version(name)}" for name in libraries)
    return (
        f"{datetime.now(UTC):%d %B %Y}; Python {platform.python_version()}, SQLite "
        f"{sqlite3.sqlite_version}, {ssl.OPENSSL_VERSION.split(' (')[0]}, {known}; "
        f"{os.cpu_count()} cores of {platform.machine()}, {platform.system()}; {load()}."
    )

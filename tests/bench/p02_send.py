"""P2: CPU for a message sent, our way beside the library's own, with and without TLS."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import PIPE
from pathlib import Path
from statistics import median

from tests.bench.certificate import trusted
from tests.bench.loopback import Loopback
from tests.bench.measure import Finding, at_most, load
from tests.bot.process import ROOT

ROUNDS = 5
MESSAGES = 600


async def run(folder: Path) -> list[Finding]:
    plain = await Loopback().start()
    context, authority = trusted(folder)
    sealed = await Loopback().start(context)
    try:
        return [
            await _measured("plain", plain, 0.15, None),
            await _measured("with TLS", sealed, 0.25, authority),
        ]
    finally:
        await plain.stop()
        await sealed.stop()


async def _measured(what: str, api: Loopback, most: float, authority: Path | None) -> Finding:
    rounds = [
        [await _sent(kind, api, authority) for kind in ("limber", "library")] for _ in range(ROUNDS)
    ]
    ours, theirs = (median(each) * 1e3 for each in zip(*rounds, strict=True))
    ratio = median(one / other for one, other in rounds)
    under = f"{ours:.2f} ms against {theirs:.2f} ms, what sends alone; {load()}"
    return at_most("P2", f"CPU per message sent, {what}", ratio, most, "x", under)


async def _sent(kind: str, api: Loopback, authority: Path | None) -> float:
    """Let a process send; CPU seconds for each message, its start not counted."""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    if authority is not None:
        env["SSL_CERT_FILE"] = str(authority)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.sending", kind, api.base_url, str(MESSAGES),
        env=env, stdout=PIPE,
    )  # fmt: skip
    told, _ = await process.communicate()
    return float(told)

"""Metrics and health over HTTP, for the machine itself: names and counts only, of nobody.

`/metrics` for Prometheus; `/healthz` says whether the loops turn; `/readyz` whether the store
opens and Telegram answers, asked anew at most every half minute.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from bot.listening import listening
from bot.store.unit import Unit
from bot.store.waiting import RANKS
from bot.tally import Tally

LATE_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 60.0)
ASKED_FOR_S = 30.0  # how long an answer of Telegram's counts
WAIT_S = 3.0
READY, NOT_READY = 200, 503

Question = Callable[[], Awaitable[bool]]


class Metrics(Tally):
    """Counts what the loops tell, in a registry of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.registry = CollectorRegistry(auto_describe=True)
        self._heard = Counter(
            "limber_heard", "Things heard, by kind", ["kind"], registry=self.registry
        )
        self._sent = Counter(
            "limber_sent", "Messages and edits sent", ["rank"], registry=self.registry
        )
        self._refused = Counter(
            "limber_refused", "Messages refused for good", ["rank"], registry=self.registry
        )
        self._late = Histogram(
            "limber_alarm_lateness_seconds", "How late alarms were heard",
            buckets=LATE_S, registry=self.registry,
        )  # fmt: skip
        self._waiting = Gauge(
            "limber_outbox_rows", "Messages waiting to be sent", ["rank"], registry=self.registry
        )
        self._live = Gauge("limber_sessions_live", "Sessions running", registry=self.registry)

    def heard(self, what: str) -> None:
        self._heard.labels(what).inc()

    def sent(self, rank: str) -> None:
        self._sent.labels(rank).inc()

    def refused(self, rank: str) -> None:
        self._refused.labels(rank).inc()

    def rang(self, late_s: float) -> None:
        self._late.observe(max(0.0, late_s))

    def look(self, unit: Unit) -> None:
        """Count what stands in the store now."""
        waiting = unit.waiting_messages()
        for rank in RANKS:
            self._waiting.labels(rank).set(waiting.get(rank, 0))
        self._live.set(unit.users_with_alarms().get("session", 0))

    def told(self) -> bytes:
        return generate_latest(self.registry)


class Remembered:
    """Asks at most so often; a yes or no counts until then."""

    def __init__(self, ask: Question, for_s: float = ASKED_FOR_S) -> None:
        self.ask, self.for_s = ask, for_s
        self.asked_at, self.answer = float("-inf"), False

    async def __call__(self) -> bool:
        if time.monotonic() - self.asked_at > self.for_s:
            self.answer, self.asked_at = await self.ask(), time.monotonic()
        return self.answer


class Health:
    """Answers the three questions."""

    def __init__(
        self,
        metrics: Metrics,
        look: Callable[[], Awaitable[None]],
        faults: Callable[[], list[str]],
        reached: Question,
    ) -> None:
        self.metrics, self.look, self.faults, self.reached = metrics, look, faults, reached

    async def tell_metrics(self, _: web.Request) -> web.Response:
        if not await self._opens():
            return web.Response(status=NOT_READY, text="The store does not open.\n")
        return web.Response(
            body=self.metrics.told(), headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4}
        )

    async def tell_health(self, _: web.Request) -> web.Response:
        return _answer([f"{name} stands still" for name in self.faults()])

    async def tell_ready(self, _: web.Request) -> web.Response:
        faults = [] if await self._opens() else ["the store does not open"]
        if not await self.reached():
            faults.append("Telegram does not answer")
        return _answer(faults)

    async def _opens(self) -> bool:
        try:
            async with asyncio.timeout(WAIT_S):
                await self.look()
        except Exception:  # noqa: BLE001 - whatever it is: it is logged where it matters
            return False
        return True


def _answer(faults: list[str]) -> web.Response:
    text = "".join(f"{fault}\n" for fault in faults) or "ok\n"
    return web.Response(status=NOT_READY if faults else READY, text=text)


@asynccontextmanager
async def open_health(health: Health, listen: str) -> AsyncIterator[None]:
    """Answer on `host:port` for as long as the block runs."""
    app = web.Application()
    app.router.add_get("/metrics", health.tell_metrics)
    app.router.add_get("/healthz", health.tell_health)
    app.router.add_get("/readyz", health.tell_ready)
    async with listening(app, "LIMBER_METRICS_LISTEN", listen):
        yield

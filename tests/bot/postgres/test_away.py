"""A PostgreSQL that goes away: nobody need start anything anew, and nothing is lost."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.store.keys import new_key_file
from content.catalogue import Catalogue
from tests.bot.postgres.server import new_database, started
from tests.bot.process import Limber, becomes, with_telegram
from tests.bot.seed import TO_THE_OFFER, holding, played, seeded
from tests.bot.walk import SEES_S
from tests.botapi.server import BotApi
from tests.ops.test_metrics import free_port, got

ADA, BO = 1001, 1002
LINES = 15  # of the log, for all of it; a loop that tries anew writes its line once


@pytest.fixture
async def limber(api: BotApi, tmp_path: Path) -> AsyncIterator[Limber]:
    env = with_telegram(
        api, tmp_path, LIMBER_DATABASE_URL=await new_database(),
        LIMBER_METRICS_LISTEN=f"127.0.0.1:{free_port()}",
    )  # fmt: skip
    limber = Limber(tmp_path, env)
    new_key_file(Path(env["LIMBER_KEY_FILE"]))
    yield limber
    await limber.kill()


@contextmanager
def away() -> Iterator[None]:
    """Stop the server for everybody, and start it again."""
    started().stop()
    try:
        yield
    finally:
        started().ensure_postgres_running()


async def asked(limber: Limber, path: str) -> tuple[int, str]:
    return await got(int(limber.env["LIMBER_METRICS_LISTEN"].partition(":")[2]), path)


async def test_while_it_is_away_everybody_waits_and_nothing_is_lost(
    api: BotApi, limber: Limber, catalogue: Catalogue
) -> None:
    people = {ADA: played(catalogue, TO_THE_OFFER), BO: holding(catalogue, timedelta(seconds=4))}
    await seeded(limber.env, people)
    ada, bo = api.person(ADA), api.person(BO)
    bo.room.started = True
    await limber.serve(api)
    with away():
        await ada.says("/help")
        assert (503, "the store does not open\n") == await asked(limber, "/readyz")
        assert (200, "ok\n") == await asked(limber, "/healthz")
        await becomes(lambda: "lead_not_asked_for" in limber.errors)
        assert [] == ada.told
    await ada.sees("danger signs", SEES_S)
    await bo.sees("Done. Lie still", SEES_S)
    assert (200, "ok\n") == await asked(limber, "/readyz")
    assert 0 == await limber.stop()
    words = [message.words for message in ada.told]
    assert len(set(words)) == len(words), "nothing is told twice"
    lines = [json.loads(line) for line in limber.errors.splitlines()]
    events = [line["event"] for line in lines if line["event"] != "profile_set"]
    assert (1, 1) == (events.count("store_away"), events.count("store_back")), events
    assert LINES >= len(events), events

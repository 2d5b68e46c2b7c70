"""People who have come some way already: their place is written into the store, not walked to.

The way itself is a transcript, played in the core with a clock that ends now.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.premises import master_keys
from bot.settings import Settings
from bot.store.keys import new_key_file
from bot.store.store import Store
from bot.store.unit import Unit
from content.catalogue import Catalogue
from tests.transcript import Chat, replay

TO_THE_OFFER = "@ well_adult_to_the_offer"
TO_THE_FIRST_HOLD = "@ first_hold"
HOLD_LEFT = timedelta(seconds=50)  # of that hold, then


def played(catalogue: Catalogue, lines: str, in_advance: timedelta = timedelta(0)) -> Chat:
    """Play lines of a transcript so that they end now, or a little later."""
    trial = Chat(catalogue)
    start = trial.now
    replay(lines, trial)
    chat = Chat(catalogue, start=datetime.now(UTC) + in_advance - (trial.now - start))
    replay(lines, chat)
    return chat


def holding(catalogue: Catalogue, left: timedelta) -> Chat:
    """Give someone whose first hold has this much left to go."""
    return played(catalogue, TO_THE_FIRST_HOLD, left - HOLD_LEFT)


async def seeded(env: dict[str, str], people: dict[int, Chat]) -> None:
    """Write these people into the store of a Limber that is not running."""
    async with opened(env) as store:
        for number, chat in people.items():
            await store.run(keep, number, chat)


@asynccontextmanager
async def opened(env: dict[str, str]) -> AsyncIterator[Store]:
    """Open the store of a Limber that is not running."""
    settings = _settings(env)
    store = await Store.open(settings.database, master_keys(settings))
    try:
        yield store
    finally:
        await store.close()


def _settings(env: dict[str, str]) -> Settings:
    """Read what the store needs, and make its folder and key when they are not there."""
    folder, key_file = Path(env["LIMBER_DATA_DIR"]), Path(env["LIMBER_KEY_FILE"])
    folder.mkdir(parents=True, exist_ok=True)
    if not key_file.exists():
        new_key_file(key_file)
    return Settings.model_construct(
        data_dir=folder, key_file=key_file, master_key=None,
        database_url=env.get("LIMBER_DATABASE_URL"),
    )  # fmt: skip


def keep(unit: Unit, number: int, chat: Chat) -> None:
    """Write one of them down, with all that is to ring."""
    user = unit.user_of("telegram", number, day=chat.now.date())
    unit.keep_talk(user, chat.talk.model_dump_json().encode())
    for each in chat.diary:
        unit.add_diary(user, each.kind, each.at, each.entry)
    for name, (due_at, then) in chat.alarms.items():
        unit.set_alarm(user, name, due_at, then.encode())

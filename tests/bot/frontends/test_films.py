"""Moving pictures: nobody waits for a film, and who wants none gets the still picture."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from telegram import Bot

from bot.frontends.carrier import TelegramCarrier
from bot.frontends.films import Films
from bot.frontends.media import Media
from bot.ports import Outgoing
from bot.render.message import Page
from bot.store.store import Store
from tests.bot.frontends.test_carrier import (  # noqa: F401 - fixtures are used by their name
    KNEE,
    STOP,
    TILT,
    Studio,
    ada,
    bot,
    methods,
    server,
    store,
    studio,
)
from tests.botapi import BotApi, Person
from tests.flows.session.player import content

LEAST = {KNEE, TILT}


class Cinema:
    """Makes films at no cost, when it is told to."""

    def __init__(self) -> None:
        self.asked: list[Mapping[str, Path]] = []
        self.ends = 0

    async def make(self, wanted: Mapping[str, Path]) -> int:
        self.asked.append(wanted)
        for exercise, file in wanted.items():
            file.write_bytes(b"film of " + exercise.encode())
        return self.ends


@pytest.fixture
def cinema() -> Iterator[Cinema]:
    return Cinema()


@pytest.fixture
def films(tmp_path: Path, cinema: Cinema) -> Films:
    return Films(tmp_path / "films", make=cinema.make)


@pytest.fixture
def carrier(bot: Bot, store: Store, studio: Studio, films: Films) -> TelegramCarrier:  # noqa: F811
    media = Media(
        store, bot.id, content(), draw=studio.draw, compose=studio.compose, films=films
    )  # fmt: skip
    return TelegramCarrier(bot, media)


def card(ada: Person, figure: str = KNEE, *, replaces: int | None = None) -> Outgoing:  # noqa: F811
    return Outgoing(
        ada.id, Page("text", STOP), figure, motion=True, replaces=replaces,
        change=replaces is not None,
    )  # fmt: skip


async def shown(films: Films) -> None:
    assert films.making is not None
    await films.making


async def test_until_a_film_is_there_the_still_picture_is_sent(
    carrier: TelegramCarrier, films: Films, server: BotApi, ada: Person,  # noqa: F811
) -> None:  # fmt: skip
    await carrier.send(card(ada))
    await shown(films)
    number = await carrier.send(card(ada))
    await carrier.change(card(ada, TILT, replaces=number))
    await carrier.change(card(ada, TILT, replaces=number))
    sent = ["sendPhoto", "sendAnimation", "editMessageMedia", "editMessageCaption"]
    assert sent == methods(server)


async def test_a_film_is_uploaded_once(
    carrier: TelegramCarrier, films: Films, server: BotApi, ada: Person,  # noqa: F811
) -> None:  # fmt: skip
    await carrier.send(card(ada))
    await shown(films)
    for _ in range(3):
        await carrier.send(card(ada))
    uploads = [call for call in server.calls if call.method == "sendAnimation" and call.files]
    assert 1 == len(uploads)


async def test_all_films_are_begun_once_and_only_when_one_is_wanted(
    carrier: TelegramCarrier, films: Films, cinema: Cinema, ada: Person,  # noqa: F811
) -> None:  # fmt: skip
    await carrier.send(Outgoing(ada.id, Page("text", STOP), KNEE))
    assert films.making is None
    for _ in range(3):
        await carrier.send(card(ada))
        await shown(films)
    assert [set(content().exercises)] == [set(asked) for asked in cinema.asked]


async def test_a_film_that_cannot_be_made_leaves_the_still_picture(
    carrier: TelegramCarrier, cinema: Cinema, films: Films, tmp_path: Path, ada: Person,  # noqa: F811
    server: BotApi,  # noqa: F811
) -> None:  # fmt: skip
    (tmp_path / "films").write_text("a file where the folder should be")
    await carrier.send(card(ada))
    await shown(films)
    await carrier.send(card(ada))
    assert (["sendPhoto", "sendPhoto"], []) == (methods(server), cinema.asked)
    await films.close()

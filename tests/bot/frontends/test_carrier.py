"""Pictures and sounds in the chat: uploaded once, edited in place, never in the way of a text."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
from telegram import Bot

from bot.frontends.carrier import TelegramCarrier
from bot.frontends.media import Media
from bot.frontends.transport import Transport
from bot.ports import BlockedByUser, Gone, Outgoing, Sounding
from bot.render.message import Button, Page
from bot.store.keys import MasterKeys, keys_from_text
from bot.store.store import Store
from content.catalogue import Catalogue
from flows.base import Cue
from tests.botapi import BotApi, Person
from tests.botapi.test_requests import PNG
from tests.flows.session.player import content

KEYS: MasterKeys = keys_from_text("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
STOP = ((Button("Stop", "1|talk|1|hurts", "danger"),),)
KNEE, TILT = "single_knee_to_chest", "pelvic_tilt"
SOUND = Sounding((Cue(at_s=0.0, tone="begin"),), 3.0, "Session, 5 minutes", Page("No sound.", ()))


class Studio:
    """Draws and composes at no cost, counts how often, and fails when told to."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.broken: set[str] = set()

    def draw(self, exercise: str, catalogue: Catalogue) -> bytes:
        assert exercise in catalogue.exercises
        return self._make(exercise, PNG + exercise.encode())

    def compose(self, cues: Sequence[Cue], seconds: float) -> bytes:
        return self._make("sound", b"OggS%d %d" % (len(cues), round(seconds)))

    def _make(self, name: str, content: bytes) -> bytes:
        self.made.append(name)
        if name in self.broken:
            raise RuntimeError(name)
        return content


@pytest.fixture
async def server() -> AsyncIterator[BotApi]:
    async with BotApi() as server:
        yield server


@pytest.fixture
async def ada(server: BotApi) -> Person:
    ada = server.person()
    await ada.says("/start")
    return ada


@pytest.fixture
async def bot(server: BotApi) -> AsyncIterator[Bot]:
    transports = Transport(), Transport()
    async with Bot(
        server.token, base_url=server.base_url, base_file_url=server.base_file_url,
        request=transports[0], get_updates_request=transports[1],
    ) as bot:  # fmt: skip
        yield bot


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = await Store.open(f"sqlite:///{tmp_path / 'limber.db'}", KEYS)
    yield store
    await store.close()


@pytest.fixture
def studio() -> Studio:
    return Studio()


@pytest.fixture
def carrier(bot: Bot, store: Store, studio: Studio) -> TelegramCarrier:
    return started(bot, store, studio)


def started(bot: Bot, store: Store, studio: Studio) -> TelegramCarrier:
    """Give a carrier that remembers nothing but what the store does."""
    media = Media(store, bot.id, content(), draw=studio.draw, compose=studio.compose)
    return TelegramCarrier(bot, media)


def card(
    ada: Person, text: str, figure: str | None = KNEE, *, replaces: int | None = None,
    last: bool = False,
) -> Outgoing:  # fmt: skip
    return Outgoing(
        ada.id, Page(text, () if last else STOP), figure, replaces=replaces,
        change=replaces is not None,
    )  # fmt: skip


def methods(server: BotApi) -> list[str]:
    return [call.method for call in server.calls if call.method.startswith(("send", "edit"))]


def uploads(server: BotApi) -> int:
    return len(server.world.files.by_id)


class TestPictures:
    async def test_a_card_is_a_photo_with_a_caption_and_buttons(
        self, carrier: TelegramCarrier, ada: Person
    ) -> None:
        await carrier.send(card(ada, "<b>1 of 6</b> · One knee"))
        shown = ada.told[-1]

        assert shown.media is not None
        assert ("photo", PNG + KNEE.encode()) == (shown.media.kind, shown.media.upload.content)
        assert "1 of 6 · One knee" == shown.caption
        assert ["Stop"] == shown.buttons

    async def test_ticks_edit_the_caption_and_a_new_move_the_picture(
        self, carrier: TelegramCarrier, server: BotApi, ada: Person
    ) -> None:
        number = await carrier.send(card(ada, "Get ready"))
        await carrier.change(card(ada, "14 s left", replaces=number))
        await carrier.change(card(ada, "14 s left", replaces=number))  # changes nothing: done
        await carrier.change(card(ada, "Tilt", TILT, replaces=number))
        await carrier.change(card(ada, "9 s left", TILT, replaces=number))

        assert [
            "sendPhoto", "editMessageCaption", "editMessageCaption", "editMessageMedia",
            "editMessageCaption",
        ] == methods(server)  # fmt: skip
        assert 1 == len(ada.told)
        assert ada.told[-1].media is not None
        assert PNG + TILT.encode() == ada.told[-1].media.upload.content

    async def test_each_picture_is_drawn_and_uploaded_once(
        self, carrier: TelegramCarrier, bot: Bot, store: Store, studio: Studio, server: BotApi,
        ada: Person,
    ) -> None:  # fmt: skip
        for exercise in (KNEE, TILT, KNEE, TILT):
            await carrier.send(card(ada, "x", exercise))
        await started(bot, store, studio).send(card(ada, "after a restart"))

        assert [KNEE, TILT] == studio.made
        assert 2 == uploads(server)

    async def test_a_refused_file_id_is_uploaded_anew(
        self, carrier: TelegramCarrier, server: BotApi, ada: Person
    ) -> None:
        await carrier.send(card(ada, "one"))
        server.world.files.forget(next(iter(server.world.files.by_id)))
        await carrier.send(card(ada, "two"))
        await carrier.send(card(ada, "three"))

        assert ["one", "two", "three"] == [message.caption for message in ada.told]
        assert 1 == uploads(server)

    async def test_after_a_restart_the_first_edit_names_the_picture_again(
        self, carrier: TelegramCarrier, bot: Bot, store: Store, studio: Studio, server: BotApi,
        ada: Person,
    ) -> None:  # fmt: skip
        number = await carrier.send(card(ada, "one"))
        again = started(bot, store, studio)
        await again.change(card(ada, "two", replaces=number))
        await again.change(card(ada, "three", replaces=number))

        assert ["sendPhoto", "editMessageMedia", "editMessageCaption"] == methods(server)
        assert "three" == ada.told[-1].caption

    async def test_a_text_becomes_a_picture_in_its_place(
        self, carrier: TelegramCarrier, ada: Person
    ) -> None:
        number = await carrier.send(card(ada, "a text", None))
        await carrier.change(card(ada, "a picture", replaces=number))

        assert [("a picture", None)] == [(message.caption, message.text) for message in ada.told]

    @pytest.mark.parametrize("remembers", [True, False])
    async def test_a_picture_never_becomes_a_text_that_can_be_tapped(
        self, carrier: TelegramCarrier, bot: Bot, store: Store, studio: Studio, ada: Person,
        *, remembers: bool,
    ) -> None:  # fmt: skip
        number = await carrier.send(card(ada, "a picture"))
        other = carrier if remembers else started(bot, store, studio)

        with pytest.raises(Gone):
            await other.change(card(ada, "pictures are off now", None, replaces=number))
        assert "a picture" == ada.told[-1].caption

    @pytest.mark.parametrize("remembers", [True, False])
    async def test_the_last_line_of_a_card_stands_under_its_picture(
        self, carrier: TelegramCarrier, bot: Bot, store: Store, studio: Studio, ada: Person,
        *, remembers: bool,
    ) -> None:  # fmt: skip
        number = await carrier.send(card(ada, "a picture"))
        other = carrier if remembers else started(bot, store, studio)
        await other.change(card(ada, "One knee: done.", None, replaces=number, last=True))

        assert [("One knee: done.", [])] == [(m.caption, m.buttons) for m in ada.told]


class TestNoPicture:
    async def test_what_cannot_be_drawn_goes_as_text_and_is_not_tried_again(
        self, carrier: TelegramCarrier, studio: Studio, ada: Person
    ) -> None:
        studio.broken.add(KNEE)
        number = await carrier.send(card(ada, "one"))
        await carrier.change(card(ada, "two", replaces=number))

        assert ["two"] == [message.text for message in ada.told]
        assert [KNEE] == studio.made

    async def test_a_refused_picture_goes_as_text(
        self, carrier: TelegramCarrier, server: BotApi, ada: Person
    ) -> None:
        why = "Bad Request: IMAGE_PROCESS_FAILED"
        body = {"ok": False, "error_code": 400, "description": why}
        server.fail_next("sendPhoto", status=400, body=body)
        await carrier.send(card(ada, "one"))

        assert "one" == ada.told[-1].text

    async def test_without_media_everything_is_text(self, bot: Bot, ada: Person) -> None:
        await TelegramCarrier(bot).send(card(ada, "one"))

        assert "one" == ada.told[-1].text

    async def test_a_block_is_a_block_and_no_fault_of_the_picture(
        self, carrier: TelegramCarrier, studio: Studio, ada: Person
    ) -> None:
        ada.room.shut = "bot was blocked by the user"
        with pytest.raises(BlockedByUser):
            await carrier.send(card(ada, "one"))
        ada.room.shut = None
        await carrier.send(card(ada, "two"))

        assert "two" == ada.told[-1].caption
        assert [KNEE, KNEE] == studio.made


class TestSounds:
    def heard(self, ada: Person) -> Outgoing:
        return Outgoing(ada.id, Page("Press play.", ()), sound=SOUND)

    async def test_a_track_is_a_voice_note_and_uploaded_once(
        self, carrier: TelegramCarrier, studio: Studio, server: BotApi, ada: Person
    ) -> None:
        await carrier.send(self.heard(ada))
        await carrier.send(self.heard(ada))

        assert ["sendVoice", "sendVoice"] == methods(server)
        assert ["sound"] == studio.made
        assert 1 == uploads(server)
        assert "Press play." == ada.told[-1].caption

    @pytest.mark.parametrize(
        ("status", "words"),
        [
            (400, "Bad Request: VOICE_MESSAGES_FORBIDDEN"),
            (400, "Bad Request: user has forbidden voice messages: voice messages forbidden"),
            (403, "Forbidden: voice messages are not allowed"),
        ],
    )
    async def test_who_takes_no_voice_notes_gets_an_audio_file(
        self, status: int, words: str, carrier: TelegramCarrier, server: BotApi, ada: Person
    ) -> None:
        body = {"ok": False, "error_code": status, "description": words}
        server.fail_next("sendVoice", status=status, body=body, times=2)
        await carrier.send(self.heard(ada))
        await carrier.send(self.heard(ada))
        shown = ada.told[-1]

        assert shown.media is not None
        assert "audio" == shown.media.kind
        assert "Session, 5 minutes" == shown.media.facts["title"]
        assert 1 == uploads(server)

    async def test_without_a_track_its_message_says_so(
        self, carrier: TelegramCarrier, studio: Studio, ada: Person
    ) -> None:
        studio.broken.add("sound")
        await carrier.send(self.heard(ada))

        assert "No sound." == ada.told[-1].text

"""Listen mode in Telegram's protocol: a real track goes ahead of a card that is a picture."""

from __future__ import annotations

from io import BytesIO

import av

from content.catalogue import Catalogue
from tests.bot.conftest import Serve
from tests.bot.process import Limber
from tests.bot.seed import TO_THE_OFFER, played
from tests.bot.walk import SEES_S, STOP, says, taps
from tests.botapi.chats import Message
from tests.botapi.people import Person
from tests.botapi.server import BotApi
from tests.transcript import Chat


def practised(catalogue: Catalogue) -> Chat:
    """Give someone who has come twice already, and stands before the third time."""
    chat = played(catalogue, TO_THE_OFFER)
    chat.talk = chat.talk.model_copy(update={"sessions_done": 2})
    return chat


async def listens(person: Person) -> Message:
    await says(person, "/start", "Good news")
    await taps(person, "Listen", "None of those")
    return await taps(person, "1 None of those", "Get ready")


async def test_the_track_goes_ahead_and_is_uploaded_once(
    api: BotApi, limber: Limber, serving: Serve, catalogue: Catalogue
) -> None:
    await serving({1001: practised(catalogue), 1002: practised(catalogue)})
    ada, bo = api.person(1001), api.person(1002)
    cards = [await listens(person) for person in (ada, bo)]
    voices = [await person.sees("Press play", SEES_S) for person in (ada, bo)]

    assert all(card.media and card.media.kind == "photo" for card in cards)
    assert [True, True] == [v.message_id < c.message_id for v, c in zip(voices, cards, strict=True)]
    voice = voices[0].media
    assert voice is not None
    assert ("voice", voices[1].media) == (voice.kind, voice)
    with av.open(BytesIO(voice.upload.content), "r") as track:
        assert "opus" == track.streams.audio[0].codec_context.name
    calls = {call.method: call.params for call in api.calls}
    assert abs(calls["sendVoice"]["duration"] - track_s(voice.upload.content)) < 1

    stop = await taps(ada, STOP, "Stopped.")
    assert "Pause the sound too." in stop.words
    assert "not_delivered" not in limber.errors
    assert "not_made" not in limber.errors


def track_s(file: bytes) -> float:
    with av.open(BytesIO(file), "r") as track:
        return sum(frame.samples / frame.sample_rate for frame in track.decode(audio=0))

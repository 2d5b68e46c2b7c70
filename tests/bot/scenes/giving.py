"""What Limber gives back, in Telegram: a card for the desk, a page, everything as files."""

from __future__ import annotations

import zipfile
from io import BytesIO

from content.catalogue import Catalogue
from tests.bot.scenes import refused
from tests.bot.seed import played
from tests.bot.walk import SEES_S, says, taps
from tests.botapi.chats import Message
from tests.botapi.people import Person
from tests.botapi.server import BotApi
from tests.transcript import Chat

FILES = {
    "answers.csv", "everything.json", "facts.csv", "fhir.json", "pain.csv", "ratings.csv",
    "sessions.csv", "stops.csv",
}  # fmt: skip


class GivesBack:
    """Somebody sent to a doctor shows the card, makes a page, takes a copy, and leaves."""

    def people(self, catalogue: Catalogue) -> dict[int, Chat]:
        return {1701: played(catalogue, "@ urgent")}

    async def play(self, api: BotApi) -> None:
        ada = api.person(1701)
        await says(ada, "/start", "Please be seen today")
        card = await taps(ada, "Show this to staff", "It needs no network")
        assert file_of(card, "photo").startswith(b"\x89PNG")
        await self.page(ada)
        await self.leaves(ada)
        assert [] == refused(api, ada.id)

    async def page(self, ada: Person) -> None:
        await says(ada, "/report", "Which weeks")
        await taps(ada, "2 weeks", "What should be on the page")
        await taps(ada, "Show it to me first", "Shall I make it a PDF")
        assert [m for m in ada.told if "makes no diagnosis" in m.words], "as text, to be copied"
        sent = await taps(ada, "Send as PDF", "One page, to print")
        assert file_of(sent, "document").startswith(b"%PDF")

    async def leaves(self, ada: Person) -> None:
        await says(ada, "/delete", "This erases everything")
        copy = await taps(ada, "Send me a copy first", "All I keep of you")
        with zipfile.ZipFile(BytesIO(file_of(copy, "document"))) as folder:
            assert set(folder.namelist()) == FILES
        await ada.sees("This erases everything", SEES_S, anew=True)  # below the copy, and no sooner
        await taps(ada, "Delete everything", "Erased at")


def file_of(message: Message, kind: str) -> bytes:
    assert message.media is not None
    assert kind == message.media.kind
    return message.media.upload.content

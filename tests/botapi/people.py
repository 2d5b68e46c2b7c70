"""People, as the bot meets them: they write, tap, block, and look at their screens."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING, Any

from tests.botapi.chats import Chat, Message
from tests.botapi.files import Upload
from tests.botapi.markup import units
from tests.botapi.messages import TEXT_UNITS
from tests.botapi.world import Tap, World

if TYPE_CHECKING:
    from tests.botapi.server import BotApi

Json = dict[str, Any]
Wanted = str | Callable[[Message], bool]
COMMAND = re.compile(r"(?<!\S)/[A-Za-z0-9_]{1,64}(?:@\w+)?")
MEMBER: dict[str, Json] = {
    "member": {"status": "member"},
    "kicked": {"status": "kicked", "until_date": 0},
}
QUERIES = count(1)


def commands_in(text: str) -> list[Json]:
    return [
        {"type": "bot_command", "offset": units(text[: at.start()]), "length": units(at[0])}
        for at in COMMAND.finditer(text)
    ]


class Watched:
    """A chat that somebody looks at."""

    def __init__(self, server: BotApi, chat: Chat) -> None:
        self.server, self.room = server, chat
        self.acted = 0  # how many changes the server had seen when they last did something

    @property
    def world(self) -> World:
        return self.server.world

    @property
    def chat(self) -> list[Message]:
        """Give the messages as they are seen now, oldest first."""
        return self.room.seen()

    @property
    def told(self) -> list[Message]:
        """Give what the bot has written, without the lines that pins leave."""
        return [m for m in self.chat if m.from_bot and "pinned_message" not in m.extra]

    @property
    def buttons(self) -> list[str]:
        """Give the labels below the newest message that has any."""
        return next((m.buttons for m in reversed(self.chat) if m.buttons), [])

    async def sees(self, wanted: Wanted, within_s: float = 5.0, *, anew: bool = False) -> Message:
        """Wait until a message of the bot fits; `anew`: changed since they last acted."""

        def found() -> Message | None:
            for message in reversed(self.told):
                fits = wanted in message.words if isinstance(wanted, str) else wanted(message)
                if fits and (not anew or message.changed > self.acted):
                    return message
            return None

        seen = f"{wanted!r} in {[m.words for m in self.told][-5:]}"
        message: Message = await self.server.until(found, within_s, seen)
        return message

    async def add(self, kind: str, payload: Json) -> None:
        self.acted = self.world.changes
        await self.world.updates.add(kind, payload)

    async def writes(self, sender: Json, **content: Any) -> Message:  # noqa: ANN401 - fields
        self.room.started = True
        message = self.world.place(self.room, sender, **content)
        await self.add("message", message.to_json())
        return message

    async def press(self, sender: Json, data: str, message: Message) -> Tap:
        """Send a callback query; of a message that is gone the bot learns only where it stood."""
        tap = Tap(f"{self.room.id}{next(QUERIES):08d}", self.world.now())
        self.world.taps[tap.query_id] = tap
        query = {
            "id": tap.query_id,
            "from": sender,
            "chat_instance": str(abs(self.room.id) * 7919),
            "message": message.inaccessible() if message.gone else message.to_json(),
            "data": data,
        }
        await self.add("callback_query", query)
        return tap


class Person(Watched):
    """One person and their private chat with the bot."""

    def __init__(
        self, server: BotApi, number: int, first_name: str, language_code: str | None
    ) -> None:
        chat = Chat(number, {"type": "private", "first_name": first_name})
        super().__init__(server, chat)
        self.world.chats.by_id[number] = chat
        self.id = number
        self.user: Json = {"id": number, "is_bot": False, "first_name": first_name}
        if language_code:
            self.user["language_code"] = language_code

    async def says(self, text: str, **extra: Any) -> Message:  # noqa: ANN401 - fields of a message
        if not 1 <= units(text) <= TEXT_UNITS:
            raise ValueError("a client sends 1 to 4096 characters at once")
        return await self.writes(self.user, text=text, entities=commands_in(text), extra=extra)

    async def sends(self, **extra: Any) -> Message:  # noqa: ANN401 - fields of a message
        """Send anything that is no text, by the fields of its message."""
        return await self.writes(self.user, extra=extra)

    async def sends_sticker(self) -> Message:
        sticker = {"type": "regular", "width": 512, "height": 512, "emoji": "👍"}
        ids = {"file_id": "sticker-1", "file_unique_id": "s1"}
        return await self.sends(sticker=sticker | ids | {"is_animated": False, "is_video": False})

    async def sends_voice(self) -> Message:
        stored = self.world.files.keep("voice", Upload("v.ogg", b"OggS", "audio/ogg"), {})
        return await self.writes(self.user, media=stored)

    async def sends_photo(self, caption: str | None = None) -> Message:
        stored = self.world.files.keep("photo", Upload("p.jpg", b"\xff\xd8\xff", "image/jpeg"), {})
        return await self.writes(self.user, media=stored, caption=caption)

    async def sends_location(self) -> Message:
        return await self.sends(location={"latitude": 48.2, "longitude": 16.37})

    async def sends_contact(self) -> Message:
        return await self.sends(contact={"phone_number": "+43000000", "first_name": "Bo"})

    async def sends_dice(self) -> Message:
        return await self.sends(dice={"emoji": "🎲", "value": 4})

    async def edits(self, message: Message, text: str) -> Message:
        message.text, message.entities = text, commands_in(text)
        message.edits += 1
        message.edited_at = self.world.date()
        self.world.touch(message)
        await self.add("edited_message", message.to_json())
        return message

    async def deletes(self, message: Message) -> None:
        """Remove a message on both sides; Telegram tells the bot nothing."""
        message.gone = True
        self.world.touch(message)

    async def taps(
        self,
        wanted: str | Callable[[str], bool],
        on: Message | None = None,
        *,
        within_s: float = 5.0,
        stale: bool = False,
    ) -> Tap:
        """Tap a button, once it shows: by its label, or the first whose label fits.

        `stale` taps one that was there before, as a slow network makes people do.
        """

        def found() -> tuple[Message, Json] | None:
            for message in [on] if on else reversed(self.chat):
                boards = [message.keyboard, *(message.past_keyboards[::-1] if stale else [])]
                for button in (b for board in boards for row in board for b in row):
                    if wanted(button["text"]) if callable(wanted) else wanted == button["text"]:
                        return message, button
            return None

        missed = f"button {wanted!r} among {[m.buttons for m in self.told if m.buttons]}"
        message, button = await self.server.until(found, within_s, missed)
        if "callback_data" not in button:
            raise ValueError(f"{button['text']!r} tells the bot nothing when tapped")
        return await self.press(self.user, button["callback_data"], message)

    async def sends_data(self, data: str, on: Message | None = None) -> Tap:
        """Send callback data that no button carries, as a forged client can."""
        return await self.press(self.user, data, on or self.told[-1])

    async def answered(self, tap: Tap, within_s: float = 5.0) -> str:
        """Wait for the toast that answers a tap, and read it."""
        await self.server.until(lambda: tap.answer is not None, within_s, "an answer to the tap")
        text: str = (tap.answer or {})["text"]
        return text

    async def blocks(self) -> None:
        self.room.shut = "bot was blocked by the user"
        await self.turned("member", "kicked")

    async def unblocks(self) -> None:
        self.room.shut = None
        await self.turned("kicked", "member")

    async def turned(self, old: str, new: str) -> None:
        await self.add("my_chat_member", membership(self.world, self.room, self.user, old, new))


class Group(Watched):
    """A group with the bot in it."""

    async def says(self, person: Person, text: str) -> Message:
        return await self.writes(person.user, text=text, entities=commands_in(text))

    async def taps(self, person: Person, label: str, on: Message) -> Tap:
        return await self.press(person.user, on.button(label)["callback_data"], on)

    async def adds_bot(self, person: Person) -> None:
        self.room.started, self.room.shut = True, None
        change = membership(self.world, self.room, person.user, "left", "member")
        await self.add("my_chat_member", change)

    async def removes_bot(self, person: Person) -> None:
        self.room.shut = "bot was kicked from the supergroup chat"
        change = membership(self.world, self.room, person.user, "member", "kicked")
        await self.add("my_chat_member", change)


def membership(world: World, chat: Chat, by: Json, old: str, new: str) -> Json:
    def member(status: str) -> Json:
        return {"user": world.bot} | MEMBER.get(status, {"status": status})

    return {
        "chat": chat.to_json(),
        "from": by,
        "date": world.date(),
        "old_chat_member": member(old),
        "new_chat_member": member(new),
    }

"""Messages out to Telegram: each as a text, as a picture with a caption, or with a sound.

What stands in the chat decides: a text or a picture can become a picture, but no picture becomes
a text; there a new message is sent.  Which picture stands where is remembered only to spare
requests: after a restart each first edit names the picture again.
"""

from __future__ import annotations

from collections import OrderedDict
from contextlib import suppress
from dataclasses import replace
from typing import Any, TypedDict

from telegram import (
    Bot,
    InlineKeyboardMarkup,
    InputMediaAnimation,
    InputMediaPhoto,
    Message,
)
from telegram.constants import ChatAction, ParseMode

from bot.frontends.answers import Same, Uncheered, Unwanted, Wordless, told
from bot.frontends.media import Media, Medium, Unsendable
from bot.frontends.wire import Wire
from bot.ports import BlockedByUser, Gone, NotSent, Outgoing, Refused, Sounding, Unknown, Withdrawn
from bot.render.held import File
from bot.render.message import Button, Page

NO_PREVIEW = {"is_disabled": True}
STANDING_KEPT = 4096
SOUND_NAME, PERFORMER = "session.ogg", "Limber"
PARTY = "5046509860389126442"  # the effect of 🎉: Telegram lists none, clients have it by this id


class Manner(TypedDict):
    """What all new messages have in common."""

    disable_notification: bool
    protect_content: bool | None
    message_effect_id: str | None


class TelegramCarrier:
    """Requests to the Bot API; without `media` everything is text."""

    def __init__(self, bot: Bot, media: Media | None = None) -> None:
        self.bot, self.media, self.wire = bot, media, Wire(bot)
        self.standing: OrderedDict[tuple[int, int], str] = OrderedDict()  # exercises, by message

    # ---- new messages

    async def send(self, message: Outgoing) -> int:
        number = await self._sent(message)
        if message.pin:
            with suppress(NotSent, Unknown, Refused):
                await told(
                    self.bot.pin_chat_message(message.chat_id, number, disable_notification=True)
                )
        return number

    async def _sent(self, message: Outgoing) -> int:
        """Send it the best way there is; a flourish that Telegram does not know is left out."""
        try:
            return await self._dressed(message)
        except Uncheered:
            return await self._dressed(replace(message, cheer=False))

    async def _dressed(self, message: Outgoing) -> int:
        if message.file is not None:
            return await self._filed(message, message.file)
        if message.sound is not None:
            return await self._sounded(message, message.sound)
        if message.figure is not None and self.media is not None:
            with suppress(Unsendable):
                return await self._pictured(message, message.figure, self.media)
        return await self._texted(message, message.page)

    async def _texted(self, message: Outgoing, page: Page) -> int:
        still(message)
        return await told(
            self.wire.sent(
                "sendMessage",
                chat_id=message.chat_id,
                text=page.text,
                parse_mode=ParseMode.HTML,
                reply_markup=buttons(page),
                link_preview_options=NO_PREVIEW,
                **manner(message),
            )
        )

    async def _pictured(self, message: Outgoing, figure: str, media: Media) -> int:
        medium = shown_by(message, figure, media)
        send = self.bot.send_animation if medium.kind == "animation" else self.bot.send_photo

        async def ask(file: str | bytes) -> Message:
            still(message)
            return await told(
                send(
                    message.chat_id,
                    file,
                    caption=message.page.text,
                    parse_mode=ParseMode.HTML,
                    reply_markup=keyboard(message.page),
                    **manner(message),
                )
            )

        sent = await media.sent(medium, ask)
        self._stands(message.chat_id, sent.message_id, figure)
        return sent.message_id

    async def _filed(self, message: Outgoing, file: File) -> int:
        """Send a file that is this user's alone; refused, it is said to be lost."""
        still(message)
        send = self.bot.send_photo if file.kind == "photo" else self.bot.send_document
        try:
            sent = await told(
                send(
                    message.chat_id,
                    file.content,
                    caption=message.page.text,
                    parse_mode=ParseMode.HTML,
                    filename=file.name,
                    **manner(message),
                )
            )
        except (BlockedByUser, Gone):
            raise
        except Refused:
            return await self._texted(message, message.lost or message.page)
        return sent.message_id

    async def busy(self, chat_id: int) -> None:
        await told(self.bot.send_chat_action(chat_id, ChatAction.UPLOAD_DOCUMENT))

    async def _sounded(self, message: Outgoing, sound: Sounding) -> int:
        """Send a sound as a voice note, to those who take none as an audio file."""
        try:
            try:
                sent = await self._voiced(message, sound)
            except Unwanted:
                sent = await self._played(message, sound)
        except Unsendable:
            return await self._texted(message, sound.lost)
        return sent.message_id

    async def _voiced(self, message: Outgoing, sound: Sounding) -> Message:
        if self.media is None:
            raise Unsendable

        async def ask(file: str | bytes) -> Message:
            still(message)
            return await told(
                self.bot.send_voice(
                    message.chat_id,
                    file,
                    duration=round(sound.seconds),
                    caption=message.page.text,
                    parse_mode=ParseMode.HTML,
                    reply_markup=keyboard(message.page),
                    filename=SOUND_NAME,
                    **manner(message),
                )
            )

        return await self.media.sent(self.media.sound(sound, "voice"), ask)

    async def _played(self, message: Outgoing, sound: Sounding) -> Message:
        if self.media is None:
            raise Unsendable

        async def ask(file: str | bytes) -> Message:
            still(message)
            return await told(
                self.bot.send_audio(
                    message.chat_id,
                    file,
                    duration=round(sound.seconds),
                    performer=PERFORMER,
                    title=sound.title,
                    caption=message.page.text,
                    parse_mode=ParseMode.HTML,
                    reply_markup=keyboard(message.page),
                    filename=SOUND_NAME,
                    **manner(message),
                )
            )

        return await self.media.sent(self.media.sound(sound, "audio"), ask)

    # ---- messages that stand

    async def change(self, message: Outgoing) -> None:
        with suppress(Same):
            if message.figure is not None and self.media is not None:
                with suppress(Unsendable):
                    await self._repictured(message, message.figure, self.media)
                    return
            await self._retexted(message)

    async def _repictured(self, message: Outgoing, figure: str, media: Media) -> None:
        """Change picture and caption; of the same picture the caption alone."""
        number = message.replaces or 0
        if self.standing.get((message.chat_id, number)) == figure:
            await self._recaptioned(message)
            return

        medium = shown_by(message, figure, media)
        of = InputMediaAnimation if medium.kind == "animation" else InputMediaPhoto

        async def ask(file: str | bytes) -> Message:
            still(message)
            edited = await told(
                self.bot.edit_message_media(
                    of(file, caption=message.page.text, parse_mode=ParseMode.HTML),
                    chat_id=message.chat_id,
                    message_id=number,
                    reply_markup=keyboard(message.page),
                )
            )
            if not isinstance(edited, Message):
                raise Refused("no message of ours")
            return edited

        with suppress(Same):
            await media.sent(medium, ask)
        self._stands(message.chat_id, number, figure)

    async def _recaptioned(self, message: Outgoing) -> None:
        still(message)
        await told(
            self.wire.ask(
                "editMessageCaption",
                chat_id=message.chat_id,
                message_id=message.replaces,
                caption=message.page.text,
                parse_mode=ParseMode.HTML,
                reply_markup=buttons(message.page),
            )
        )

    async def _retexted(self, message: Outgoing) -> None:
        """Change a text; a picture that has done its work keeps it, under a last line.

        While there is still something to tap, no picture may stand that was not asked for.
        """
        if (message.chat_id, message.replaces) not in self.standing:
            with suppress(Wordless):
                await self._rewritten(message)
                return
        if message.page.buttons:
            raise Gone("a picture stands there")
        await self._recaptioned(message)

    async def _rewritten(self, message: Outgoing) -> None:
        still(message)
        await told(
            self.wire.ask(
                "editMessageText",
                text=message.page.text,
                chat_id=message.chat_id,
                message_id=message.replaces,
                parse_mode=ParseMode.HTML,
                reply_markup=buttons(message.page),
                link_preview_options=NO_PREVIEW,
            )
        )

    async def strip(self, chat_id: int, message_id: int) -> None:
        with suppress(Same, Gone):
            await told(
                self.wire.ask("editMessageReplyMarkup", chat_id=chat_id, message_id=message_id)
            )

    async def remove(self, chat_id: int, message_ids: list[int]) -> None:
        with suppress(Gone):
            await told(self.wire.ask("deleteMessages", chat_id=chat_id, message_ids=message_ids))

    def _stands(self, chat_id: int, message_id: int, figure: str) -> None:
        self.standing[chat_id, message_id] = figure
        self.standing.move_to_end((chat_id, message_id))
        if len(self.standing) > STANDING_KEPT:
            self.standing.popitem(last=False)


def manner(message: Outgoing) -> Manner:
    return {
        "disable_notification": message.silent,
        "protect_content": message.protect or None,
        "message_effect_id": PARTY if message.cheer else None,
    }


def still(message: Outgoing) -> None:
    """Begin no request for what was withdrawn, perhaps while its picture was being drawn."""
    if not message.wanted():
        raise Withdrawn


def shown_by(message: Outgoing, figure: str, media: Media) -> Medium:
    """Choose the film, where one is wanted and there is one; else the still picture."""
    return (media.moving(figure) if message.motion else None) or media.picture(figure)


def buttons(page: Page) -> dict[str, Any] | None:
    """Write the buttons under a message, as JSON."""
    rows = [[_button(button) for button in row] for row in page.buttons]
    return {"inline_keyboard": rows} if rows else None


def _button(button: Button) -> dict[str, str]:
    given = {"text": button.label, "callback_data": button.tap}
    return given if button.style == "plain" else {**given, "style": button.style}


def keyboard(page: Page) -> InlineKeyboardMarkup | None:
    """Write the same for the library's typed methods."""
    return InlineKeyboardMarkup.de_json(given, None) if (given := buttons(page)) else None

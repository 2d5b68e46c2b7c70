"""The library's typed methods pass, and what the server says becomes the library's own types."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    MenuButtonCommands,
    Message,
    MessageEntity,
    ReplyParameters,
)
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter

from tests.botapi import BotApi, Person
from tests.botapi.test_requests import PNG

BOARD = InlineKeyboardMarkup(
    [
        [InlineKeyboardButton("Stop", callback_data="1|stop", style="danger")],
        [InlineKeyboardButton("Number", copy_text=CopyTextButton("112"))],
    ]
)


@pytest.fixture
async def bot(server: BotApi) -> AsyncIterator[Bot]:
    bot = Bot(server.token, base_url=server.base_url, base_file_url=server.base_file_url)
    async with bot:
        yield bot


async def test_a_card_is_sent_changed_pinned_and_removed(bot: Bot, ada: Person) -> None:
    card = await bot.send_message(
        ada.id,
        "<b>Cat-cow</b>",
        parse_mode=ParseMode.HTML,
        reply_markup=BOARD,
        disable_notification=True,
        protect_content=True,
        message_effect_id="5104841245755180586",
    )
    assert (card.text, card.reply_markup) == ("Cat-cow", BOARD)
    ends = MessageEntity(
        MessageEntity.DATE_TIME, 0, 4, unix_time=datetime(2026, 10, 1, tzinfo=UTC),
        date_time_format="r",
    )  # fmt: skip
    changed = await card.edit_text("soon", entities=[ends], reply_markup=None)
    assert isinstance(changed, Message)
    assert changed.entities == (ends,)
    assert await card.pin(disable_notification=True)
    assert await bot.send_chat_action(ada.id, ChatAction.TYPING)
    assert await card.delete()
    reply = ReplyParameters(card.message_id, allow_sending_without_reply=True)
    assert (await bot.send_message(ada.id, "x", reply_parameters=reply)).reply_to_message is None


async def test_pictures_are_uploaded_replaced_and_fetched(bot: Bot, ada: Person) -> None:
    message = await bot.send_photo(ada.id, PNG, caption="One", filename="one.png")
    media = InputMediaPhoto(PNG, caption="<i>Two</i>", parse_mode=ParseMode.HTML)
    changed = await message.edit_media(media, reply_markup=BOARD)
    assert isinstance(changed, Message)
    assert (changed.caption, ada.told[-1].buttons) == ("Two", ["Stop", "Number"])
    file = await changed.photo[-1].get_file()
    assert bytes(await file.download_as_bytearray()) == PNG
    again = InputMediaPhoto(
        changed.photo[-1].file_id,
        caption="Two",
        caption_entities=[MessageEntity(MessageEntity.ITALIC, 0, 3)],
    )
    with pytest.raises(BadRequest, match="not modified"):
        await message.edit_media(again, reply_markup=BOARD)


async def test_files_of_each_kind_can_be_sent(bot: Bot, ada: Person) -> None:
    voice = await bot.send_voice(ada.id, b"OggS and so on", duration=3)
    assert voice.voice
    assert (await bot.send_voice(ada.id, voice.voice.file_id)).voice == voice.voice
    assert (await bot.send_document(ada.id, b"%PDF-", filename="report.pdf")).document
    assert (await bot.send_animation(ada.id, b"GIF89a")).animation
    assert (await bot.send_audio(ada.id, b"ID3", title="Track", performer="Limber")).audio


async def test_the_profile_is_set_and_read_back(bot: Bot) -> None:
    commands = [BotCommand("stop", "Stop at once")]
    assert await bot.set_my_commands(commands, BotCommandScopeAllPrivateChats(), "en")
    assert await bot.get_my_commands(BotCommandScopeAllPrivateChats(), "en") == tuple(commands)
    assert await bot.set_my_name("Limber")
    assert await bot.set_my_description("Careful.", language_code="en")
    assert (await bot.get_my_description("en")).description == "Careful."
    assert await bot.set_my_short_description("Careful.")
    assert await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert await bot.get_chat_menu_button() == MenuButtonCommands()
    assert (await bot.get_me()).first_name == "Limber"


async def test_everything_people_do_arrives_as_an_update(
    bot: Bot, server: BotApi, ada: Person
) -> None:
    await bot.send_message(ada.id, "Ready?", reply_markup=BOARD)
    said = await ada.says("/start now")
    await ada.edits(said, "/stop")
    await ada.sends_sticker()
    await ada.sends_voice()
    await ada.sends_photo("my back")
    await ada.sends_location()
    await ada.sends_contact()
    await ada.sends_dice()
    tap = await ada.taps("Stop")
    await ada.blocks()
    updates = await bot.get_updates(timeout=1)
    first, edited, sticker, voice, photo, place, contact, dice, tapped, blocked = updates
    assert first.message
    assert first.message.parse_entities(["bot_command"])
    assert first.effective_user
    assert first.effective_user.language_code == "en"
    assert edited.edited_message
    told = [sticker, voice, photo, place, contact, dice]
    kinds = ["sticker", "voice", "photo", "location", "contact", "dice"]
    assert all(getattr(u.message, kind) for u, kind in zip(told, kinds, strict=True))
    assert tapped.callback_query
    assert (tapped.callback_query.id, tapped.callback_query.data) == (tap.query_id, "1|stop")
    assert blocked.my_chat_member
    assert blocked.my_chat_member.new_chat_member.status == "kicked"
    assert await tapped.callback_query.answer("Stopped") is True
    assert await ada.answered(tap) == "Stopped"
    assert len(server.called("answerCallbackQuery")) == 1


async def test_refusals_become_the_librarys_errors(
    bot: Bot, server: BotApi, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # else the library warns of its own future
    with pytest.raises(BadRequest, match=r"(?i)can't parse entities: unsupported start tag"):
        await bot.send_message(ada.id, "<h1>x</h1>", parse_mode=ParseMode.HTML)
    await ada.blocks()
    with pytest.raises(Forbidden, match="blocked by the user"):
        await bot.send_message(ada.id, "x")
    server.fail_next(
        "sendMessage",
        status=429,
        body={"ok": False, "error_code": 429, "parameters": {"retry_after": 7}},
    )
    with pytest.raises(RetryAfter, match="7"):
        await bot.send_message(ada.id, "x")
    with pytest.raises(InvalidToken):
        await Bot("1:wrong", base_url=server.base_url).__aenter__()  # closes what it opened

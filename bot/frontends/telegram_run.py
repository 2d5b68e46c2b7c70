"""Telegram, running: the bot's profile, the poller, and answers to taps."""

from __future__ import annotations

from babel import Locale
from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats
from telegram.error import InvalidToken, TelegramError

import structlog

from bot.frontends import ptb
from bot.frontends.transport import Transport
from bot.render.message import Voice
from bot.settings import Settings, SettingsFault
from bot.traces import kind
from bot.wiring import House, open_house
from content.catalogue import Catalogue
from flows.base import Said, Toast, said

COMMANDS = (
    "start", "stretch", "stop", "pain", "check", "reminders", "settings", "safety", "privacy",
    "delete", "help",
)  # fmt: skip
TOAST_LIMIT = 200

log = structlog.get_logger()


async def serve(settings: Settings) -> None:
    """Poll and answer until cancelled; raises SettingsFault when the token is refused."""
    assert settings.telegram_token is not None
    transport, polling = Transport(), Transport(size=2)
    bot = Bot(
        settings.telegram_token.get_secret_value(),
        base_url=settings.telegram_base_url,
        base_file_url=settings.telegram_base_file_url,
        request=transport,
        get_updates_request=polling,
    )
    try:
        await bot.initialize()
    except InvalidToken:
        raise SettingsFault(
            ["LIMBER_TELEGRAM_TOKEN: Telegram refuses this token. Ask @BotFather for a new one."]
        ) from None
    try:
        async with open_house(settings, ptb.NAME, ptb.TelegramCarrier(bot)) as house:
            await introduce(bot, house.catalogue)
            log.info("polling", bot=bot.username)
            hearing = Hearing(bot, house)
            await ptb.Poller(bot, polling, hearing.hear).run()
    finally:
        await bot.shutdown()


async def introduce(bot: Bot, catalogue: Catalogue) -> None:
    """Set the command list, for private chats only; a refusal here stops nothing."""
    for language in catalogue.words:
        commands = [
            BotCommand(name, told(said(f"command.{name}"), language, catalogue))
            for name in COMMANDS
        ]
        code = None if language == "en" else Locale.parse(language).language
        try:
            await bot.set_my_commands(
                commands, scope=BotCommandScopeAllPrivateChats(), language_code=code
            )
        except TelegramError as fault:
            log.warning("commands_not_set", error=kind(fault))


def told(piece: Said, language: str, catalogue: Catalogue) -> str:
    from datetime import UTC, datetime  # noqa: PLC0415

    return Voice(language, catalogue.words, datetime.now(UTC), "plain").told(piece)


class Hearing:
    """Hands what arrived to the house, and answers taps after the commit."""

    def __init__(self, bot: Bot, house: House) -> None:
        self.bot, self.house = bot, house

    async def hear(self, arrived: ptb.Arrived) -> bool:
        if arrived.group and arrived.chat_id is not None:
            await self._leave(arrived.chat_id)
        if arrived.heard is None or arrived.chat_id is None:
            return True
        kept, toast = await self.house.hear(arrived.chat_id, arrived.heard, arrived.update_id)
        if kept and arrived.query_id is not None:
            await self._answer(arrived.query_id, toast)
        return kept

    async def _answer(self, query_id: str, toast: Toast | None) -> None:
        text = told(toast.text, "en", self.house.catalogue)[:TOAST_LIMIT] if toast else None
        try:
            await self.bot.answer_callback_query(
                query_id, text=text, show_alert=toast.alert if toast else None
            )
        except TelegramError as fault:
            log.info("tap_not_answered", error=kind(fault))

    async def _leave(self, chat_id: int) -> None:
        text = told(said("talk.private_only"), "en", self.house.catalogue)
        label = told(said("button.private_chat"), "en", self.house.catalogue)
        await ptb.say_private_only(self.bot, chat_id, text, label)

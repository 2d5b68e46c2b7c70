"""How the bot presents itself: its texts, its commands in private chats, its menu button.

Each is looked at first and set only where it differs; a refusal here stops nothing.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog
from babel import Locale
from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats, MenuButtonCommands
from telegram.error import TelegramError

from bot.house import House, told_plainly
from bot.traces import kind
from flows.base import said

COMMANDS = (
    "start", "stretch", "stop", "pain", "check", "today", "report", "reminders", "settings",
    "safety", "why", "privacy", "delete", "help",
)  # fmt: skip
EVERYBODY = "en"  # what is set for no language in particular
PRIVATE = BotCommandScopeAllPrivateChats()

log = structlog.get_logger()


@dataclass(frozen=True)
class Line:
    """One thing to be seen of the bot: what it should be, and how it is read and written."""

    name: str
    wanted: object
    read: Callable[[], Awaitable[object]]
    write: Callable[[], Awaitable[object]]


async def introduce(bot: Bot, house: House) -> None:
    """See to it that everything reads as it should, in every language we speak."""
    lines = [_menu(bot)]
    for language in house.catalogue.words:
        lines += _lines(bot, house, language)
    for line in lines:
        try:
            if await line.read() != line.wanted:
                await line.write()
                log.info("profile_set", what=line.name)
        except TelegramError as fault:
            log.warning("profile_not_set", what=line.name, error=kind(fault))


def _menu(bot: Bot) -> Line:
    button = MenuButtonCommands()
    return Line(
        "menu", button, bot.get_chat_menu_button,
        lambda: bot.set_chat_menu_button(menu_button=button),
    )  # fmt: skip


def _lines(bot: Bot, house: House, language: str) -> tuple[Line, ...]:
    code = None if language == EVERYBODY else Locale.parse(language).language

    def told(key: str) -> str:
        return told_plainly(said(key), language, house)

    commands = tuple(BotCommand(name, told(f"command.{name}")) for name in COMMANDS)
    about, short = told("profile.description"), told("profile.short")

    async def read_about() -> str:
        return (await bot.get_my_description(language_code=code)).description

    async def read_short() -> str:
        return (await bot.get_my_short_description(language_code=code)).short_description

    return (
        Line(
            f"commands {language}", commands,
            lambda: bot.get_my_commands(scope=PRIVATE, language_code=code),
            lambda: bot.set_my_commands(commands, scope=PRIVATE, language_code=code),
        ),
        Line(
            f"description {language}", about, read_about,
            lambda: bot.set_my_description(about, language_code=code),
        ),
        Line(
            f"short description {language}", short, read_short,
            lambda: bot.set_my_short_description(short, language_code=code),
        ),
    )  # fmt: skip

"""Telegram, running: the bot's profile, the poller, and answers to taps."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from itertools import chain, repeat
from typing import Any

import structlog
from telegram import Bot
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.attended import attended
from bot.frontends import ptb
from bot.frontends.arrangement import arrange
from bot.frontends.carrier import TelegramCarrier
from bot.frontends.films import Films
from bot.frontends.media import Media
from bot.frontends.profile import introduce
from bot.frontends.transport import Transport
from bot.frontends.wire import Wire
from bot.house import House, told_plainly
from bot.opening import WayOut, open_house
from bot.service import Told
from bot.settings import Settings, SettingsFault
from bot.traces import kind
from flows.base import said

REFUSED = "LIMBER_TELEGRAM_TOKEN: Telegram refuses this token. Ask @BotFather for a new one."
NOT_THERE = (
    "LIMBER_WEBHOOK_URL: Telegram refuses this address. Use a public https address with a "
    "certificate, whose name the world can look up."
)
TOKEN = "LIMBER_TELEGRAM_TOKEN"  # noqa: S105 - the name of the setting
TOAST_LIMIT = 200
FILMS = "films"  # in the data directory
WAITS_S = (1, 2, 5, 10, 30)
ANSWERS_S = 3  # for answers to taps that are under way when we are told to stop

log = structlog.get_logger()


async def serve(settings: Settings) -> None:
    """Poll and answer until cancelled; raises SettingsFault when the token is refused."""
    token = settings.telegram_token
    if token is None:
        raise SettingsFault(["LIMBER_TELEGRAM_TOKEN: it is not set."])
    # All in all shorter than a lease: a request that hangs must not be sent again beside itself.
    transport = Transport(pool_s=0.5, connect_s=2.0, write_s=1.0, read_s=4.0)
    polling = Transport(size=2)
    bot = Bot(
        token.get_secret_value(),
        base_url=settings.telegram_base_url,
        base_file_url=settings.telegram_base_file_url,
        request=transport,
        get_updates_request=polling,
    )
    films = Films(settings.data_dir / FILMS)
    try:
        await _greet(bot)
        async with open_house(settings, ptb.NAME, _way_out(bot, films)) as house:
            await _arranged(bot, settings, house)
            hearing = Hearing(bot, house)
            hearing.beside(introduce(bot, house))  # whoever has written waits for it no longer
            try:
                async with attended(settings, house, reaches(bot)):
                    await _listen(bot, polling, hearing, settings)
            except InvalidToken:  # it was good when we began
                raise SettingsFault([REFUSED]) from None
            finally:
                await hearing.finished()
    finally:
        await films.close()
        await bot.shutdown()


def _way_out(bot: Bot, films: Films) -> WayOut:
    return lambda store, catalogue: TelegramCarrier(
        bot, Media(store, bot.id, catalogue, films=films)
    )


async def _listen(bot: Bot, polling: Transport, hearing: Hearing, settings: Settings) -> None:
    """Hear by webhook or by polling, until cancelled."""
    if settings.webhook_url:
        from bot.frontends.webhook import Webhook  # noqa: PLC0415 - a web server, else not needed

        await Webhook(hearing.hear, settings).run()
        return
    log.info("polling", bot=bot.username)
    house = hearing.house
    poller = ptb.Poller(bot, polling, hearing.hear, lambda: house.tally.turned("poller"))

    async def poll() -> None:
        try:
            await poller.run()
        finally:
            house.tally.rests("poller")  # it has lost the lead; that is no standing still

    await house.store.lead(poll)


async def _arranged(bot: Bot, settings: Settings, house: House) -> None:
    """See to it that Telegram brings updates the way we want them, once it answers."""
    for wait_s in chain(WAITS_S, repeat(WAITS_S[-1])):
        try:
            await arrange(bot, settings, house.store)
        except InvalidToken:
            raise SettingsFault([REFUSED]) from None
        except BadRequest:
            raise SettingsFault([NOT_THERE]) from None
        except TelegramError as fault:
            log.warning("webhook_not_arranged", error=kind(fault), retry_s=wait_s)
            await asyncio.sleep(wait_s)
        else:
            return


def reaches(bot: Bot) -> Callable[[], Awaitable[bool]]:
    """Make the question whether Telegram answers us."""

    async def ask() -> bool:
        try:
            await bot.get_me()
        except TelegramError:
            return False
        return True

    return ask


async def _greet(bot: Bot) -> None:
    """Ask Telegram who we are, until it answers."""
    for wait_s in chain(WAITS_S, repeat(WAITS_S[-1])):
        try:
            await bot.initialize()
        except InvalidToken:
            raise SettingsFault(
                [f"{TOKEN}: Telegram refuses this token. Ask @BotFather for a new one."]
            ) from None
        except TelegramError as fault:
            log.warning("telegram_not_reached", error=kind(fault), retry_s=wait_s)
            await asyncio.sleep(wait_s)
        else:
            return


class Hearing:
    """Hands what arrived to the house, and answers taps after the commit.

    These answers go out beside the hearing: a slow one must not keep anybody's stop waiting.
    """

    def __init__(self, bot: Bot, house: House) -> None:
        self.bot, self.house, self.wire = bot, house, Wire(bot)
        self.at_work: set[asyncio.Task[None]] = set()

    async def hear(self, arrived: ptb.Arrived) -> bool:
        if arrived.group and arrived.chat_id is not None:
            self.beside(self._leave(arrived.chat_id))
        if arrived.heard is None or arrived.chat_id is None:
            if arrived.query_id is not None:  # of a group: refused, but not left spinning
                self.beside(self._answer(arrived.query_id, None))
            return True
        kept, told = await self.house.hear(
            arrived.chat_id, arrived.heard, arrived.update_id, arrived.language
        )
        if kept and arrived.query_id is not None:
            self.beside(self._answer(arrived.query_id, told))
        return kept

    async def finished(self) -> None:
        """Let answers under way finish, for a moment."""
        if self.at_work:
            await asyncio.wait(self.at_work, timeout=ANSWERS_S)

    def beside(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self.at_work.add(task)
        task.add_done_callback(self.at_work.discard)

    async def _answer(self, query_id: str, told: Told | None) -> None:
        text = told_plainly(told.toast.text, told.language, self.house) if told else None
        try:
            await self.wire.ask(
                "answerCallbackQuery",
                callback_query_id=query_id,
                text=text[:TOAST_LIMIT] if text else None,
                show_alert=told.toast.alert if told else None,
            )
        except TelegramError as fault:
            log.info("tap_not_answered", error=kind(fault))

    async def _leave(self, chat_id: int) -> None:
        text = told_plainly(said("talk.private_only"), "en", self.house)
        label = told_plainly(said("button.private_chat"), "en", self.house)
        await ptb.say_private_only(self.bot, chat_id, text, label)

"""What Telegram was told of where to bring updates: a webhook, or none, and when to say it anew."""

from __future__ import annotations

import hmac

import structlog
from telegram import Bot, WebhookInfo

from bot.frontends.ptb import ALLOWED
from bot.settings import Settings
from bot.store.store import Store

NOTE = "webhook"
AT_ONCE = 40  # chats side by side

log = structlog.get_logger()


def secret_of(settings: Settings) -> str:
    """Give the secret; the settings have seen to it that there is one."""
    return settings.webhook_secret.get_secret_value() if settings.webhook_secret else ""


async def arrange(bot: Bot, settings: Settings, store: Store) -> None:
    """Set the webhook, or clear it for polling, only where Telegram has it otherwise.

    Telegram does not tell which secret it was given, so a print of ours is kept in a note.
    """
    told = await bot.get_webhook_info()
    if not settings.webhook_url:
        if told.url:
            await bot.delete_webhook()
            log.info("webhook_cleared")
        return
    secret = secret_of(settings)
    print_of_secret = hmac.digest(bot.token.encode(), secret.encode(), "sha256")
    noted = await store.run(lambda unit: unit.note_of(NOTE))
    if not _is_set(told, settings.webhook_url) or noted != print_of_secret:
        await bot.set_webhook(
            settings.webhook_url,
            secret_token=secret,
            allowed_updates=ALLOWED,
            max_connections=AT_ONCE,
        )
        await store.run(lambda unit: unit.keep_note(NOTE, print_of_secret))
        log.info("webhook_set")


def _is_set(told: WebhookInfo, url: str) -> bool:
    """Tell whether it is as we want it; a server that does not tell the kinds has ours."""
    return told.url == url and (
        not told.allowed_updates or set(told.allowed_updates) == set(ALLOWED)
    )

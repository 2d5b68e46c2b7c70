"""Limber itself: what `limber` does when nothing is typed behind it."""

from __future__ import annotations

import asyncio

from bot import lean
from bot.command_line.faults import faults_at_rest
from bot.command_line.telling import told_in_sentences
from bot.settings import Settings, settings_from


def start() -> None:
    with told_in_sentences(others=faults_at_rest):
        settings = settings_from()
        _log(settings)
        _serve(settings)


def _log(settings: Settings) -> None:
    lean.plain("structlog")
    from bot.logs import set_up

    set_up(settings.log_level, settings.log_format)


def _serve(settings: Settings) -> None:
    from bot import wiring

    work = wiring.run_telegram if settings.telegram_token else wiring.run_terminal
    asyncio.run(work(settings))

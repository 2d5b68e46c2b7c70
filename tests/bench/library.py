"""The same conversation written the library's own way, to be measured against.

`ConversationHandler` waits, `PicklePersistence` keeps, `JobQueue` counts the holds down; updates
come through the library's own updater and requests leave by its own transport.  Questions, words
and rules are those of the content, judged after every answer by the very same functions.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    PicklePersistence,
)

from bot.premises import CONTENT
from content.catalogue import Catalogue
from content.load import load
from content.schema import Screen, Value
from flows.triage.rules import advice_for, emergency_for

ASKING, OFFERED, HOLDING = range(3)
HOLD_S = 20
Context = ContextTypes.DEFAULT_TYPE


class Bot:
    """The handlers; what is known of a user stands in `user_data`."""

    def __init__(self, catalogue: Catalogue, *, durable: bool = False) -> None:
        self.catalogue, self.durable = catalogue, durable
        self.words = catalogue.words["en"]
        screens = (catalogue.screens[name] for name in catalogue.routes["full"].screens)
        self.screens = [screen for screen in screens if screen.parts[0].kind == "ticks"]

    async def check(self, update: Update, context: Context) -> int:
        assert context.user_data is not None
        assert update.message is not None
        context.user_data.update(at=0, ticked={})
        text, keyboard = self.question(0, context.user_data["ticked"])
        await self.keep(update, context)
        await update.message.reply_text(text, reply_markup=keyboard, parse_mode="HTML")
        return ASKING

    async def answered(self, update: Update, context: Context) -> int:
        query, known = update.callback_query, context.user_data
        assert query is not None
        assert known is not None
        at, ticked = known["at"], known["ticked"]
        match str(query.data).split("|"):
            case ["tick", ref]:
                here = set(ticked.get(at, ()))
                ticked[at] = sorted(here ^ {ref})
            case ["next"]:
                known["at"] = at = at + 1
            case ["back"]:
                known["at"] = at = max(0, at - 1)
        await self.keep(update, context)
        await query.answer()
        facts = self.facts(ticked)
        emergency = emergency_for(facts, self.catalogue)
        if emergency.fired or at >= len(self.screens):
            advice = advice_for(facts, self.catalogue)
            keyboard = InlineKeyboardMarkup(
                [[InlineKeyboardButton("Start", callback_data="start")]]
            )
            await query.edit_message_text(advice.level.name, reply_markup=keyboard)
            return OFFERED
        text, keyboard = self.question(at, ticked)
        await query.edit_message_text(text, reply_markup=keyboard, parse_mode="HTML")
        return ASKING

    async def started(self, update: Update, context: Context) -> int:
        query = update.callback_query
        assert query is not None
        assert update.effective_chat is not None
        assert context.job_queue is not None
        await query.answer()
        await query.edit_message_text(f"Hold for {HOLD_S} s.")
        context.job_queue.run_once(self.rang, HOLD_S, chat_id=update.effective_chat.id)
        return HOLDING

    async def rang(self, context: Context) -> None:
        assert context.job is not None
        assert context.job.chat_id is not None
        await context.bot.send_message(context.job.chat_id, "And rest.")

    async def keep(self, update: Update, context: Context) -> None:
        """Write down what was told, where that is wanted before the answer; nothing is synced."""
        if self.durable and update.effective_user is not None:
            context.application.mark_data_for_update_persistence(user_ids=update.effective_user.id)
            await context.application.update_persistence()

    def question(self, at: int, ticked: dict[int, list[str]]) -> tuple[str, InlineKeyboardMarkup]:
        screen = self.screens[at]
        here = set(ticked.get(at, ()))
        refs = [f"{p.id}.{o.id}" for p in screen.parts for o in p.options]
        lines = [str(self.words[f"screen.{screen.id}.ask"])]
        lines += [f"{n}. {self.words[f'option.{ref}']}" for n, ref in enumerate(refs, 1)]
        buttons = [
            InlineKeyboardButton(
                f"{'☑' if ref in here else '☐'} {n} {self.words[f'option.{ref}.short']}",
                callback_data=f"tick|{ref}",
            )
            for n, ref in enumerate(refs, 1)
        ]
        rows = [buttons[n : n + 3] for n in range(0, len(buttons), 3)]
        rows.append([InlineKeyboardButton("None of these", callback_data="next")])
        rows.append([InlineKeyboardButton("‹ Back", callback_data="back")])  # noqa: RUF001 - as Limber's
        return "\n".join(lines), InlineKeyboardMarkup(rows)

    def facts(self, ticked: dict[int, list[str]]) -> dict[str, Value]:
        told: dict[str, Value] = {"age": 40, "sex": "male", "country": "DE"}
        for at, refs in ticked.items():
            told.update(_set_by(self.screens[at], refs))
        return self.catalogue.complete(told)


def _set_by(screen: Screen, refs: list[str]) -> dict[str, Value]:
    told: dict[str, Value] = {}
    for part in screen.parts:
        for option in part.options:
            if f"{part.id}.{option.id}" in refs:
                told.update(option.set)
    return told


def main(*, durable: bool = False) -> None:
    logging.getLogger().setLevel(logging.ERROR)
    bot = Bot(load(CONTENT), durable=durable)
    base = os.environ["LIMBER_TELEGRAM_BASE_URL"]
    application = (
        Application.builder()
        .token(os.environ["LIMBER_TELEGRAM_TOKEN"])
        .base_url(base)
        .base_file_url(base.replace("/bot", "/file/bot"))
        .persistence(PicklePersistence(Path("library.pickle")))
        .build()
    )
    application.add_handler(
        ConversationHandler(
            entry_points=[CommandHandler("check", bot.check)],
            states={
                ASKING: [CallbackQueryHandler(bot.answered)],
                OFFERED: [CallbackQueryHandler(bot.started, pattern="^start$")],
                HOLDING: [],
            },
            fallbacks=[CommandHandler("check", bot.check)],
            persistent=True,
            name="check",
        )
    )
    application.run_polling()


if __name__ == "__main__":
    main()

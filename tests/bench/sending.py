"""A process that sends messages by one transport or the other, and tells its CPU for each."""

from __future__ import annotations

import asyncio
import sys
import time

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.request import BaseRequest, HTTPXRequest

from bot.frontends.transport import Transport
from bot.frontends.wire import Wire
from tests.bench.loopback import TOKEN

TEXT = "Numbness, bladder and bowels.\nHas any of this begun lately?\n" + "A line of text.\n" * 8
AT_ONCE = 20


async def main(kind: str, base_url: str, messages: int) -> None:
    request: BaseRequest = Transport() if kind == "limber" else HTTPXRequest(AT_ONCE)
    bot = Bot(TOKEN, base_url=base_url, request=request)
    keyboard = InlineKeyboardMarkup(
        [[InlineKeyboardButton(f"☐ {n} An option", callback_data=f"1|abcd|7|qtick|p|o{n}|on")]
         for n in range(9)]
    )  # fmt: skip
    async with bot:
        turns = asyncio.Semaphore(AT_ONCE)
        wire, buttons = Wire(bot), keyboard.to_dict()

        async def send(chat: int) -> None:
            async with turns:
                if kind == "limber":
                    await wire.sent(
                        "sendMessage", chat_id=chat, text=TEXT, reply_markup=buttons,
                        parse_mode="HTML",
                    )  # fmt: skip
                else:
                    await bot.send_message(chat, TEXT, reply_markup=keyboard, parse_mode="HTML")

        await asyncio.gather(*(send(chat) for chat in range(1, AT_ONCE + 1)))  # connections stand
        begun = time.process_time()
        await asyncio.gather(*(send(chat % 200 + 1) for chat in range(messages)))
        spent = time.process_time() - begun
    sys.stdout.write(f"{spent / messages}\n")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))

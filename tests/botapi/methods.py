"""Which function answers which method."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from tests.botapi import messages, profile
from tests.botapi.files import Upload
from tests.botapi.world import World

Json = dict[str, Any]
Answer = Any  # what stands under "result": an object, a list, true
Method = Callable[[World, Json, dict[str, Upload]], Answer | Awaitable[Answer]]


async def get_updates(world: World, params: Json, _uploads: dict[str, Upload]) -> list[Json]:
    return await world.updates.get(params)


def good(_world: World, _params: Json, _uploads: dict[str, Upload]) -> bool:
    return True


def sender_of(kind: str) -> Method:
    return lambda world, params, uploads: messages.send_media(world, kind, params, uploads)


def setter_of(what: str) -> Method:
    return lambda world, params, _uploads: profile.set_text(world, what, params)


def getter_of(what: str) -> Method:
    return lambda world, params, _uploads: profile.get_text(world, what, params)


METHODS: dict[str, Method] = {
    "answerCallbackQuery": profile.answer_callback_query,
    "close": good,
    "deleteMessage": messages.delete_message,
    "deleteMessages": messages.delete_messages,
    "deleteMyCommands": profile.delete_commands,
    "deleteWebhook": profile.delete_webhook,
    "editMessageCaption": messages.edit_caption,
    "editMessageMedia": messages.edit_media,
    "editMessageReplyMarkup": messages.edit_markup,
    "editMessageText": messages.edit_text,
    "getChat": profile.get_chat,
    "getChatMenuButton": profile.get_menu,
    "getFile": profile.get_file,
    "getMe": profile.get_me,
    "getMyCommands": profile.get_commands,
    "getUpdates": get_updates,
    "getWebhookInfo": profile.get_webhook_info,
    "leaveChat": profile.leave_chat,
    "logOut": good,
    "pinChatMessage": messages.pin,
    "sendChatAction": messages.send_chat_action,
    "sendMessage": messages.send_message,
    "setChatMenuButton": profile.set_menu,
    "setMessageReaction": messages.react,
    "setMyCommands": profile.set_commands,
    "setWebhook": profile.set_webhook,
    "unpinAllChatMessages": messages.unpin_all,
    "unpinChatMessage": messages.unpin,
    **{f"send{kind.capitalize()}": sender_of(kind) for kind in messages.MEDIA},
    **{f"setMy{what}": setter_of(what) for what in profile.TEXTS},
    **{f"getMy{what}": getter_of(what) for what in profile.TEXTS},
}

"""The methods about the bot itself: its commands, texts and menu, its webhook, taps and files."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.botapi.files import Upload
from tests.botapi.markup import units
from tests.botapi.refusal import Refused
from tests.botapi.updates import Webhook
from tests.botapi.world import World

Json = dict[str, Any]
Uploads = dict[str, Upload]

MOST_COMMANDS, DESCRIPTION_UNITS, TOAST_UNITS, FILE_BYTES = 100, 256, 200, 20_000_000
TEXTS = {
    "Name": ("name", 64), "Description": ("description", 512),
    "ShortDescription": ("short_description", 120),
}  # fmt: skip


def get_me(world: World, _params: Json, _uploads: Uploads) -> Json:
    return world.bot | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }


def language_of(params: Json) -> str:
    code: str = params.get("language_code", "")
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise Refused("invalid language code specified")
    return code


def scope_of(params: Json) -> str:
    return json.dumps(params.get("scope", {"type": "default"}), sort_keys=True)


def set_commands(world: World, params: Json, _uploads: Uploads) -> bool:
    commands = params["commands"]
    if len(commands) > MOST_COMMANDS:
        raise Refused("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            raise Refused("BOT_COMMAND_INVALID")
        if not 1 <= units(command["description"].strip()) <= DESCRIPTION_UNITS:
            raise Refused("BOT_COMMAND_DESCRIPTION_INVALID")
    world.commands[scope_of(params), language_of(params)] = commands
    return True


def get_commands(world: World, params: Json, _uploads: Uploads) -> list[Json]:
    return world.commands.get((scope_of(params), language_of(params)), [])


def delete_commands(world: World, params: Json, _uploads: Uploads) -> bool:
    world.commands.pop((scope_of(params), language_of(params)), None)
    return True


def set_text(world: World, what: str, params: Json) -> bool:
    key, most = TEXTS[what]
    text = params.get(key, "")
    if units(text) > most:
        raise Refused(f"bot {key} is too long: at most {most} characters")
    world.texts[what, language_of(params)] = text
    return True


def get_text(world: World, what: str, params: Json) -> Json:
    language = language_of(params)
    told = world.texts.get((what, language)) or world.texts.get((what, ""), "")
    if what == "Name" and not told:
        told = world.bot["first_name"]
    return {TEXTS[what][0]: told}


def set_menu(world: World, params: Json, _uploads: Uploads) -> bool:
    button = params.get("menu_button", {"type": "default"})
    if "chat_id" in params:
        world.chats.find(params["chat_id"]).menu = button
    else:
        world.menu = button
    return True


def get_menu(world: World, params: Json, _uploads: Uploads) -> Json:
    return world.chats.find(params["chat_id"]).menu if "chat_id" in params else world.menu


def answer_callback_query(world: World, params: Json, _uploads: Uploads) -> bool:
    tap = world.taps.get(params["callback_query_id"])
    if tap is None or tap.answer is not None or world.now() - tap.at > world.query_lives_s:
        raise Refused("query is too old and response timeout expired or query ID is invalid")
    if units(params.get("text", "")) > TOAST_UNITS:
        raise Refused("MESSAGE_TOO_LONG")
    if "url" in params:
        raise Refused("URL_INVALID")
    tap.answer = {"text": params.get("text", ""), "show_alert": params.get("show_alert", False)}
    world.on_change()
    return True


async def set_webhook(world: World, params: Json, _uploads: Uploads) -> bool:
    secret = params.get("secret_token")
    if secret is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
        raise Refused("secret token contains unallowed characters")
    await delete_webhook(world, params, {})
    if "allowed_updates" in params:
        world.updates.allowed = params["allowed_updates"]
    if params["url"]:
        world.updates.webhook = Webhook(world.updates, params["url"], secret)
    return True


async def delete_webhook(world: World, params: Json, _uploads: Uploads) -> bool:
    if world.updates.webhook:
        await world.updates.webhook.stop()
        world.updates.webhook = None
    if params.get("drop_pending_updates"):
        world.updates.queue.clear()
    return True


def get_webhook_info(world: World, _params: Json, _uploads: Uploads) -> Json:
    webhook = world.updates.webhook
    told: Json = {
        "url": webhook.url if webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.queue),
    }
    if webhook and webhook.last_error:
        told |= {"last_error_message": webhook.last_error, "last_error_date": world.date()}
    return told


def get_chat(world: World, params: Json, _uploads: Uploads) -> Json:
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")
    return world.chats.find(params["chat_id"]).to_json() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys((*gifts, "gifts_from_channels"), False),
    }


def leave_chat(world: World, params: Json, _uploads: Uploads) -> bool:
    chat = world.chats.find(params["chat_id"])
    if chat.private:
        raise Refused("chat member status can't be changed in private chats")
    if chat.shut:
        raise Refused(chat.shut, 403)
    chat.shut = "bot is not a member of the supergroup chat"
    return True


def get_file(world: World, params: Json, _uploads: Uploads) -> Json:
    stored = world.files.by_id.get(params["file_id"])
    if stored is None:
        raise Refused("invalid file_id")
    if len(stored.upload.content) > FILE_BYTES:
        raise Refused("file is too big")
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_size": len(stored.upload.content),
        "file_path": stored.path,
    }

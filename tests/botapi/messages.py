"""The methods that send, change and remove messages."""

from __future__ import annotations

from typing import Any

from tests.botapi.chats import Chat, Message
from tests.botapi.files import Stored, Upload
from tests.botapi.keyboard import Row, inline
from tests.botapi.markup import marked, units
from tests.botapi.refusal import Refused
from tests.botapi.world import World

Json = dict[str, Any]
Uploads = dict[str, Upload]

TEXT_UNITS, CAPTION_UNITS, DELETED_AT_ONCE = 4096, 1024, 100
TWO_DAYS_S = 48 * 3600
MEDIA = ("photo", "animation", "voice", "audio", "document", "video")
CAPTIONED = {"caption", "parse_mode", "caption_entities"}
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip


def text_of(params: Json) -> tuple[str, list[Json]]:
    text, entities = marked(params, "text", "entities")
    if not text:
        raise Refused("message text is empty")
    if units(text) > TEXT_UNITS:
        raise Refused("message is too long")
    return text, entities


def caption_of(params: Json) -> tuple[str | None, list[Json]]:
    caption, entities = marked(params, "caption", "caption_entities")
    if units(caption) > CAPTION_UNITS:
        raise Refused("message caption is too long")
    return caption or None, entities


def sent(world: World, params: Json, **content: Any) -> Json:  # noqa: ANN401 - fields
    """Place what all sends have in common."""
    chat = world.chats.open_to_bot(params["chat_id"])
    extra: Json = {}
    if effect := params.get("message_effect_id"):
        known = world.effects is None or effect in world.effects
        if not chat.private or not effect.isdecimal() or not known:
            raise Refused("EFFECT_ID_INVALID")
        extra["effect_id"] = effect
    if reply := params.get("reply_parameters"):
        found = chat.messages.get(reply["message_id"])
        if found and not found.gone:
            extra["reply_to_message"] = found.to_json()
        elif not reply.get("allow_sending_without_reply"):
            raise Refused("message to be replied not found")
    return world.place(
        chat,
        world.bot,
        keyboard=inline(params.get("reply_markup")),
        silent=params.get("disable_notification", False),
        protected=params.get("protect_content", False),
        extra=extra,
        **content,
    ).to_json()


def send_message(world: World, params: Json, _uploads: Uploads) -> Json:
    text, entities = text_of(params)
    return sent(world, params, text=text, entities=entities)


def send_media(world: World, kind: str, params: Json, uploads: Uploads) -> Json:
    world.chats.open_to_bot(params["chat_id"])
    caption, entities = caption_of(params)
    inline(params.get("reply_markup"))  # refused before the upload is kept
    stored = world.files.take(kind, params.get(kind), uploads, facts_of(params))
    return sent(world, params, caption=caption, entities=entities, media=stored)


def facts_of(params: Json) -> Json:
    told = {"duration", "width", "height", "performer", "title"}
    return {name: value for name, value in params.items() if name in told}


def to_edit(world: World, params: Json) -> Message:
    if "inline_message_id" in params:
        raise Refused("MESSAGE_ID_INVALID")
    if "chat_id" not in params or "message_id" not in params:
        raise Refused("message identifier is not specified")
    chat = world.chats.open_to_bot(params["chat_id"])
    message = chat.find(params["message_id"], "message to edit not found")
    if not message.from_bot:
        raise Refused("message can't be edited")
    return message


def edited(
    world: World,
    message: Message,
    rows: list[Row],
    words: tuple[str | None, str | None, list[Json]],
    media: Stored | None,
) -> Json:
    """Write the new content, if it is new.  A keyboard that is not given again is taken away."""
    now = (message.text, message.caption, message.entities, message.media, message.keyboard)
    if now == (*words, media, rows):
        raise Refused(NOT_MODIFIED)
    message.text, message.caption, message.entities = words
    message.media = media
    world.set_keyboard(message, rows)
    message.edits += 1
    message.edited_at = world.date()
    world.touch(message)
    return message.to_json()


def edit_text(world: World, params: Json, _uploads: Uploads) -> Json:
    message = to_edit(world, params)
    if message.text is None:
        raise Refused("there is no text in the message to edit")
    text, entities = text_of(params)
    rows = inline(params.get("reply_markup"))
    return edited(world, message, rows, (text, None, entities), None)


def edit_caption(world: World, params: Json, _uploads: Uploads) -> Json:
    message = to_edit(world, params)
    if message.media is None:
        raise Refused("there is no caption in the message to edit")
    caption, entities = caption_of(params)
    rows = inline(params.get("reply_markup"))
    return edited(world, message, rows, (None, caption, entities), message.media)


def edit_media(world: World, params: Json, uploads: Uploads) -> Json:
    message, media = to_edit(world, params), params["media"]
    kind, given = media["type"], media["media"]
    if kind not in MEDIA or kind == "voice" or (message.media and message.media.kind == "voice"):
        raise Refused("message can't be edited: its media can't become this")
    caption, entities = caption_of({k: v for k, v in media.items() if k in CAPTIONED})
    rows = inline(params.get("reply_markup"))
    stored = world.files.take(kind, given, uploads, facts_of(media))
    return edited(world, message, rows, (None, caption, entities), stored)


def edit_markup(world: World, params: Json, _uploads: Uploads) -> Json:
    message = to_edit(world, params)
    rows = inline(params.get("reply_markup"))
    words = (message.text, message.caption, message.entities)
    return edited(world, message, rows, words, message.media)


def deletable(world: World, chat: Chat, message: Message) -> bool:
    return (chat.private or message.from_bot) and world.now() - message.date < TWO_DAYS_S


def remove(world: World, message: Message) -> None:
    message.gone = True
    world.touch(message)


def delete_message(world: World, params: Json, _uploads: Uploads) -> bool:
    chat = world.chats.find(params["chat_id"])
    message = chat.find(params["message_id"], "message to delete not found")
    if not deletable(world, chat, message):
        raise Refused("message can't be deleted for everyone")
    remove(world, message)
    return True


def delete_messages(world: World, params: Json, _uploads: Uploads) -> bool:
    chat = world.chats.find(params["chat_id"])
    ids = params["message_ids"]
    if not 1 <= len(ids) <= DELETED_AT_ONCE:
        raise Refused("message_ids: 1 to 100 expected")
    for message in [chat.messages[one] for one in ids if one in chat.messages]:
        if not message.gone and deletable(world, chat, message):
            remove(world, message)
    return True


def send_chat_action(world: World, params: Json, _uploads: Uploads) -> bool:
    chat = world.chats.open_to_bot(params["chat_id"])
    if params["action"] not in ACTIONS:
        raise Refused("wrong parameter action in request")
    chat.actions.append(params["action"])
    return True


def pin(world: World, params: Json, _uploads: Uploads) -> bool:
    """Pin a message; as in Telegram, each pin leaves a line in the chat."""
    chat = world.chats.open_to_bot(params["chat_id"])
    message = chat.find(params["message_id"], "message to pin not found")
    if not chat.private:
        raise Refused("not enough rights to manage pinned messages in the chat")
    message.pinned = True
    world.place(
        chat,
        world.bot,
        extra={"pinned_message": message.to_json()},
        silent=params.get("disable_notification", False),
    )
    return True


def unpin(world: World, params: Json, _uploads: Uploads) -> bool:
    chat = world.chats.open_to_bot(params["chat_id"])
    pinned = [message for message in chat.seen() if message.pinned]
    if "message_id" in params:
        pinned = [chat.find(params["message_id"], "message to unpin not found")]
    for message in pinned[-1:]:
        message.pinned = False
        world.touch(message)
    return True


def unpin_all(world: World, params: Json, _uploads: Uploads) -> bool:
    for message in world.chats.open_to_bot(params["chat_id"]).seen():
        message.pinned = False
    return True


def react(world: World, params: Json, _uploads: Uploads) -> bool:
    chat = world.chats.open_to_bot(params["chat_id"])
    chat.find(params["message_id"], "message to react not found")
    return True

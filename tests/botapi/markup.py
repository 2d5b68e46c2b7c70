"""Text with its marks: the HTML of the Bot API really parsed, and entities held to their rules.

Offsets and lengths count UTF-16 code units, as Telegram does.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from typing import Any

from tests.botapi.refusal import Refused

Entity = dict[str, Any]
Marked = tuple[str, list[Entity]]

SIMPLE = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "tg-spoiler": "spoiler", "code": "code", "pre": "pre", "blockquote": "blockquote",
    "a": "text_link", "tg-time": "date_time",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href"}, "tg-time": {"unix", "format"}, "blockquote": {"expandable"}, "code": {"class"},
}  # fmt: skip
KINDS = {*SIMPLE.values(), "expandable_blockquote", "text_mention", "custom_emoji"} | {
    "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number",
}  # fmt: skip
EXTRA = {
    "url": "text_link", "user": "text_mention", "language": "pre",
    "custom_emoji_id": "custom_emoji", "unix_time": "date_time", "date_time_format": "date_time",
}  # fmt: skip
TIME_FORMAT = re.compile(r"(r|w?[dD]?[tT]?)")
TAG = re.compile(
    r"<(/?)([A-Za-z][A-Za-z0-9-]*)((?:\s+[a-z-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'))?)*)\s*>"
)
ATTRIBUTE = re.compile(r"([a-z-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'))?")
REFERENCE = re.compile(r"&(lt|gt|amp|quot|#[0-9]+|#x[0-9A-Fa-f]+);")
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def marked(params: Mapping[str, Any], text_key: str, entities_key: str) -> Marked:
    """Read a text with its parse mode or its entities, as one or the other was given."""
    text, mode = params.get(text_key, ""), params.get("parse_mode")
    entities = params.get(entities_key)
    if mode and entities:
        raise Refused(f"both parse_mode and {entities_key} are given")
    if mode and mode.upper() != "HTML":
        raise Refused(f"unsupported parse_mode {mode!r}: this server knows HTML only")
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise Refused("strings must be encoded in UTF-8")
    return trimmed(*(html(text) if mode else (text, [*(entities or [])])))


def trimmed(text: str, entities: list[Entity]) -> Marked:
    """Telegram cuts white space at both ends and moves the entities along."""
    lead = units(text) - units(text.lstrip())
    text = text.strip()
    kept = []
    for entity in entities:
        start = max(0, entity["offset"] - lead)
        end = min(units(text), entity["offset"] + entity["length"] - lead)
        if entity["offset"] < 0 or entity["length"] <= 0 or end <= start:
            raise Refused(f"entity {entity['type']!r} lies outside of the text")
        kept.append(entity | {"offset": start, "length": end - start})
    for entity in kept:
        check_entity(entity)
    kept.sort(key=lambda e: (e["offset"], -e["length"]))
    check_nesting(kept)
    return text, kept


def check_entity(entity: Entity) -> None:
    kind = entity["type"]
    if kind not in KINDS:
        raise Refused(f"can't parse MessageEntity: unsupported type {kind!r}")
    for field, owner in EXTRA.items():
        if field in entity and kind != owner:
            raise Refused(f"can't parse MessageEntity: {field!r} does not belong to {kind!r}")
    if kind == "text_link" and not re.match(r"(https?|tg|mailto|tel):", entity.get("url", "")):
        raise Refused("can't parse MessageEntity: text_link needs a url")
    if kind == "date_time" and (
        not 0 <= entity.get("unix_time", -1) < 2**31
        or not TIME_FORMAT.fullmatch(entity.get("date_time_format", ""))
    ):
        raise Refused("can't parse MessageEntity: date_time needs unix_time and a known format")


def check_nesting(entities: list[Entity]) -> None:
    """Each pair is apart or one inside the other; code holds nothing, quotes no quotes."""
    for at, outer in enumerate(entities):
        end = outer["offset"] + outer["length"]
        for inner in entities[at + 1 :]:
            if inner["offset"] >= end:
                break
            if inner["offset"] + inner["length"] > end:
                raise Refused("can't parse entities: they overlap without nesting")
            pair = {outer["type"], inner["type"]}
            quotes = pair <= {"blockquote", "expandable_blockquote"}
            if quotes or (pair & {"code", "pre"} and pair != {"code", "pre"}):
                raise Refused(f"can't parse entities: {' and '.join(sorted(pair))} can't nest")


def html(source: str) -> Marked:
    """Parse the HTML of the Bot API; what it does not know is refused with its byte offset."""
    text: list[str] = []
    entities: list[Entity] = []
    opened: list[tuple[str, Entity]] = []
    length = at = 0
    while at < len(source):
        upto = source.find("<", at)
        plain = REFERENCE.sub(referred, source[at : upto if upto >= 0 else len(source)])
        text.append(plain)
        length += units(plain)
        if upto < 0:
            break
        tag = TAG.match(source, upto)
        byte = len(source[:upto].encode())
        if tag is None:
            raise Refused(f"can't parse entities: Unclosed start tag at byte offset {byte}")
        name = tag[2].lower()
        if tag[1]:
            close(name, opened, entities, length, byte)
        else:
            opened.append((name, begun(name, tag[3], byte) | {"offset": length}))
        at = tag.end()
    if opened:
        last = opened[-1][0]
        raise Refused(
            f"can't parse entities: Can't find end tag corresponding to start tag \"{last}\""
        )
    return "".join(text), entities


def referred(found: re.Match[str]) -> str:
    name = found[1]
    if name in NAMED:
        return NAMED[name]
    code = int("0" + name[1:], 16) if name[1] == "x" else int(name[1:])
    return chr(code) if 0 < code <= sys.maxunicode else found[0]


def begun(name: str, attributes: str, byte: int) -> Entity:
    """Read a start tag into an entity that still lacks its place."""
    given = {
        found[1]: REFERENCE.sub(referred, found[2] or found[3] or "")
        for found in ATTRIBUTE.finditer(attributes)
    }
    if name == "span" and given == {"class": "tg-spoiler"}:
        return {"type": "spoiler"}
    if name not in SIMPLE:
        raise Refused(
            f'can\'t parse entities: Unsupported start tag "{name}" at byte offset {byte}'
        )
    if strange := sorted(set(given) - ATTRIBUTES.get(name, set())):
        raise Refused(f"can't parse entities: attribute {strange[0]!r} of tag {name!r}")
    entity: Entity = {"type": SIMPLE[name]}
    if name == "a":
        entity["url"] = given.get("href", "")
    if name == "blockquote" and "expandable" in given:
        entity["type"] = "expandable_blockquote"
    if name == "tg-time":
        if not given.get("unix", "").isdecimal():
            raise Refused("can't parse entities: tg-time needs unix")
        entity["unix_time"] = int(given["unix"])
        if "format" in given:
            entity["date_time_format"] = given["format"]
    return entity


def close(
    name: str, opened: list[tuple[str, Entity]], entities: list[Entity], length: int, byte: int
) -> None:
    if not opened:
        raise Refused(f"can't parse entities: Unexpected end tag at byte offset {byte}")
    expected, entity = opened.pop()
    if name != expected:
        raise Refused(
            f"can't parse entities: Unmatched end tag at byte offset {byte}, "
            f'expected "</{expected}>", found "</{name}>"'
        )
    if length > entity["offset"]:  # an empty pair of tags marks nothing
        entities.append(entity | {"length": length - entity["offset"]})

"""HTML and entities."""

from __future__ import annotations

from typing import Any

import pytest

from tests.botapi.conftest import Ask
from tests.botapi.markup import html, marked
from tests.botapi.people import Person
from tests.botapi.refusal import Refused

OPEN = "Can't find end tag corresponding to start tag"


def test_marks_become_entities_in_utf_16_units() -> None:
    text, entities = html("🎧 <b>Cat &amp; <i>cow</i></b> &lt;3")
    assert text == "🎧 Cat & cow <3"
    assert entities == [
        {"type": "italic", "offset": 9, "length": 3},
        {"type": "bold", "offset": 3, "length": 9},
    ]


@pytest.mark.parametrize(
    ("source", "entity"),
    [
        ("<strong>x</strong>", {"type": "bold"}),
        ("<s>x</s>", {"type": "strikethrough"}),
        ("<u>x</u>", {"type": "underline"}),
        ("<pre>x</pre>", {"type": "pre"}),
        ("<tg-spoiler>x</tg-spoiler>", {"type": "spoiler"}),
        ("<blockquote>x</blockquote>", {"type": "blockquote"}),
        ("<blockquote expandable>x</blockquote>", {"type": "expandable_blockquote"}),
        ('<a href="https://a.b/?x&amp;y">x</a>', {"type": "text_link", "url": "https://a.b/?x&y"}),
        (
            '<tg-time unix="1790000000" format="r">x</tg-time>',
            {"type": "date_time", "unix_time": 1790000000, "date_time_format": "r"},
        ),
    ],
)
def test_each_tag_gives_its_entity(source: str, entity: dict[str, Any]) -> None:
    params = {"text": source, "parse_mode": "HTML"}
    assert marked(params, "text", "entities") == ("x", [entity | {"offset": 0, "length": 1}])


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("<b>x", OPEN),
        ("é<br>", 'Unsupported start tag "br" at byte offset 2'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b><i>x</b></i>", 'expected "</i>", found "</b>"'),
        ("a < b", "Unclosed start tag at byte offset 2"),
        ('<b class="x">x</b>', "attribute 'class'"),
        ("<a>x</a>", "text_link needs a url"),
        ('<tg-time unix="soon">x</tg-time>', "tg-time needs unix"),
        ('<tg-time unix="1" format="YYYY">x</tg-time>', "a known format"),
        ("<code><b>x</b></code>", "can't nest"),
        ("<blockquote>x<blockquote>y</blockquote></blockquote>", "can't nest"),
    ],
)
def test_what_is_not_telegrams_html_is_refused(source: str, why: str) -> None:
    with pytest.raises(Refused) as refused:
        marked({"text": source, "parse_mode": "HTML"}, "text", "entities")
    assert why in refused.value.description


@pytest.mark.parametrize(
    ("entity", "why"),
    [
        ({"type": "bold", "offset": 0, "length": 4}, ""),
        ({"type": "bold", "offset": 9, "length": 1}, "outside"),
        ({"type": "bold", "offset": 0, "length": 0}, "outside"),
        ({"type": "bold", "offset": -1, "length": 2}, "outside"),
        ({"type": "shiny", "offset": 0, "length": 1}, "unsupported type"),
        ({"type": "date_time", "offset": 0, "length": 1}, "needs unix_time"),
        ({"type": "bold", "offset": 0, "length": 1, "url": "https://a.b"}, "does not belong"),
    ],
)
async def test_entities_are_held_to_the_text(
    entity: dict[str, Any], why: str, ask: Ask, ada: Person
) -> None:
    told = await ask("sendMessage", chat_id=ada.id, text="🎧 hm", entities=[entity])
    assert (not why, True) == (told["ok"], why in told.get("description", ""))


def test_entities_that_cross_are_refused() -> None:
    crossing = [
        {"type": "bold", "offset": 0, "length": 3},
        {"type": "italic", "offset": 2, "length": 3},
    ]
    with pytest.raises(Refused, match="overlap"):
        marked({"text": "abcdef", "entities": crossing}, "text", "entities")


def test_white_space_at_the_ends_is_cut_and_entities_move_along() -> None:
    told = marked({"text": "\n <b>x</b>\n", "parse_mode": "HTML"}, "text", "entities")
    assert told == ("x", [{"type": "bold", "offset": 0, "length": 1}])

"""Requests without the library's objects: what is asked, and what an odd answer means."""

from __future__ import annotations

from typing import cast

import pytest
from telegram import Bot
from telegram.request import BaseRequest, RequestData

from bot.frontends.transport import MaybeSent
from bot.frontends.wire import Wire


class Answering(BaseRequest):
    """Answers all alike, and notes what was asked."""

    __slots__ = ("answer", "asked")

    def __init__(self, answer: bytes) -> None:
        self.answer = answer
        self.asked: list[tuple[str, object]] = []

    @property
    def read_timeout(self) -> float | None:
        return None

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: object,
        **__: object,
    ) -> tuple[int, bytes]:  # fmt: skip
        assert method == "POST"
        self.asked.append((url.rpartition("/")[2], cast("RequestData", request_data).parameters))
        return 200, self.answer


async def test_what_is_none_is_not_asked_for() -> None:
    request = Answering(b'{"ok": true, "result": {"message_id": 7}}')
    number = await Wire(Bot("1:a", request=request)).sent("sendMessage", chat_id=5, text=None)
    assert 7 == number
    assert [("sendMessage", {"chat_id": 5})] == request.asked


@pytest.mark.parametrize("result", [b"true", b"[]", b"{}", b'{"message_id": "7"}', b"null"])
async def test_an_answer_without_a_message_means_that_nobody_knows(result: bytes) -> None:
    request = Answering(b'{"ok": true, "result": %s}' % result)
    with pytest.raises(MaybeSent):
        await Wire(Bot("1:a", request=request)).sent("sendMessage", chat_id=5)

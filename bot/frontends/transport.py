"""Requests to the Bot API over aiohttp, behind python-telegram-bot's `BaseRequest`.

Two rules hold here.  Whoever sends must learn whether a request surely never left (`NeverSent`)
or may have taken effect (`MaybeSent`), because a message cannot be taken back.  And no error and
no log line may carry the token, which is part of every URL: so no exception of aiohttp, and no
answer that is not the Bot API's own, gets out of this module.
"""

from __future__ import annotations

import json
import os
import re
from datetime import timedelta
from typing import Any

from aiohttp import (
    ClientConnectorError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    DummyCookieJar,
    FormData,
    InvalidURL,
    NonHttpUrlClientError,
    TCPConnector,
)
from telegram.error import NetworkError, RetryAfter, TimedOut
from telegram.request import BaseRequest, RequestData

# The library's own switch to `timedelta`: without it each flood answer is a deprecation warning.
os.environ.setdefault("PTB_TIMEDELTA", "true")

SURELY_UNSENT = (ClientConnectorError, ConnectionTimeoutError, InvalidURL, NonHttpUrlClientError)
SERVER_FAULT, REDIRECT = 500, 300
WRITE = json.JSONEncoder(separators=(",", ":")).encode
TOKEN_IN_URL = re.compile(r"/bot([^/]+)/")


class NeverSent(NetworkError):  # noqa: N818 - named as the library names its own: TimedOut
    """The request has not left: it may be sent again without a second thought."""

    __slots__ = ()


class MaybeSent(TimedOut):
    """Nobody knows whether the request took effect: a time-out, a drop, or a server's fault.

    A kind of `TimedOut`, because that is how the library itself says "may have arrived".
    """

    __slots__ = ()


def wait_s(flood: RetryAfter) -> float:
    """Read how long Telegram wants to be left alone."""
    wait = flood.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else wait


class Transport(BaseRequest):
    """One pool of connections.  Times are in seconds; None waits for ever."""

    __slots__ = ("_client", "_connect_s", "_media_write_s", "_plain", "_pool_s", "_proxy",
                 "_read_s", "_size", "_write_s")  # fmt: skip

    def __init__(
        self,
        *,
        size: int = 256,
        read_s: float | None = 5.0,
        write_s: float | None = 5.0,
        media_write_s: float | None = 20.0,
        connect_s: float | None = 5.0,
        pool_s: float | None = 1.0,
        proxy: str | None = None,
    ) -> None:
        self._size, self._proxy = size, proxy
        self._read_s, self._write_s, self._media_write_s = read_s, write_s, media_write_s
        self._connect_s, self._pool_s = connect_s, pool_s
        self._plain = waits(pool_s, connect_s, write_s, read_s)
        self._client: ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return self._read_s

    async def initialize(self) -> None:
        if self._client is None or self._client.closed:
            self._client = ClientSession(
                connector=TCPConnector(limit=self._size, keepalive_timeout=30, ttl_dns_cache=60),
                cookie_jar=DummyCookieJar(),
                # answers are short: unpacking them costs more than it saves
                headers={"User-Agent": self.USER_AGENT, "Accept-Encoding": "identity"},
            )

    async def shutdown(self) -> None:
        if self._client is not None:
            await self._client.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        asked = (pool_timeout, connect_timeout, write_timeout, read_timeout)
        media = request_data is not None and request_data.contains_files
        within = self._plain
        if media or any(one is not self.DEFAULT_NONE for one in asked):
            usual = self._media_write_s if media else self._write_s
            defaults = (self._pool_s, self._connect_s, usual, self._read_s)
            within = waits(*map(seconds, asked, defaults))
        status, answer = await self._exchange(url, method, request_data, within)
        return (status, answer) if status < REDIRECT else (status, own(status, answer, url))

    async def _exchange(
        self, url: str, method: str, request_data: RequestData | None, within: ClientTimeout
    ) -> tuple[int, bytes]:
        """Ask and read the answer; whatever goes wrong is told in our two words."""
        client = self._client
        if client is None or client.closed:
            raise NeverSent("the transport is not open")
        try:
            body, headers = written(request_data)
        except (TypeError, ValueError) as fault:
            unsent = type(fault).__name__
        else:
            try:
                async with client.request(
                    method, url, data=body, headers=headers, timeout=within,
                    allow_redirects=False, proxy=self._proxy,
                ) as answer:  # fmt: skip
                    return answer.status, await answer.read()
            except Exception as fault:  # noqa: BLE001 - each kind may carry the URL
                trouble = told(fault)
            # Raised out here, so that not even `__context__` leads to the URL.
            raise trouble
        raise NeverSent(f"the request could not be written down ({unsent})")

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer; unlike the library's own, never log or repeat what cannot be read."""
        answer = parsed(payload)
        if answer is None:
            raise MaybeSent("the answer is not the Bot API's own")
        return answer


def waits(
    pool_s: float | None, connect_s: float | None, write_s: float | None, read_s: float | None
) -> ClientTimeout:
    """Put the library's waits in aiohttp's words, which has none for writing alone."""
    return ClientTimeout(
        total=total(pool_s, connect_s, write_s, read_s),
        connect=total(pool_s, connect_s),
        sock_connect=connect_s,
        sock_read=read_s,
    )


def total(*waits_s: float | None) -> float | None:
    known = [one for one in waits_s if one is not None]
    return sum(known) if len(known) == len(waits_s) else None


def seconds(asked: object, default: float | None) -> float | None:
    """Take what was asked for; the library's sentinel, which is no number, means the default."""
    if asked is None or isinstance(asked, int | float):
        return asked
    return default


def written(request_data: RequestData | None) -> tuple[bytes | FormData | None, dict[str, str]]:
    """Give body and headers: JSON, or a form when files go along."""
    if request_data is None:
        return None, {}
    if not request_data.contains_files:
        body = WRITE(request_data.parameters).encode()
        return body, {"Content-Type": "application/json"}
    form = FormData(quote_fields=False)
    for name, text in request_data.json_parameters.items():
        form.add_field(name, text)
    for part, (file_name, content, mime) in request_data.multipart_data.items():
        form.add_field(part, content, filename=file_name, content_type=mime)
    return form, {}


def told(fault: Exception) -> NeverSent | MaybeSent:
    """Say what happened by the name of the fault alone: its own words may hold the URL."""
    name = type(fault).__name__
    if isinstance(fault, SURELY_UNSENT):
        return NeverSent(f"the request has not left ({name})")
    return MaybeSent(f"no answer came ({name})")


def parsed(payload: bytes) -> dict[str, Any] | None:
    """Read what the Bot API itself says; a proxy's page, for one, is none of it."""
    try:
        answer = json.loads(payload.decode("utf-8", "replace"))
    except ValueError:
        return None
    return answer if isinstance(answer, dict) and ("result" in answer or "ok" in answer) else None


def own(status: int, answer: bytes, url: str) -> bytes:
    """Let only the Bot API's own refusals through: a proxy's 403 must not read as "blocked"."""
    if status >= SERVER_FAULT or parsed(answer) is None:
        raise MaybeSent(f"status {status}, and no word of the Bot API itself")
    found = TOKEN_IN_URL.search(url)
    return answer.replace(found[1].encode(), b"<token>") if found else answer

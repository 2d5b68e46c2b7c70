"""How the server says no: a code, and a description as Telegram words it."""

from __future__ import annotations


class Refused(Exception):  # noqa: N818 - it is an answer, not a fault of the server
    """The request is answered with an error; nothing has changed."""

    def __init__(self, description: str, code: int = 400, retry_after: int | None = None) -> None:
        prefix = {400: "Bad Request: ", 403: "Forbidden: ", 409: "Conflict: "}.get(code, "")
        super().__init__(prefix + description)
        self.code, self.description, self.retry_after = code, prefix + description, retry_after

    def to_json(self) -> dict[str, object]:
        told = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after is not None:
            told["parameters"] = {"retry_after": self.retry_after}
        return told

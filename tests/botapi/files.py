"""Uploads: bytes become a file with an id, and an id is honoured only if it was given out here."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from tests.botapi.refusal import Refused

PHOTO_BYTES, PHOTO_SIDES, PHOTO_RATIO, FILE_BYTES = 10_000_000, 10_000, 20, 50_000_000
IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"RIFF")
PATHS = {"photo": "photos", "voice": "voice", "animation": "animations", "audio": "music"}


@dataclass(frozen=True)
class Upload:
    name: str
    content: bytes
    mime: str


@dataclass
class Stored:
    file_id: str
    unique_id: str
    kind: str
    path: str
    upload: Upload
    facts: dict[str, Any]

    def to_json(self) -> Any:  # noqa: ANN401 - a photo is a list of sizes, all else an object
        told = {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.upload.content),
        } | self.facts
        return [told] if self.kind == "photo" else told


@dataclass
class Files:
    by_id: dict[str, Stored] = field(default_factory=dict)
    by_path: dict[str, Stored] = field(default_factory=dict)

    def keep(self, kind: str, upload: Upload, facts: dict[str, Any]) -> Stored:
        """Each upload gets an id of its own, also of bytes seen before, as Telegram's do."""
        check(kind, upload)
        number = len(self.by_id) + 1
        told = facts | looks(kind, upload)
        stored = Stored(
            file_id=f"file-{kind}-{number:06d}",
            unique_id=hashlib.sha256(upload.content).hexdigest()[:15],
            kind=kind,
            path=f"{PATHS.get(kind, 'documents')}/file_{number}",
            upload=upload,
            facts=told,
        )
        self.by_id[stored.file_id] = self.by_path[stored.path] = stored
        return stored

    def take(
        self, kind: str, given: str | None, uploads: dict[str, Upload], facts: dict[str, Any]
    ) -> Stored:
        """Find what a parameter means: an upload of its name, `attach://name`, or a file id."""
        if given is None:
            return self.keep(kind, uploads[kind], facts)
        if given.startswith("attach://"):
            part = given.removeprefix("attach://")
            if part not in uploads:
                raise Refused(f"can't find the attached part {part!r}")
            return self.keep(kind, uploads[part], facts)
        if given.startswith(("http://", "https://")):
            raise Refused("failed to get HTTP URL content")
        stored = self.by_id.get(given)
        if stored is None:
            raise Refused("wrong file identifier/HTTP URL specified")
        if stored.kind != kind:
            raise Refused(f"can't use file of type {stored.kind} as {kind}")
        return stored

    def forget(self, file_id: str) -> None:
        """From now on the id is refused, as after a change of the bot's token."""
        del self.by_id[file_id]


def check(kind: str, upload: Upload) -> None:
    if not upload.content:
        raise Refused("file must be non-empty")
    if len(upload.content) > (PHOTO_BYTES if kind == "photo" else FILE_BYTES):
        raise Refused("Request Entity Too Large", 413)
    if kind == "photo" and not upload.content.startswith(IMAGES):
        raise Refused("IMAGE_PROCESS_FAILED")
    if kind == "voice" and not upload.content.startswith((b"OggS", b"ID3", b"\xff\xfb")):
        raise Refused("VOICE_PROCESS_FAILED: not Ogg, MP3 or M4A")


def looks(kind: str, upload: Upload) -> dict[str, Any]:
    """Give what the type of the file must tell."""
    if kind == "photo":
        width, height = size_of(upload.content)
        if width + height > PHOTO_SIDES or max(width, height) > PHOTO_RATIO * min(width, height):
            raise Refused("PHOTO_INVALID_DIMENSIONS")
        return {"width": width, "height": height}
    told: dict[str, Any] = {"mime_type": upload.mime}
    if kind != "voice":
        told["file_name"] = upload.name
    if kind in {"animation", "video"}:
        told |= {"width": 320, "height": 320}
    if kind in {"animation", "video", "voice", "audio"}:
        told |= {"duration": 1}
    return told


def size_of(content: bytes) -> tuple[int, int]:
    """Read the size of a PNG; other images count as 320 by 320."""
    if not content.startswith(IMAGES[0]) or len(content) < 24:
        return 320, 320
    return int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")

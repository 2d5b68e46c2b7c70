"""The zip: tables to be opened anywhere, everything as JSON, and a bundle for clinic systems."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from typing import Any
from uuid import UUID

from bot.render.export.fhir import bundle
from bot.render.export.tables import tables
from bot.render.held import Held

PERMISSIONS = 0o600 << 16


def zipped(held: Held, subject: UUID) -> bytes:
    """Pack all files; `subject` is the only name by which the FHIR bundle knows the user."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, text in tables(held).items():
            _add(folder, f"{name}.csv", "\ufeff" + text, held)  # the mark by which Excel reads it
        _add(folder, "everything.json", _json(_everything(held)), held)
        _add(folder, "fhir.json", _json(bundle(held, subject)), held)
    return target.getvalue()


def _everything(held: Held) -> dict[str, Any]:
    diary = [
        {"at": entry.at.isoformat(), "kind": entry.kind, "entry": dict(entry.told)}
        for entry in held.entries
    ]
    return {
        "made_at": held.at.isoformat(),
        "content": held.content.version,
        "snapshot": held.talk.model_dump(mode="json"),
        "diary": diary,
    }


def _json(value: Any) -> str:  # noqa: ANN401 - whatever JSON can say
    return json.dumps(value, ensure_ascii=False, indent=1, default=str)


def _add(folder: zipfile.ZipFile, name: str, text: str, held: Held) -> None:
    info = zipfile.ZipInfo(name, held.at.timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = PERMISSIONS
    folder.writestr(info, text.encode())

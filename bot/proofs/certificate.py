"""What a proof leaves behind, and the look at it when the bot starts; this file needs no solver.

`content/proved.json` names the content that was proved by a hash of all that decides, and nothing
that only speaks: words, phones, places and sources may change without another proof.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import content
from bot.proofs.property import Property
from content.catalogue import Catalogue
from content.errors import ContentFaults, Where, fault
from content.schema import Entry

PROVED = Path(content.__file__).with_name("proved.json")
DECIDING = (
    "facts", "derived", "screens", "routes", "rules", "promises", "exempt", "conditions",
    "resolution", "exercises", "programs", "choices", "limits", "timing", "progress", "events",
    "stop", "freshness", "own", "ladders", "climbing",
)  # fmt: skip


@dataclass(frozen=True)
class Certificate:
    """All properties of one release; `hash` names its content."""

    hash: str
    properties: tuple[Property, ...]

    @property
    def held(self) -> bool:
        return all(each.held for each in self.properties)

    @property
    def seconds(self) -> float:
        return sum(each.seconds for each in self.properties)

    def __str__(self) -> str:
        lines = "\n".join(str(each) for each in self.properties)
        failed = [each.name for each in self.properties if not each.held]
        end = f"Not proved: {', '.join(failed)}." if failed else f"Proved: {self.hash}."
        return f"{lines}\n{end} ({self.seconds:.0f} s)"


def hash_of(catalogue: Catalogue) -> str:
    """Name what decides, as canonical JSON of the validated entries."""
    entries = {section: _plain(getattr(catalogue, section)) for section in DECIDING}
    canonical = json.dumps(entries, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _plain(section: Entry | Mapping[str, Entry] | Iterable[Entry]) -> Any:  # noqa: ANN401 - JSON
    if isinstance(section, Entry):
        return section.model_dump(mode="json")
    entries = section.values() if isinstance(section, Mapping) else section
    return [entry.model_dump(mode="json") for entry in entries]  # their order decides, too


def assert_proved(catalogue: Catalogue, path: Path = PROVED) -> None:
    """Raise ContentFaults, which name the command, unless this very content was proved."""
    if hash_of(catalogue) != _proved(path):
        raise ContentFaults((fault("unproved", Where(path.name)),))


def _proved(path: Path) -> str | None:
    try:
        kept = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return kept.get("hash") if isinstance(kept, dict) else None


def write_certificate(certificate: Certificate, path: Path = PROVED) -> None:
    """Keep a certificate; one that failed proves nothing and is refused."""
    if not certificate.held:
        raise ValueError("content that was not proved has no certificate")
    kept = {
        "hash": certificate.hash,
        "properties": {each.name: each.sentence for each in certificate.properties},
        "told": [line for each in certificate.properties for line in each.told],
    }
    path.write_text(json.dumps(kept, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")

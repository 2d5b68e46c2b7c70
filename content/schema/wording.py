"""words/*.yaml: the sentences."""

from __future__ import annotations

Plural = dict[str, str]  # {one: …, other: …}
Words = dict[str, str | Plural | tuple[str, ...]]  # key -> sentence, plural, or sentences

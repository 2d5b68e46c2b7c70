"""Whole messages that content lists under a key of the words, such as `typed.home.start`.

Those of the user's language and the English ones count, in small letters, without punctuation.
"""

from __future__ import annotations

from flows.base import Scene
from flows.text.normal import bare, normalise


def is_listed(text: str, key: str, scene: Scene) -> bool:
    return bare(normalise(text)) in listed(key, scene)


def listed(key: str, scene: Scene) -> frozenset[str]:
    known = (scene.content.words.get(language, {}) for language in (scene.language, "en"))
    found = (words.get(key, ()) for words in known)
    every = (words for words in found if isinstance(words, tuple))
    return frozenset(bare(normalise(word)) for words in every for word in words)

"""What a few typed words mean while a session runs, where no label was typed.

The words are content (`typed.session.…`), in the user's language and in English; numbers, labels
and stop words never come here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flows.base import Event, Hurts, Scene
from flows.session import course
from flows.session.vocabulary import (
    Back,
    Fine,
    Finish,
    Pause,
    Plus,
    Rated,
    Redo,
    Resume,
    Session,
    Skip,
)
from flows.text.normal import bare, normalise

END = (("finish", Finish()),)
RATING = (("pause", Pause()), ("back", Back()), *END)
COUNTED = (("go", Fine()), ("next", Skip()), *RATING)
GO_ON = (("go", Resume()), ("next", Resume()))
WAITING: Mapping[str, tuple[tuple[str, Event], ...]] = {
    "rating": (("go", Rated(effort="right")), ("next", Rated(effort="right")), *RATING),
    "waiting_paused": (*GO_ON, ("again", Redo()), ("back", Back()), *END),
    "waiting_away": (*GO_ON, *END),
    "waiting_skipping": (("back", Resume()), *END),
    "waiting_asked": (("hurt", Hurts()), *END),  # "ok" answers nothing here
}


def read(session: Session, text: str, scene: Scene) -> Event | None:
    plain = bare(normalise(text))
    meant = _meant(session, scene)
    return next((event for key, event in meant if plain in _words(key, scene)), None)


def _meant(session: Session, scene: Scene) -> Iterable[tuple[str, Event]]:
    """List what can be meant here; going on is never read into a question about pain."""
    if session.phase.startswith("active"):
        more = (("more", Plus()),) if course.has_room(session, scene.content) else ()
        return (*COUNTED, *more)
    if session.phase == "rating" and session.sequence.leg_question:
        return RATING
    return WAITING.get(session.phase, ())


def _words(key: str, scene: Scene) -> frozenset[str]:
    known = (scene.content.words.get(language, {}) for language in (scene.language, "en"))
    found = (words.get(f"typed.session.{key}", ()) for words in known)
    listed = (words for words in found if isinstance(words, tuple))
    return frozenset(bare(normalise(word)) for words in listed for word in words)

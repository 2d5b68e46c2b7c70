"""What a few typed words mean while a session runs, where no label was typed.

The words are content (`typed.session.…`), in the user's language and in English; numbers, labels
and stop words never come here.
"""

from __future__ import annotations

import re
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
from flows.text.listed import is_listed

HOW_STRONG = re.compile(r"[1-9]|10")  # asked whether something hurts, a number says yes
EFFORTS = (
    ("easy", Rated(effort="easy")), ("right", Rated(effort="right")),
    ("much", Rated(effort="much")),
)  # fmt: skip
END = (("finish", Finish()),)
RATING = (("pause", Pause()), ("back", Back()), *END)
COUNTED = (("go", Fine()), ("next", Skip()), *RATING)
GO_ON = (("go", Resume()), ("next", Resume()))
WAITING: Mapping[str, tuple[tuple[str, Event], ...]] = {
    "rating": (*EFFORTS, ("go", Rated(effort="right")), ("next", Rated(effort="right")), *RATING),
    "waiting_paused": (*GO_ON, ("again", Redo()), ("back", Back()), *END),
    "waiting_away": (*GO_ON, *END),
    "waiting_skipping": (("back", Resume()), *END),
    "waiting_asked": (("hurt", Hurts()), *END),  # "ok" answers nothing here
}


def read(session: Session, text: str, scene: Scene) -> Event | None:
    number = text.strip(" .!?")
    if number.isdecimal():  # it may say how much it hurts, and never that something goes on
        asked = session.phase == "waiting_asked" and HOW_STRONG.fullmatch(number)
        return Hurts() if asked else None
    meant = _meant(session, scene)
    return next((event for key, event in meant if is_listed(text, _key(key), scene)), None)


def _meant(session: Session, scene: Scene) -> Iterable[tuple[str, Event]]:
    """List what can be meant here; going on is never read into a question about pain."""
    if session.phase.startswith("active"):
        more = (("more", Plus()),) if course.has_room(session, scene.content) else ()
        return (*COUNTED, *more)
    if session.phase == "rating" and session.sequence.leg_question:
        return RATING
    return WAITING.get(session.phase, ())


def _key(of: str) -> str:
    return f"typed.session.{of}"

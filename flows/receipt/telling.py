"""A receipt told to its user: why the advice was what it was, or all that was asked and said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flows.base import Said, Show, said
from flows.receipt.vocabulary import Question, Reason, Receipt, Text

A_MESSAGE = 2800  # characters of answers in one message: what stands round them fits beside
CODE = 6


def code_in(typed: str) -> str:
    """Read a code as it was typed, small or without its dash; what is none stays as it is."""
    bare = "".join(each for each in typed.upper() if each.isalnum())
    return f"{bare[:4]}-{bare[4:]}" if len(bare) == CODE else typed.strip()[:16]


def unknown(code: str) -> Said:
    return said("receipt.unknown", code=code) if code else said("receipt.none")


def told_why(receipt: Receipt) -> Show:
    """Tell the deciding answers and their sources, without naming what they may come from."""
    lines = [_head(receipt)]
    for reason in _leading(receipt):
        if reason.answers:
            lines.append(said("receipt.because", answers=tuple(map(_said, reason.answers))))
        lines.append(said("receipt.sources", sources="; ".join(reason.sources)))
    if len(lines) == 1:
        found_well = bool(receipt.path) and receipt.level.startswith("SELF_CARE")
        lines.append(said("receipt.nothing" if found_well else "receipt.session"))
    lines.append(said("receipt.more", code=receipt.code))
    return _message(lines)


def told_whole(receipt: Receipt) -> tuple[Show, ...]:
    """Tell what was asked and advised then, in the words of then; in several messages if long."""
    return tuple(_message(lines) for lines in _paged([_head(receipt), *_lines(receipt)]))


def _lines(receipt: Receipt) -> Iterator[Said]:
    yield said("receipt.asked" if receipt.path else "receipt.session")
    for question in receipt.path:
        yield _asked(question)
    if receipt.fired:
        yield said("receipt.decided")
    for reason in receipt.fired:
        sources = "; ".join(reason.sources)
        yield said("receipt.rule", why=_said(reason.why), rule=reason.rule, sources=sources)
    yield said("receipt.told")
    yield from map(_said, receipt.told)
    yield said(
        "receipt.versions",
        content=receipt.content,
        program=receipt.program,
        consent=receipt.consent or 0,
    )


def _asked(question: Question) -> Said:
    """Tell a question with all that was on offer: what was not taken is an answer as well."""
    ask, answers = _said(question.ask), tuple(map(_said, question.answers))
    if not question.offered:
        return said("receipt.question", ask=ask, answers=answers)
    offered = tuple(said("receipt.option", text=_said(each)) for each in question.offered)
    return said("receipt.question_of", ask=ask, offered=offered, answers=answers)


def _head(receipt: Receipt) -> Said:
    level = said("advice.crisis" if receipt.crisis else f"advice.level.{receipt.level}")
    return said("receipt.head", code=receipt.code, at=receipt.at, level=level)


def _leading(receipt: Receipt) -> tuple[Reason, ...]:
    return tuple(reason for reason in receipt.fired if reason.rule in receipt.reasons)


def _said(text: Text) -> Said:
    return said("receipt.text", text=text) if isinstance(text, str) else text


def _message(lines: Iterable[Said]) -> Show:
    return Show(slot="screen", how="fresh", text=tuple(lines))


def _paged(lines: Iterable[Said]) -> Iterator[list[Said]]:
    page: list[Said] = []
    length = 0
    for line in lines:
        longer = _length(line)
        if page and length + longer > A_MESSAGE:
            yield page
            page, length = [], 0
        page.append(line)
        length += longer
    yield page


def _length(piece: Said) -> int:
    """Count the characters that fill the gaps of a sentence."""
    return sum(_weight(value) for value in piece.args.values()) + len(piece.key)


def _weight(value: object) -> int:
    match value:
        case Said():
            return _length(value)
        case tuple():
            return sum(map(_weight, value))
        case str():
            return len(value)
        case _:
            return 0

"""A receipt drafted from the judgement that it is about; the same judgement has the same code."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping

from content.schema import Rule
from flows.base import Asked, Known, Said, Scene, Verdict, said
from flows.receipt.vocabulary import Question, Reason, Receipt

CODE_LENGTH = 6  # 16 million: enough to tell one person's advices apart


def code_of(verdict: Verdict, facts: Mapping[str, Known], path: tuple[Asked, ...]) -> str:
    """Make the short code, such as 7F3A-21, of what was told, found and when.

    The version of the content is no part of it: a receipt holds its rules itself.
    """
    judged = verdict.model_dump(mode="json", exclude={"receipt"})
    told = {name: [known.value, known.unsure] for name, known in facts.items()}
    asked = [each.model_dump(mode="json") for each in path]
    canonical = json.dumps([judged, told, asked], sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(canonical.encode()).hexdigest()[:CODE_LENGTH].upper()
    return f"{digest[:4]}-{digest[4:]}"


def drafted(
    verdict: Verdict,
    path: tuple[Asked, ...],
    told: tuple[Said, ...],
    scene: Scene,
    consent: int | None,
) -> Receipt:
    """Draft the receipt of an advice; `told` is how it is said."""
    return Receipt(
        code=verdict.receipt,
        at=verdict.at,
        language=scene.language,
        level=verdict.level,
        stretch=verdict.stretch,
        crisis=verdict.crisis,
        by_mistake=verdict.by_mistake,
        facts=dict(scene.known),
        path=tuple(_question(each, scene) for each in path),
        fired=tuple(_reason(rule, scene) for rule in _rules(verdict.fired, scene)),
        reasons=verdict.reasons,
        told=told,
        content=scene.content.version,
        consent=consent,
    )


# ---- what was asked


def _question(asked: Asked, scene: Scene) -> Question:
    return Question(
        screen=asked.screen,
        ask=said(f"screen.{asked.screen}.ask"),
        offered=tuple(_option(ref) for ref in asked.offered),
        answers=tuple(_answers(asked, scene)) or (said("button.none"),),
    )


def _answers(asked: Asked, scene: Scene) -> Iterable[Said]:
    yield from (_option(ref) for ref in asked.ticked)
    part = scene.content.screens[asked.screen].parts[0]
    if part.fact in asked.numbers:  # `also` would say the same number twice
        yield _told(part.fact, asked.numbers[part.fact], scene) or said("button.done")
    for name in asked.unsure:
        one = "." in name
        yield said("receipt.not_sure", of=_option(name)) if one else said("button.not_sure")


def _option(ref: str) -> Said:
    return said(f"option.{ref}")


# ---- what decided


def _rules(fired: Iterable[str], scene: Scene) -> Iterable[Rule]:
    """Look up the rules; what an earlier advice fired by may have left the content since."""
    by_id = {rule.id: rule for rule in scene.content.rules}
    return (by_id[name] for name in fired if name in by_id)


def _reason(rule: Rule, scene: Scene) -> Reason:
    content = scene.content
    return Reason(
        rule=rule.id,
        level=rule.level,
        stretch=rule.stretch,
        cond=rule.cond,
        why=said(f"rule.{rule.id}.why"),
        answers=tuple(_deciding(rule, scene)),
        sources=tuple(content.sources[source].title for source in rule.src),
    )


def _deciding(rule: Rule, scene: Scene) -> Iterable[Said]:
    """Tell the answers that a rule reads, of those that say something, in the facts' order."""
    read = scene.content.facts_of(rule.cond)
    for name in scene.content.facts:
        known = scene.known.get(name)
        if name not in read or known is None or known.value == scene.content.defaults.get(name):
            continue
        if (told := _told(name, known.value, scene)) is not None:
            yield said("receipt.not_sure", of=told) if known.unsure else told


def _told(name: str, value: bool | int | str, scene: Scene) -> Said | None:  # noqa: FBT001 - a fact's
    """Say a fact as "You told me …" has it, where there are words for it."""
    plain = isinstance(value, bool | int)
    n = value if isinstance(value, int) and not isinstance(value, bool) else 1
    for key, gap in (
        (f"fact.{name}.{value}.told", n),
        (f"fact.{name}.told", n if plain else value),
    ):
        if key in scene.content.words["en"]:
            return said(key, n=gap)
    return None

"""All proofs of one release of content: each property by its name, with what was found.

`limber content prove` prints the certificate, and keeps it when everything held.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

from bot.proofs.certificate import Certificate, hash_of
from bot.proofs.property import Counterexample, Property
from content.catalogue import Catalogue
from content.errors import ContentFaults, Where, fault

if TYPE_CHECKING:
    from bot.proofs.case import Asker


@dataclass(frozen=True)
class Proof:
    """A property, and the search for what contradicts it."""

    name: str
    sentence: str
    search: Callable[[], Iterator[Counterexample]]
    told: Callable[[], Iterator[str]] = lambda: iter(())


def prove(catalogue: Catalogue, only: Collection[str] = ()) -> Certificate:
    """Prove everything, or what is named; raises ContentFaults where there is no solver."""
    proofs = [each for each in _proofs(catalogue) if not only or each.name in only]
    return Certificate(hash_of(catalogue), tuple(_tried(each) for each in proofs))


def _tried(proof: Proof) -> Property:
    begun = perf_counter()
    found = tuple(proof.search())
    seconds = perf_counter() - begun
    return Property(proof.name, proof.sentence, found, seconds, tuple(proof.told()))


def _proofs(catalogue: Catalogue) -> tuple[Proof, ...]:
    try:
        from bot.proofs.case import Asker  # noqa: PLC0415 - a running bot needs no solver
        from bot.proofs.world import world_of  # noqa: PLC0415
    except ModuleNotFoundError as missing:
        if missing.name != "z3":
            raise
        raise ContentFaults((fault("solver_missing", Where("content")),)) from None
    asker = Asker(world_of(catalogue))
    return (*_of_rules(asker), *_of_swaps(catalogue), *_of_paths(asker))


def _of_rules(asker: Asker) -> Iterator[Proof]:
    from bot.proofs import graver, rules  # noqa: PLC0415

    catalogue = asker.world.catalogue

    def awaiting() -> Iterator[str]:
        for each in catalogue.exempt:
            if each.review == "awaiting":
                yield f"awaits review: exempt *{each.id}*: {' '.join(each.reason.split())}"

    def undirected() -> Iterator[str]:
        yield f"facts without a direction: {', '.join(graver.undirected(catalogue))}"
        yield from awaiting()

    def kept() -> Iterator[str]:
        for rule in catalogue.rules:
            if rule.kept:
                yield f"kept though it never decides: {rule.id}: {' '.join(rule.kept.split())}"

    yield Proof(
        "emergencies", "a fired emergency rule leaves the level at EMERGENCY",
        lambda: rules.emergencies(asker),
    )  # fmt: skip
    yield Proof(
        "promises", "what promises.yaml promises holds whatever else is told",
        lambda: rules.promised(asker),
    )  # fmt: skip
    yield Proof(
        "grave", "URGENT and EMERGENCY leave nothing of stretching",
        lambda: rules.grave_is_blocked(asker),
    )  # fmt: skip
    yield Proof(
        "graver", "no fact that grows graver makes an advice milder, but where it is exempt",
        lambda: graver.monotone(asker), undirected,
    )  # fmt: skip
    yield Proof(
        "exempt", "every exemption is needed for each of its facts",
        lambda: graver.needless(asker),
    )  # fmt: skip
    yield Proof(
        "unsure", '"not sure" is never milder than "no"', lambda: graver.doubted(asker)
    )  # fmt: skip
    yield Proof(
        "rules", "every rule can fire, and decides for somebody or says why it is kept",
        lambda: rules.idle(asker), kept,
    )  # fmt: skip


def _of_swaps(catalogue: Catalogue) -> Iterator[Proof]:
    from bot.proofs import swaps  # noqa: PLC0415

    tables = swaps.Tables(catalogue)
    yield Proof(
        "matrix", "conditions and exercises say the same of each other",
        lambda: swaps.disagreeing(catalogue),
    )  # fmt: skip
    yield Proof(
        "swaps", "no barred exercise survives any set of conditions in any program",
        lambda: swaps.surviving(tables),
    )  # fmt: skip
    yield Proof(
        "remains", "every program, or the one in its place, keeps enough for any set of conditions",
        lambda: swaps.too_few(tables),
    )  # fmt: skip


def _of_paths(asker: Asker) -> Iterator[Proof]:
    from bot.proofs import gates, questions  # noqa: PLC0415

    catalogue = asker.world.catalogue
    yield Proof(
        "questions", "every question is asked of somebody", lambda: questions.unreached(asker)
    )  # fmt: skip
    yield Proof(
        "answers", "whoever is asked has an answer", lambda: questions.unanswerable(asker)
    )  # fmt: skip
    yield Proof(
        "paths", "no question leads back to itself: every check ends",
        lambda: questions.circles(catalogue),
    )  # fmt: skip
    yield Proof(
        "gate", "no session begins while something stands against it", lambda: gates.shut(catalogue)
    )  # fmt: skip
    yield Proof(
        "machines", "from every state of a machine an end is reached",
        lambda: gates.trapped(gates.machines()),
    )  # fmt: skip

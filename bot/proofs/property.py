"""What a proof comes to: a property that held, or the cases in which it did not."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Counterexample:
    """A case or a sentence that whoever edits content can read."""

    text: str


@dataclass(frozen=True)
class Property:
    """One thing proved: its name, the sentence it stands for, and what was found."""

    name: str
    sentence: str
    counterexamples: tuple[Counterexample, ...]
    seconds: float
    told: tuple[str, ...] = ()  # what a reader should know beside it

    @property
    def held(self) -> bool:
        return not self.counterexamples

    def __str__(self) -> str:
        head = f"{'held' if self.held else 'FAILED'}  {self.name}: {self.sentence}"
        lines = [f"{head} ({self.seconds:.1f} s)", *(f"  {each}" for each in self.told)]
        return "\n".join([*lines, *(each.text for each in self.counterexamples)])

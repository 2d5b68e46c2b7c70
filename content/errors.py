"""The catalogue of content errors: full sentences for whoever writes content.

Every fault that can be found has a code and one sentence here, which names the place and what to
do about it.  All faults of a folder are told at once.
"""

from __future__ import annotations

from dataclasses import dataclass

SENTENCES = {
    # ---- files
    "unreadable": "this cannot be read: {problem}. Look at its name, and that it is UTF-8 text.",
    "not_yaml": "this is not YAML: {problem}. Look at the indents, colons and quotes around here.",
    "not_a_map": "this has to be a map of names to entries. Begin with a line such as `rules:`.",
    "key_twice": "`{key}` stands twice in one entry, so one of them is lost. Remove or rename one.",
    "section_unknown": "`{key}` is no kind of content. {nearest}",
    "section_twice": "`{key}` has one entry only, and it stands in {other} already. Remove one.",
    "section_missing": "no file has the section `{key}`. Add it.",
    # ---- entries
    "field_unknown": "`{field}` is no field of this entry. {nearest}",
    "field_missing": "the field `{field}` is missing. Add it.",
    "field_text": "`{field}` is a text, but `{value}` is not read as one. Write it in quotes.",
    "field_wrong": "`{field}` cannot be `{value}`: {problem}. Mend the value.",
    "id_twice": "the {kind} `{name}` is defined already, in {other}. Give one of them another id.",
    "name_taken": "`{name}` is the name of a {kind} too, so conditions are unclear. Rename one.",
    # ---- facts and questions
    "value_wrong": "`{field}` says `{fact}` is `{value}`, which it cannot be. {remedy}",
    "order_wrong": "`toward_danger` has to list each value once, from harmless to grave.",
    "values_missing": "an enum fact needs its `values`. List them.",
    "default_missing": "this fact has no `default`, and is not one that lasts. Give it one.",
    "options_missing": "the part `{part}` is a {kind}, which needs options. List them.",
    "fact_missing": "the part `{part}` is a {kind}, which fills a whole-number `fact`. Name it.",
    "option_twice": "the part `{part}` has the option `{option}` twice. Rename one.",
    "case_wrong": "the case cannot be read: {problem} Mend it.",
    # ---- proofs
    "unproved": "the content was changed since it was last proved. Run `limber content prove`.",
    "solver_missing": "the proofs need `z3-solver`, one of the development tools. Install it.",
    # ---- what names something else
    "reference": "{field} names the {kind} `{name}`, which no file defines. {nearest}",
    "condition": "{field}: {problem}. {remedy}",
    # ---- words
    "words_missing": "the sentence `{key}` is missing; {other} needs it. Write it.",
    "words_unused": "nothing needs the sentence `{key}`. {nearest} Else remove it.",
    "words_twice": "the sentence `{key}` stands in {other} already. Remove one.",
    "words_shape": "`{key}` has to be {shape}. Write it so.",
    "words_plural": "`{key}` is a plural, which needs `other`, beside zero, one, two, few or many.",
    "words_marks": "`{key}` has marks other than <b> and <i>, or one left open. Mend it.",
    "words_gaps": "`{key}` has a gap in braces that cannot be read: {problem}. Mend it.",
    "words_long": "`{key}` is {length} characters, a button shows {limit}. Shorten it.",
}


@dataclass(frozen=True, slots=True, order=True)
class Where:
    """A place in the content: its file, the line, and the entry by its id."""

    file: str
    line: int | None = None
    entry: str | None = None

    def __str__(self) -> str:
        line = f", line {self.line}" if self.line else ""
        entry = f", *{self.entry}*" if self.entry else ""
        return f"{self.file}{line}{entry}"


@dataclass(frozen=True, slots=True, order=True)
class ContentFault:
    """One fault, told to its author."""

    where: Where
    code: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.where}: {self.sentence}"


def fault(code: str, where: Where, **gaps: object) -> ContentFault:
    return ContentFault(where, code, SENTENCES[code].format(**gaps))


class ContentFaults(Exception):  # noqa: N818 - it carries all the faults, not one error
    """Content that cannot be used; `faults` are all there are, in the order of files and lines."""

    def __init__(self, faults: tuple[ContentFault, ...]) -> None:
        self.faults = tuple(sorted(set(faults), key=_place))
        super().__init__("\n".join(str(each) for each in self.faults))


def _place(fault: ContentFault) -> tuple[str, int, str]:
    return (fault.where.file, fault.where.line or 0, fault.sentence)

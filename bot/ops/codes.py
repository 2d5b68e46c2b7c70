"""Codes for clinics to hand out: made, listed and revoked by the operator.

A code is told once, when it is made; what is kept opens nothing and names nobody.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from bot.invitations import Wish
from bot.service import ALPHABET
from bot.settings import SettingsFault
from bot.store.codes import Code
from bot.store.unit import Unit
from content.catalogue import Catalogue
from flows.news import CLINIC_PROGRAM

LENGTH = 10  # letters: fifty bits, so nobody finds one by trying
SHOWN = 4  # letters by which a code is known in the list
CONTACT_AT_MOST = 200
NONE = "none"
NAME = "NAME"
NAMELESS = " with your bot's name in the place of NAME (or say --bot)."
QR_SCALE, QR_BORDER = 8, 4  # dots a module; modules of white around, as readers want them
PICTURES = (".png", ".svg", ".pdf")
BOT = re.compile(r"NAME|@?[A-Za-z]\w{4,31}", re.ASCII)
MONTH = timedelta(days=30)


@dataclass(frozen=True)
class Wanted:
    """What the operator asks for, as typed."""

    uses: int | None = None
    until: str | None = None
    language: str | None = None
    program: str | None = None
    contact: str = ""
    bot: str = NAME
    picture: Path | None = None


def looked_at(wanted: Wanted, content: Catalogue, today: date) -> datetime | None:
    """See that a code would work, and tell when it ends; all faults at once."""
    faults = [*_faults(wanted, content)]
    ends_at = None
    try:
        ends_at = _end_of(wanted.until) if wanted.until else None
    except ValueError:
        faults.append(f"--until: {wanted.until} is no date. Write it as {today + MONTH}.")
    if ends_at is not None and ends_at.date() <= today:
        faults.append(f"--until: {wanted.until} is over. Write a day to come.")
    if faults:
        raise SettingsFault(faults)
    return ends_at


def made(unit: Unit, wanted: Wanted, ends_at: datetime | None, at: datetime) -> list[str]:
    """Draw a code and keep it; this is the only time that it is told."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    wish = Wish(language=wanted.language, program=wanted.program, contact=wanted.contact)
    number = unit.add_code(
        code, code[:SHOWN], wish.model_dump_json(), at, most_uses=wanted.uses, ends_at=ends_at
    )
    unit.audit("code made", at, f"number {number}")
    link = f"https://t.me/{wanted.bot.removeprefix('@')}?start={code}"
    drawn = _drawn(link, wanted.picture) if wanted.picture else []
    return [
        f"Code {number}: {code}",
        f"The link: {link}{'' if wanted.bot != NAME else NAMELESS}",
        *drawn,
        "Keep it: only its first letters are listed from now on.",
    ]


def _drawn(link: str, picture: Path) -> list[str]:
    """Draw the link as a QR code to be printed, in a form that its name says (png, svg, pdf)."""
    import segno  # noqa: PLC0415 - rarely wanted

    try:
        segno.make(link, error="m").save(str(picture), scale=QR_SCALE, border=QR_BORDER)
    except OSError as fault:
        why = fault.strerror or "unknown reason"
        raise SettingsFault(
            [f"--qr: {picture} cannot be written ({why}), so no code was made. Name another file."]
        ) from None
    return [f"The QR code: {picture}"]


def listed(unit: Unit, at: datetime) -> list[str]:
    return [_line(code, at) for code in unit.all_codes()] or ["There are no codes."]


def revoked(unit: Unit, code: str, at: datetime) -> list[str]:
    if not unit.revoke_code(code, at):
        raise SettingsFault(
            ["There is no such code in force. Name it whole, or by its number in the list."]
        )
    unit.audit("code revoked", at, "at request")
    return ["Revoked. Who came with it stays; nobody comes with it from now on."]


def _end_of(day: str) -> datetime:
    """Tell when a day is over everywhere on earth."""
    return datetime.combine(date.fromisoformat(day), time(12), UTC) + timedelta(days=1)


def _faults(wanted: Wanted, content: Catalogue) -> Iterator[str]:
    programs = [each for each in content.facts[CLINIC_PROGRAM].values if each != NONE]
    if wanted.uses is not None and wanted.uses < 1:
        yield "--uses: at least 1."
    if wanted.language is not None and wanted.language not in content.words:
        yield f"--language: there are no words for it. Use one of: {_all(content.words)}."
    if wanted.program is not None and wanted.program not in programs:
        yield f"--program: a clinic can pick one of: {_all(programs)}."
    yield from _faults_of_link(wanted)
    if len(wanted.contact) > CONTACT_AT_MOST or not wanted.contact.isprintable():
        yield f"--contact: one line of {CONTACT_AT_MOST} characters at most."


def _faults_of_link(wanted: Wanted) -> Iterator[str]:
    if not BOT.fullmatch(wanted.bot):
        yield "--bot: a bot's name is 5 to 32 letters, digits and underscores."
    if wanted.picture is None:
        return
    if wanted.bot == NAME:
        yield "--qr: a QR code needs the bot's name: say --bot as well."
    if wanted.picture.suffix not in PICTURES or not wanted.picture.parent.is_dir():
        yield f"--qr: name a file that ends in {_all(PICTURES)}, in a folder that is there."


def _all(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))


def _line(code: Code, at: datetime) -> str:
    wish = Wish.model_validate_json(code.wish)
    most = f" of {code.most_uses}" if code.most_uses is not None else ""
    told = [f"{code.number}: {code.name}…", f"used {code.uses}{most}"]
    if code.ends_at is not None:
        told.append(f"{'ended' if code.ends_at <= at else 'until'} {_day(code.ends_at)}")
    told += [f"{name} {value}" for name, value in wish.model_dump().items() if value]
    if code.revoked_at is not None:
        told.append(f"revoked {code.revoked_at:%Y-%m-%d}")
    return ", ".join(told)


def _day(ends_at: datetime) -> str:
    return f"{ends_at - timedelta(days=1):%Y-%m-%d}"

"""The content as shipped is proved, and a bot starts with no other."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bot.proofs.case import Asker
from bot.proofs.certificate import (
    Certificate,
    assert_proved,
    hash_of,
    write_certificate,
)
from bot.proofs.graver import undirected
from bot.proofs.property import Counterexample, Property
from content.catalogue import Catalogue
from content.errors import ContentFaults

NAMES = (
    "emergencies", "promises", "grave", "graver", "exempt", "unsure", "rules", "matrix", "swaps",
    "remains", "questions", "answers", "paths", "gate", "machines",
)  # fmt: skip
FAILED = Property("paths", "every check ends", (Counterexample("It does not.\n"),), 0.1)


@pytest.mark.parametrize("name", NAMES)
def test_a_property_holds_over_all_answers(name: str, certificate: Certificate) -> None:
    found = {each.name: each for each in certificate.properties}[name]
    assert "" == "".join(each.text for each in found.counterexamples)


def test_nothing_else_is_proved_and_all_of_it_in_less_than_a_minute(
    certificate: Certificate,
) -> None:
    assert NAMES == tuple(each.name for each in certificate.properties)
    assert certificate.seconds < 60


def test_the_facts_without_a_direction_are_named(asker: Asker, certificate: Certificate) -> None:
    assert ("age", "sex", "duration_days", "pain_location") == undirected(asker.world.catalogue)
    assert "facts without a direction: age, sex, duration_days, pain_location" in str(certificate)


def test_a_certificate_tells_what_awaits_review(certificate: Certificate) -> None:
    told = [line for each in certificate.properties for line in each.told]
    assert any(line.startswith("awaits review: exempt *injury_beside_old") for line in told)
    assert any(line.startswith("kept though it never decides: U13") for line in told)


def test_content_that_was_proved_starts(
    catalogue: Catalogue, certificate: Certificate, tmp_path: Path
) -> None:
    path = tmp_path / "proved.json"
    write_certificate(certificate, path)
    assert_proved(catalogue, path)
    assert set(NAMES) == set(json.loads(path.read_text("utf-8"))["properties"])


def test_content_changed_since_names_the_command(
    catalogue: Catalogue, certificate: Certificate, tmp_path: Path
) -> None:
    path = tmp_path / "proved.json"
    write_certificate(certificate, path)
    changed = replace(catalogue, rules=catalogue.rules[1:])
    with pytest.raises(ContentFaults, match="Run `limber content prove`"):
        assert_proved(changed, path)


@pytest.mark.parametrize("kept", [None, "", "[]", "{}", "nonsense"])
def test_a_lost_or_spoilt_certificate_proves_nothing(
    kept: str | None, catalogue: Catalogue, tmp_path: Path
) -> None:
    path = tmp_path / "proved.json"
    if kept is not None:
        path.write_text(kept, "utf-8")
    with pytest.raises(ContentFaults, match="Run `limber content prove`"):
        assert_proved(catalogue, path)


def test_a_proof_that_failed_is_told_and_not_kept(tmp_path: Path) -> None:
    certificate = Certificate("0" * 64, (FAILED,))
    assert "Not proved: paths." in str(certificate)
    assert "It does not." in str(certificate)
    with pytest.raises(ValueError, match="no certificate"):
        write_certificate(certificate, tmp_path / "proved.json")
    assert not (tmp_path / "proved.json").exists()


def test_words_and_phones_are_no_part_of_what_is_proved(catalogue: Catalogue) -> None:
    other = replace(catalogue, words={}, sources={}, places=())
    assert hash_of(catalogue) == hash_of(other)


def test_the_order_of_rules_is_part_of_it(catalogue: Catalogue) -> None:
    turned = replace(catalogue, rules=catalogue.rules[::-1])
    assert hash_of(catalogue) != hash_of(turned)


def test_the_content_as_shipped_is_proved(catalogue: Catalogue) -> None:
    assert_proved(catalogue)


def test_a_start_needs_no_solver() -> None:
    program = "import sys, bot.proofs.certificate, bot.prove; print('z3' in sys.modules)"
    told = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert "False" == told.stdout.strip()


def test_without_the_solver_it_says_what_to_install() -> None:
    program = (
        "import sys; sys.modules['z3'] = None\n"
        "from bot.prove import prove; from content.load import load\n"
        "from content.errors import ContentFaults\n"
        "try:\n    prove(load())\nexcept ContentFaults as faults:\n    print(faults)\n"
    )
    told = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert "z3-solver" in told.stdout

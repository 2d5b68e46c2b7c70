"""What a process that serves has in its memory, and what it has not until somebody wants it."""

from __future__ import annotations

import subprocess
import sys
from base64 import b64encode
from pathlib import Path

import pytest

from bot.lean import ask_c_library
from tests.bot.process import ROOT, environment

NOT_AT_REST = {
    "alembic", "asyncpg", "av", "click", "dateparser", "greenlet", "httpx", "numpy", "PIL",
    "prometheus_client", "prompt_toolkit", "pygments", "pytz", "reportlab", "resvg_py", "rich",
    "segno", "typer", "z3",
}  # fmt: skip
KEY = b64encode(bytes(32)).decode()
SERVES = """
import sys
from bot import lean
from bot.command_line import start
lean.plain("structlog")
from bot import logs, wiring
lean.plain("telegram")
from bot.frontends import telegram_run
print(*sys.modules)
"""
LATER = """
from bot import lean
lean.plain("telegram")
import httpx, pytz
from cryptography.hazmat.primitives import serialization
print(httpx.Timeout(1).read, pytz.utc, hasattr(serialization, "Encoding"))
"""


def told(code: str, folder: Path) -> list[str]:
    return ran("-c", code, env=environment(folder)).stdout.split()


def ran(*args: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - what stands here
        [sys.executable, *args], env=env, cwd=ROOT, text=True, check=False, capture_output=True
    )


def test_nothing_is_loaded_that_only_some_want(tmp_path: Path) -> None:
    assert set() == NOT_AT_REST & set(told(SERVES, tmp_path))


def test_what_was_left_out_is_there_for_whoever_asks(tmp_path: Path) -> None:
    assert ["1", "UTC", "True"] == told(LATER, tmp_path)


@pytest.mark.parametrize("call", ["malloc_trim", "no_such_call"])
def test_a_c_library_without_it_is_no_fault(call: str) -> None:
    ask_c_library(call, 0)


def test_a_library_that_is_wanted_later_and_broken_is_told_by_the_check(tmp_path: Path) -> None:
    (tmp_path / "segno.py").write_text("import nothing_of_the_kind")
    env = environment(tmp_path, PYTHONPATH=f"{tmp_path}:{ROOT}")
    del env["LIMBER_KEY_FILE"]
    done = ran("-m", "bot", "check", env=env | {"LIMBER_MASTER_KEY": KEY})
    assert (2, ["The library segno cannot be loaded. Install Limber anew."]) == (
        done.returncode, done.stderr.splitlines(),
    )  # fmt: skip

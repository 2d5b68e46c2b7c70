"""What is wrong at the start: every fault at once, in sentences, exit code 2, and no trace.

A database that does not answer is no fault of a setting: whoever starts us may try again.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
from base64 import b64encode
from pathlib import Path

from tests.bot.conftest import Serve
from tests.bot.process import ROOT, Limber, environment, left
from tests.bot.seed import seeded
from tests.botapi.server import TOKEN, BotApi

MAY_PASS = 75


async def told(folder: Path, *args: str, **settings: str) -> tuple[int, str]:
    """Run Limber until it ends of itself, with nothing to read; its exit code and complaints."""
    limber = Limber(folder, environment(folder, **settings))
    process = await limber.start(*args)
    code, printed = await left(process)
    return code, limber.errors + printed


def faults(complaints: str) -> list[str]:
    assert "Traceback" not in complaints
    return complaints.splitlines()


async def test_several_faults_are_told_at_once(tmp_path: Path) -> None:
    nearly = "123:short"
    key_file = tmp_path / "bad.key"
    key_file.write_text("not base64 !\n")
    for args in ((), ("check",)):
        (tmp_path / "stderr").unlink(missing_ok=True)
        code, complaints = await told(
            tmp_path, *args, LIMBER_TELEGRAM_TOKEN=nearly, LIMBER_DATABASE_URL="mysql://x/y",
            LIMBER_RATE_PER_SECOND="fast", LIMBER_KEY_FILE=str(key_file),
        )  # fmt: skip
        assert 2 == code
        lines = faults(complaints)
        for name in ("TELEGRAM_TOKEN", "DATABASE_URL", "RATE_PER_SECOND", "KEY_FILE"):
            assert 1 == sum(f"LIMBER_{name}" in line for line in lines), name
        assert nearly not in complaints, "a token may be nearly right"


async def test_each_wrong_setting_is_told(tmp_path: Path) -> None:
    cases = [
        ({"LIMBER_KEY_FILE": "{}/absent.key"}, "does not exist"),
        ({"LIMBER_MASTER_KEY": "c2hvcnQ="}, "has 5 bytes instead of 32"),
        ({"LIMBER_MASTER_KEY": "?"}, "not base64"),
        ({"LIMBER_DATABASE_URL": "sqlite:////proc/limber/limber.db"}, "cannot be made or opened"),
        ({"LIMBER_DATA_DIR": "/proc/limber"}, "LIMBER_DATA_DIR"),
        ({"LIMBER_LANGUAGE": "tlh"}, "LIMBER_LANGUAGE"),
        ({"LIMBER_LOG_LEVEL": "loud"}, "LIMBER_LOG_LEVEL"),
    ]
    key = b64encode(os.urandom(32)).decode()

    async def is_told(number: int, settings: dict[str, str], wanted: str) -> None:
        folder = tmp_path / str(number)
        given = {name: value.format(folder) for name, value in settings.items()}
        if "LIMBER_KEY_FILE" not in given:
            given = {"LIMBER_MASTER_KEY": key} | given
        code, complaints = await told(folder, **given)
        assert (2, True) == (code, wanted in complaints), complaints
        faults(complaints)

    await asyncio.gather(*(is_told(number, *case) for number, case in enumerate(cases)))


async def test_a_key_that_does_not_fit_this_database_is_told(tmp_path: Path) -> None:
    await seeded(environment(tmp_path), {})
    other = b64encode(os.urandom(32)).decode()
    for args in ((), ("check",)):
        (tmp_path / "stderr").unlink(missing_ok=True)
        code, complaints = await told(tmp_path, *args, LIMBER_MASTER_KEY=other)
        assert 2 == code
        assert "is not the key this database" in "".join(faults(complaints))
        assert other not in complaints


async def test_a_check_reaches_for_the_database_and_changes_nothing(tmp_path: Path) -> None:
    key = b64encode(os.urandom(32)).decode()
    code, complaints = await told(
        tmp_path, "check", LIMBER_MASTER_KEY=key,
        LIMBER_DATABASE_URL="postgresql://nobody@127.0.0.1:1/x",
    )  # fmt: skip
    assert (MAY_PASS, True) == (code, "LIMBER_DATABASE_URL" in "".join(faults(complaints)))
    code, said = await told(tmp_path / "other", "check", LIMBER_MASTER_KEY=key)
    assert (0, True) == (code, "in order" in said)
    assert not list((tmp_path / "other").rglob("limber.db"))


async def test_a_start_without_its_database_may_be_tried_again(api: BotApi, tmp_path: Path) -> None:
    code, complaints = await told(
        tmp_path, LIMBER_MASTER_KEY=b64encode(os.urandom(32)).decode(),
        LIMBER_DATABASE_URL="postgresql://nobody@127.0.0.1:1/x", LIMBER_TELEGRAM_TOKEN=TOKEN,
        LIMBER_TELEGRAM_BASE_URL=api.base_url,
    )  # fmt: skip
    assert (MAY_PASS, 1) == (code, len(faults(complaints))), complaints
    assert "LIMBER_DATABASE_URL" in complaints


async def test_a_database_from_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    env = environment(tmp_path)
    await seeded(env, {})
    path = tmp_path / "data" / "limber.db"
    database = sqlite3.connect(path)
    database.execute("UPDATE about SET value = ? WHERE name = 'schema'", (b"999",))
    database.commit()
    database.close()
    before = path.read_bytes()
    code, complaints = await told(tmp_path)
    assert 2 == code
    assert "newer Limber" in "".join(faults(complaints))
    assert before == path.read_bytes()


async def test_faults_of_content_are_told_together_at_start(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    programs = tmp_path / "content" / "programs.yaml"
    text = programs.read_text(encoding="utf-8")
    assert text.count("cat_cow") > 0
    programs.write_text(text.replace("cat_cow", "cat_caw", 1), encoding="utf-8")
    levels = tmp_path / "content" / "levels.yaml"
    levels.write_text(levels.read_text(encoding="utf-8") + "\nnonsense: 1\n", encoding="utf-8")
    code, complaints = await told(tmp_path, PYTHONPATH=f"{tmp_path}:{ROOT}", LIMBER_MASTER_KEY="?")
    assert 2 == code
    lines = faults(complaints)
    for wanted in ("cat_caw", "nonsense", "LIMBER_MASTER_KEY"):
        assert any(wanted in line for line in lines), (wanted, lines)


async def test_a_token_that_telegram_refuses_is_told(api: BotApi, tmp_path: Path) -> None:
    code, complaints = await told(
        tmp_path, LIMBER_TELEGRAM_TOKEN=TOKEN[:-1] + "x", LIMBER_TELEGRAM_BASE_URL=api.base_url,
        LIMBER_MASTER_KEY=b64encode(os.urandom(32)).decode(),
    )  # fmt: skip
    assert 2 == code
    assert "Telegram refuses this token" in "".join(faults(complaints))
    assert TOKEN[:-1] not in complaints


async def test_a_second_limber_on_the_same_file_is_refused(limber: Limber, serving: Serve) -> None:
    await serving()
    second = Limber(limber.folder / "second", limber.env)
    process = await second.start()
    code, _ = await left(process)
    assert 2 == code
    assert 1 == len(faults(second.errors))
    assert limber.process is not None
    assert limber.process.returncode is None


async def test_asked_to_stop_it_ends_soon_and_what_is_under_way_arrives(
    api: BotApi, limber: Limber, serving: Serve
) -> None:
    await serving()
    ada = api.person()
    api.fail_next("sendMessage", delay_s=1.0)
    await ada.says("/start")
    await api.until(lambda: api.faults.ordered == [], 10, "the delayed send")
    assert 0 == await limber.stop()
    assert 1 == len(ada.told)
    await limber.serve(api)
    await ada.says("/help")
    await ada.sees("danger signs", 10)
    assert 1 == sum("I understand, go on" in m.buttons for m in ada.told[:1])

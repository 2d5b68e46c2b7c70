"""Settings in a file: slips are told with line or name and remedy, and values never."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.premises import look_at_data_dir
from bot.settings import SettingsFault, settings_from, settings_in_order, strangers_in


def told(folder: Path, written: bytes) -> list[str]:
    path = folder / ".env"
    path.write_bytes(written)
    with pytest.raises(SettingsFault) as found:
        settings_from(path)
    assert "en" == settings_in_order(path).language, "faults elsewhere can still be looked for"
    return found.value.sentences


@pytest.mark.parametrize(
    ("setting", "wanted"),
    [
        ("TELEGRAM_BASE_URL=nonsense", "ends in /bot"),
        ("TELEGRAM_BASE_URL=http://localhost:8081", "ends in /bot"),
        ("TELEGRAM_BASE_FILE_URL=ftp://example.org/file/bot", "ends in /bot"),
        ("DATABASE_URL=sqlite:///:memory:", "names no file"),
        ("DATABASE_URL=sqlite:///", "names no file"),
        ("COUNTRY=Germany", "two letters"),
        ("RETENTION_DAYS=3", "15 or more"),
    ],
)
def test_a_wrong_value_is_told_with_its_setting(setting: str, wanted: str, tmp_path: Path) -> None:
    (sentence,) = told(tmp_path, f"LIMBER_{setting}\n".encode())
    assert sentence.startswith(f"LIMBER_{setting.partition('=')[0]}: ")
    assert wanted in sentence


def test_a_line_that_is_no_setting_is_told_beside_all_else(tmp_path: Path) -> None:
    lines = told(tmp_path, b"LIMBER_RATE_PER_SECOND=x\nnot a secret of mine\n")
    starts = (f"{tmp_path / '.env'}, line 2: this is no setting", "LIMBER_RATE_PER_SECOND: ")
    assert all(line.startswith(start) for start, line in zip(starts, lines, strict=True))
    assert "secret" not in "".join(lines)


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (sentence,) = told(tmp_path, b"\xff\xfe")
    assert "it is not UTF-8" in sentence


def test_words_may_be_written_in_any_case(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("LIMBER_LOG_FORMAT=JSON\nLIMBER_LANGUAGE=EN\nLIMBER_COUNTRY=de\n", "utf-8")
    settings = settings_from(path)
    assert ("json", "en", "DE") == (settings.log_format, settings.language, settings.country)


def test_a_name_that_is_no_setting_is_told_with_the_one_that_was_meant() -> None:
    (sentence,) = strangers_in(
        ["LIMBER_TELEGRAM_TOKN", "LIMBER_COUNTRY", "limber_language", "HOME"]
    )
    assert "Did you mean LIMBER_TELEGRAM_TOKEN?" in sentence


@pytest.mark.parametrize("name", ["file", "file/below", "file/below/it"])
def test_a_data_directory_that_cannot_be_is_told_before_anything_is_made(
    name: str, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    path = tmp_path / ".env"
    path.write_text(f"LIMBER_DATA_DIR={tmp_path / name}\n", "utf-8")
    with pytest.raises(SettingsFault, match="is no folder that can be written"):
        look_at_data_dir(settings_from(path))
    path.write_text(f"LIMBER_DATA_DIR={tmp_path / 'new' / 'one'}\n", "utf-8")
    look_at_data_dir(settings_from(path))
    assert not (tmp_path / "new").exists()

"""The operator's files: what guide, units and compose file name is there, and is one thing."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import typer.main
import yaml

from bot.command_line.commands import app
from bot.settings import Settings

DEPLOY = Path(__file__).parents[2] / "deploy"
SETTINGS = {f"LIMBER_{name.upper()}" for name in Settings.model_fields}
ONE_PAGE = 140  # lines
SHOWN = re.compile(r"```console\n(.*?)```", re.DOTALL)
COMMAND = re.compile(r"(?:^|&& |`)limber ((?:key |code )?[a-z]+)", re.MULTILINE)


def text_of(name: str) -> str:
    return (DEPLOY / name).read_text("utf-8")


def shown() -> str:
    return "\n".join(SHOWN.findall(text_of("README.md")))


def unit_of(name: str) -> list[tuple[str, str]]:
    lines = text_of(name).splitlines()
    return [(key, said) for key, sign, said in (each.partition("=") for each in lines) if sign]


def test_every_command_of_the_guide_is_there() -> None:
    commands: dict[str, Any] = getattr(typer.main.get_command(app), "commands", {})
    known = set(commands)
    for group in ("key", "code"):
        known |= {f"{group} {each}" for each in commands[group].commands}
    named = set(COMMAND.findall(text_of("README.md")))
    assert {"backup", "restore", "move", "check", "key new", "key rotate"} <= named
    assert set() == named - known


@pytest.mark.parametrize("name", ["README.md", "compose.yaml", "Containerfile", "limber.service"])
def test_every_setting_named_is_one(name: str) -> None:
    assert set() == set(re.findall(r"LIMBER_[A-Z_]+", text_of(name))) - SETTINGS


def test_the_guide_is_one_page() -> None:
    assert len(text_of("README.md").splitlines()) <= ONE_PAGE


@pytest.mark.parametrize("name", ["limber.service", "limber-backup.service"])
def test_a_unit_starts_what_is_installed_where_the_settings_stand(name: str) -> None:
    unit = unit_of(name)
    started = {said.split()[0] for key, said in unit if key == "ExecStart"} - {"/usr/bin/find"}
    assert {"/opt/limber/current/bin/limber"} == started
    assert 'ln -sfn "$release" /opt/limber/current' in text_of("install.sh")
    assert ("WorkingDirectory", "/etc/limber") in unit
    assert "cat > /etc/limber/.env " in shown()
    assert "cd /etc/limber && exec runuser -u limber -- /opt/limber/current" in text_of("limber")


def test_a_backup_may_go_to_a_database_elsewhere_and_leaves_the_service_alone() -> None:
    unit = unit_of("limber-backup.service")
    assert ("RestrictAddressFamilies", "AF_UNIX AF_INET AF_INET6") in unit
    assert set() == {"PrivateNetwork", "RemoveIPC"} & {key for key, _ in unit}


def test_every_file_of_systemd_is_installed() -> None:
    installed = text_of("install.sh")
    files = {each.name for each in DEPLOY.iterdir() if each.suffix in {".service", ".timer"}}
    assert set() == {name for name in files if f"deploy/{name}" not in installed}


def test_a_container_can_write_to_nothing_but_its_volumes() -> None:
    services: dict[str, Any] = yaml.safe_load(text_of("compose.yaml"))["services"]
    for name in ("limber", "command"):
        service = services[name]
        assert (True, ["ALL"], "10001:10001") == (
            service["read_only"], service["cap_drop"], service["user"],
        )  # fmt: skip
    assert all(each.startswith("127.0.0.1:") for each in services["limber"]["ports"])
    assert "./keys:/etc/limber/keys:ro" in services["limber"]["volumes"]


@pytest.mark.parametrize("name", ["install.sh", "limber"])
def test_a_script_can_be_read_by_a_shell(name: str) -> None:
    subprocess.run(["/bin/sh", "-n", str(DEPLOY / name)], check=True)  # noqa: S603 - our own file

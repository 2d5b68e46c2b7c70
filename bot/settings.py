"""The settings of whoever runs Limber, from the environment or `.env`: parsed here, trusted after.

Faults are collected and told all at once, each with its setting and its remedy.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import SplitResult, urlsplit

import platformdirs
from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.envfile import faults_in, readable

APP = "limber"
PREFIX = "LIMBER_"
TELEGRAM = "https://api.telegram.org/bot"
WEBHOOK_PORTS = (443, 80, 88, 8443)  # the public ones that Telegram posts to
SECRET_PATTERN = r"[A-Za-z0-9_-]{1,256}"  # noqa: S105 - the form, not a secret
TOKEN_PATTERN = r"^\d{5,}:[A-Za-z0-9_-]{30,}$"  # noqa: S105 - the form, not a token


class SettingsFault(Exception):  # noqa: N818 - told as sentences, not shown as an error
    """What is wrong with the settings, one sentence each."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


class Settings(BaseSettings):
    """`design` names of the contract with the outside; defaults run in the terminal on SQLite."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_ignore_empty=True, extra="ignore"
    )

    telegram_token: SecretStr | None = None
    telegram_base_url: str = TELEGRAM
    telegram_base_file_url: str = "https://api.telegram.org/file/bot"
    webhook_secret: SecretStr | None = None
    webhook_url: str | None = None  # looked at after the secret, which it needs
    webhook_listen: str = "127.0.0.1:8443"
    data_dir: Path = Field(default_factory=lambda: platformdirs.user_data_path(APP))
    database_url: str | None = None
    key_file: Path | None = None
    master_key: SecretStr | None = None
    rate_per_second: Annotated[int, Field(ge=1, le=1000)] = 27
    country: str | None = None
    language: str = "en"
    retention_days: Annotated[int, Field(ge=15, le=3650)] = 180
    metrics_listen: str | None = None
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["text", "json"] | None = None

    @field_validator("telegram_token")
    @classmethod
    def _token_looks_like_one(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None and not re.match(TOKEN_PATTERN, token.get_secret_value()):
            raise ValueError("does not look like a bot token, such as 123456789:AA…")
        return token

    @field_validator("telegram_base_url", "telegram_base_file_url")
    @classmethod
    def _server_has_an_address(cls, url: str) -> str:
        parts = urlsplit(url)
        is_one = parts.scheme in {"http", "https"} and parts.hostname
        if not is_one or not ("{token}" in url or url.endswith("/bot")):
            raise ValueError("must be an address that ends in /bot")
        return url

    @field_validator("database_url")
    @classmethod
    def _database_is_known(cls, url: str | None) -> str | None:
        if url is not None and not url.startswith(("sqlite:///", "postgresql://")):
            raise ValueError("must begin with sqlite:/// or postgresql://")
        if url in {"sqlite:///", "sqlite:///:memory:"}:
            raise ValueError("names no file, so that all would be lost at the end")
        return url

    @field_validator("webhook_secret")
    @classmethod
    def _secret_can_be_a_header(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is not None and not re.fullmatch(SECRET_PATTERN, secret.get_secret_value()):
            raise ValueError("must be 1 to 256 of the characters A-Z, a-z, 0-9, _ and -")
        return secret

    @field_validator("webhook_url")
    @classmethod
    def _webhook_can_be_reached(cls, url: str | None, info: ValidationInfo) -> str | None:
        if url is None:
            return None
        parts = _parts(url)
        if not (info.data.get("telegram_base_url") != TELEGRAM and is_near(parts.hostname or "")):
            if parts.scheme != "https":
                raise ValueError("must be a public address that begins with https://")
            if (parts.port or 443) not in WEBHOOK_PORTS:
                raise ValueError("names a port that Telegram does not post to")
        if "webhook_secret" in info.data and info.data["webhook_secret"] is None:
            raise ValueError("is set without LIMBER_WEBHOOK_SECRET, which keeps strangers out")
        return url

    @field_validator("webhook_listen", "metrics_listen")
    @classmethod
    def _place_can_be_listened_on(cls, listen: str | None) -> str | None:
        if listen is not None:
            listen_of(listen)
        return listen

    @field_validator("country")
    @classmethod
    def _country_is_a_code(cls, country: str | None) -> str | None:
        if country is not None and not (len(country) == 2 and country.isalpha()):  # noqa: PLR2004
            raise ValueError("must be a country's two letters, such as DE")
        return country.upper() if country else None

    @field_validator("log_level", "log_format", "language", mode="before")
    @classmethod
    def _in_small_letters(cls, word: object) -> object:
        return word.lower() if isinstance(word, str) else word

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.data_dir / 'limber.db'}"

    @property
    def bot_id(self) -> int:
        """Read the bot's number, which is the first part of its token; 0 without one."""
        token = self.telegram_token
        return int(token.get_secret_value().partition(":")[0]) if token else 0

    @property
    def key_path(self) -> Path:
        return self.key_file or platformdirs.user_config_path(APP) / "master.key"


def listen_of(listen: str) -> tuple[str, int]:
    """Read `host:port`; without a host it is this machine alone."""
    host, _, port = listen.rpartition(":")
    if not (port.isascii() and port.isdigit() and int(port) < 2**16):
        raise ValueError("must be host:port, such as 127.0.0.1:8443")
    return host.strip("[]") or "127.0.0.1", int(port)


def is_near(host: str) -> bool:
    """Tell whether only a Bot API server of one's own could post there."""
    try:
        address = ip_address(host)
    except ValueError:
        return "." not in host
    return address.is_private or address.is_loopback


def _parts(url: str) -> SplitResult:
    parts = urlsplit(url)
    _ = parts.port  # raises ValueError when it is none
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("must be a public address that begins with https://")
    return parts


REMEDIES = {
    "telegram_base_url": "Leave it out to use Telegram's own; else http://127.0.0.1:8081/bot.",
    "telegram_base_file_url": "Leave it out to use Telegram's own; else it ends in /file/bot.",
    "telegram_token": "Copy the token that @BotFather gave you, whole, or leave it out.",
    "webhook_url": "Use one such as https://limber.example.org/hook (ports 443, 80, 88 or 8443), "
    "with a secret; or leave it out to poll.",
    "webhook_secret": "Draw one with: openssl rand -hex 32",
    "webhook_listen": "Name where to listen behind your reverse proxy, such as 127.0.0.1:8443.",
    "metrics_listen": "Use host:port, such as 127.0.0.1:9464, or leave it out.",
    "database_url": "Leave it out to use SQLite in the data directory.",
    "rate_per_second": "Use a whole number from 1 to 1000; 27 suits the public Telegram servers.",
    "retention_days": "Use a whole number of days, 15 or more.",
    "log_level": "Use debug, info, warning or error.",
    "log_format": "Use text or json.",
    "country": "Use the two letters of ISO 3166, or leave it out.",
}


def settings_from(env_file: Path | None = Path(".env")) -> Settings:
    """Read the settings; raises SettingsFault with a sentence for each fault, values left out."""
    sentences = faults_in(env_file)
    try:
        settings = Settings(_env_file=readable(env_file))
    except ValidationError as fault:
        sentences += [_sentence(error["loc"], error["msg"]) for error in fault.errors(
            include_input=False, include_url=False, include_context=False
        )]  # fmt: skip
    if sentences:
        raise SettingsFault(sentences)
    return settings


def strangers_in(names: Iterable[str]) -> list[str]:
    """Tell of names that look like settings and are none, as a slip of the pen makes them."""
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    odd = sorted(name for name in names if name.upper().startswith(PREFIX))
    return [
        f"{name}: there is no such setting, and nothing comes of it. {_meant(name, known)}"
        for name in odd
        if name.upper() not in known
    ]


def _meant(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name.upper(), known, n=1, cutoff=0.8)
    return f"Did you mean {near[0]}?" if near else "All of them stand in .env.example."


def settings_in_order(env_file: Path | None = Path(".env")) -> Settings:
    """Read the settings with defaults for those that are wrong, to look for faults elsewhere."""
    env_file = readable(env_file)
    try:
        return Settings(_env_file=env_file)
    except ValidationError as fault:
        wrong = {str(error["loc"][0]) for error in fault.errors(include_input=False)}
        usual = {
            name: Settings.model_fields[name].get_default(call_default_factory=True)
            for name in wrong
        }
        return Settings(_env_file=env_file, **usual)


def _sentence(place: tuple[int | str, ...], message: str) -> str:
    name = str(place[0]) if place else ""
    told = message.removeprefix("Value error, ")
    remedy = REMEDIES.get(name, "Correct it in the environment or in .env.")
    return f"LIMBER_{name.upper()}: {told}. {remedy}"

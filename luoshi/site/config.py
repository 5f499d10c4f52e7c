"""Every environment variable Luoshi understands, read once, typed, refused at start when wrong.

A wrong value raises `WrongSetting`, which names the variable and what was expected; the command
line prints that sentence and ends with exit code 2 before anything is touched.
"""

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from socket import gaierror
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit
from zoneinfo import available_timezones

from luoshi.desks.lessons.domain.model.addresses import NotInside, chosen, endpoint
from luoshi.foundation.exchange.envelopes.suites import SUITES

ROOT = Path(__file__).resolve().parents[2]
TRUE_WORDS = {"1", "true", "yes", "on"}
ADDRESS = "postgresql://user:password@host:port/name"
FALSE_WORDS = {"0", "false", "no", "off", ""}


class WrongSetting(Exception):
    """An environment variable holds a value that cannot be used."""

    def __init__(self, name: str, value: str, expected: str) -> None:
        super().__init__(f"{name}={value!r}: expected {expected}")
        self.name = name


def flag(name: str, default: bool) -> bool:
    """Read a switch; accepts 1/0, true/false, yes/no, on/off."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in TRUE_WORDS:
        return True
    if value.lower() in FALSE_WORDS:
        return False
    raise WrongSetting(name, value, "1 or 0")


def number(name: str, default: int, low: int, high: int) -> int:
    """Read a whole number within [low, high]."""
    value = os.environ.get(name)
    if value is None or value == "":
        return default
    if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
        raise WrongSetting(name, value, f"a whole number from {low} to {high}")
    return int(value)


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    """Read one of a closed set of words."""
    value = os.environ.get(name, default)
    if value not in allowed:
        raise WrongSetting(name, value, "one of " + ", ".join(allowed))
    return value


def folder(name: str, default: Path) -> Path:
    """Read an absolute folder path; it need not exist yet."""
    value = os.environ.get(name)
    if not value:
        return default
    if not Path(value).is_absolute():
        raise WrongSetting(name, value, "an absolute path")
    return Path(value)


def zone(name: str, default: str) -> str:
    """Read a time zone by its name."""
    value = os.environ.get(name) or default
    if value not in available_timezones():
        raise WrongSetting(name, value, "a time zone such as Asia/Shanghai")
    return value


def command_language() -> str:
    """The language of help and messages on the command line: "zh-hans" or "en"."""
    asked = os.environ.get("LUOSHI_LANGUAGE")
    if asked:
        if not asked.lower().startswith(("zh", "en")):
            raise WrongSetting("LUOSHI_LANGUAGE", asked, "zh or en")
        return "en" if asked.lower().startswith("en") else "zh-hans"
    word = (os.environ.get("LANG") or "zh").lower()
    return "en" if word.startswith(("en", "c.", "posix")) or word == "c" else "zh-hans"


def words(name: str, default: str) -> list[str]:
    """Read a comma-separated list without empty members."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def shown(parts: SplitResult) -> str:
    """An address without its password."""
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://…@{host}{parts.path}" if parts.password else parts.geturl()


def suites(name: str, default: str) -> tuple[str, ...]:
    """Read the signature suites of outgoing envelopes, one or several."""
    value = os.environ.get(name) or default
    chosen_suites = tuple(word.strip() for word in value.split(",") if word.strip())
    if not chosen_suites or not set(chosen_suites) <= set(SUITES):
        raise WrongSetting(name, value, "one or several of " + ", ".join(SUITES))
    return chosen_suites


# rows are read from memory or an SSD: with the price of a turning disk the planner reads whole
# tables where an index finds the rows ten times faster
PLANNING = "-c random_page_cost=1.1"


def database(name: str, default: str) -> dict[str, object]:
    """Read a PostgreSQL address `postgresql://user:password@host:port/name?host=/socket/folder`."""
    value = os.environ.get(name) or default
    parts = urlsplit(value)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise WrongSetting(name, shown(parts), ADDRESS)
    try:
        port = parts.port
    except ValueError as error:
        raise WrongSetting(name, shown(parts), f"a port from 1 to 65535 in {ADDRESS}") from error
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(port or query.pop("port", "")),
        "OPTIONS": {"options": PLANNING} | dict(query),
    }


def token(name: str) -> str:
    """Read a secret that is long enough, or none."""
    value = os.environ.get(name, "")
    if value and len(value) < 20:
        raise WrongSetting(name, "…", "at least 20 characters")
    return value


def model_address(name: str, allowed: list[str]) -> str:
    """Read the local model's address: none, or one on this machine or in the office network. A host
    name that nobody knows now is checked when it is asked."""
    value = os.environ.get(name, "").strip()
    if not value:
        return ""
    try:
        chosen(endpoint(value), tuple(allowed))
    except NotInside as error:
        expected = "a private or loopback address, or a host named in LUOSHI_MODEL_HOSTS"
        raise WrongSetting(name, shown(urlsplit(value)), expected) from error
    except gaierror:
        return value
    except (ValueError, OSError) as error:
        raise WrongSetting(name, "…", "http://host:port/v1 without user or query") from error
    return value


def model_name(name: str) -> str:
    """Read the model's name; needed where an address is given."""
    value = os.environ.get(name, "").strip()
    if os.environ.get("LUOSHI_MODEL_URL", "").strip() and not value:
        raise WrongSetting(name, value, "the model's name as its server lists it")
    return value


def secret_key(var: Path) -> str:
    """The signing key: `LUOSHI_SECRET_KEY`, else a file 0600 made on first use (row 18)."""
    value = os.environ.get("LUOSHI_SECRET_KEY")
    if value is not None:
        if len(value) < 40:
            raise WrongSetting("LUOSHI_SECRET_KEY", "…", "at least 40 characters")
        return value
    path = var / "secret_key"
    if not path.exists():
        var.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text().strip()
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text().strip()


@dataclass(frozen=True)
class Config:
    """What the environment decides; every field is one variable."""

    var: Path
    files: Path
    fonts: Path
    debug: bool
    hosts: list[str]
    origins: list[str]
    language: str
    zone: str
    proxy_count: int
    behind_tls: bool
    audit_hash: str
    exchange_suites: tuple[str, ...]
    exchange_port: int
    port: int
    api_per_minute: int
    search_per_minute: int
    export_per_minute: int
    upload_per_minute: int
    log_months: int
    metrics_token: str
    model_url: str
    model_name: str
    model_key: str = field(repr=False)
    model_seconds: int
    model_hosts: list[str]
    demo: bool
    allow_loss: bool
    owner_database: dict[str, object]
    secret_key: str
    database: dict[str, object]


def default_database(var: Path) -> str:
    """The private server of this folder, as the script that starts it recorded it."""
    record = var / "database_url"
    return record.read_text().strip() if record.exists() else "postgresql:///luoshi"


def owner_address(var: Path) -> str:
    """The owner's address of the private server; else the product's own."""
    record = var / "owner_database_url"
    if record.exists() and "DATABASE_URL" not in os.environ:
        return record.read_text().strip()
    return os.environ.get("DATABASE_URL") or default_database(var)


def read() -> Config:
    """Read and check the whole environment; raises `WrongSetting` on the first bad value."""
    var = folder("LUOSHI_VAR", ROOT / "var")
    return Config(
        var=var,
        files=folder("LUOSHI_FILES", var / "files"),
        fonts=folder("LUOSHI_FONTS", var / "fonts"),
        debug=flag("LUOSHI_DEBUG", default=False),
        hosts=words("LUOSHI_HOSTS", "127.0.0.1,localhost,[::1]"),
        origins=words("LUOSHI_ORIGINS", ""),
        language=choice("LUOSHI_SITE_LANGUAGE", "zh-hans", ("zh-hans", "en")),
        zone=zone("LUOSHI_ZONE", "Asia/Shanghai"),
        proxy_count=number("LUOSHI_PROXY_COUNT", 0, 0, 5),
        behind_tls=flag("LUOSHI_BEHIND_TLS", default=False),
        audit_hash=choice("LUOSHI_AUDIT_HASH", "sm3", ("sm3", "sha256")),
        exchange_suites=suites("LUOSHI_EXCHANGE_SUITES", "SM2-SM3"),
        exchange_port=number("LUOSHI_EXCHANGE_PORT", 4222, 1, 65535),
        port=number("LUOSHI_PORT", 8000, 1, 65535),
        metrics_token=token("LUOSHI_METRICS_TOKEN"),
        log_months=number("LUOSHI_LOG_MONTHS", 12, 6, 240),
        model_url=model_address("LUOSHI_MODEL_URL", words("LUOSHI_MODEL_HOSTS", "")),
        model_name=model_name("LUOSHI_MODEL_NAME"),
        model_key=os.environ.get("LUOSHI_MODEL_KEY", ""),
        model_seconds=number("LUOSHI_MODEL_SECONDS", 20, 1, 120),
        model_hosts=words("LUOSHI_MODEL_HOSTS", ""),
        demo=flag("LUOSHI_DEMO", default=True),
        allow_loss=flag("LUOSHI_ALLOW_LOSS", default=False),
        api_per_minute=number("LUOSHI_API_PER_MINUTE", 600, 1, 1_000_000),
        search_per_minute=number("LUOSHI_SEARCH_PER_MINUTE", 60, 1, 1_000_000),
        export_per_minute=number("LUOSHI_EXPORT_PER_MINUTE", 60, 1, 1_000_000),
        upload_per_minute=number("LUOSHI_UPLOAD_PER_MINUTE", 60, 1, 1_000_000),
        secret_key=secret_key(var),
        database=database("DATABASE_URL", default_database(var)),
        owner_database=database("LUOSHI_OWNER_DATABASE_URL", owner_address(var)),
    )

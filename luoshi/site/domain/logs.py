"""Logs as JSON lines, one file a day: ids, route names and numbers only; no names, titles, texts,
addresses of pages, query strings or tokens (security.md 10; rows 12 and 27).

A line carries the message's template, never its arguments, and of an exception the type and the
places in the code, never its words: both may hold what people typed.
"""

import json
import logging
import traceback
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

OWN = ("request", "actor", "route", "status", "ms", "rule", "field")


class JsonLines(logging.Formatter):
    """One record as one line of JSON, UTC with offset."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; line breaks in any value are escaped by JSON."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": record.msg if isinstance(record.msg, str) else type(record.msg).__name__,
        }
        line |= {
            name: getattr(record, name)
            for name in OWN
            if isinstance(getattr(record, name, None), str | int | float)
        }
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            frames = traceback.extract_tb(record.exc_info[2])
            line["places"] = [f"{frame.filename}:{frame.lineno}" for frame in frames]
        return json.dumps(line, ensure_ascii=False)


class DayFile(logging.Handler):
    """Appends to `<folder>/<day>.jsonl`; several processes may append to one file."""

    def __init__(self, folder: str) -> None:
        super().__init__()
        self.folder = Path(folder)

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line; a full disk does not stop the act that is logged."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            day = datetime.fromtimestamp(record.created, UTC).date()
            with (self.folder / f"{day}.jsonl").open("a", encoding="utf-8") as file:
                file.write(self.format(record) + "\n")
        except OSError:
            self.handleError(record)


def forget_old(folder: Path, *, months: int, on: date) -> int:
    """Remove files older than so many months; returns how many. Under six months is refused by the
    setting itself (GB/T 22239 4.3c)."""
    oldest = on - timedelta(days=31 * months)
    gone = [path for path in folder.glob("*.jsonl") if path.stem < oldest.isoformat()]
    for path in gone:
        path.unlink()
    return len(gone)


def configuration(folder: Path) -> dict[str, object]:
    """Django's LOGGING: everything from warnings on, and each request's line."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": JsonLines}},
        "handlers": {
            "day": {"()": DayFile, "folder": str(folder), "formatter": "json"},
            "screen": {"class": "logging.StreamHandler", "formatter": "json", "level": "ERROR"},
        },
        "root": {"handlers": ["day", "screen"], "level": "WARNING"},
        "loggers": {
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "luoshi": {"level": "INFO"},
        },
    }

"""Plain text: every character but the BOM is kept, CRLF and CR are one newline."""

from pathlib import Path

from luoshi.foundation.reading.sources.source import Source


def decode(raw: bytes) -> str:
    """UTF-8 (with or without BOM), else GB18030; raises UnicodeDecodeError."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gb18030").removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def from_text(path: Path, kind: str) -> Source:
    """TXT or CSV."""
    return Source(decode(path.read_bytes()), kind=kind)

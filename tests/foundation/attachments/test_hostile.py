"""Every hostile file ends with its own clear reason (security.md 7)."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from luoshi.foundation.attachments.domain.storing import store, stored_path
from luoshi.foundation.attachments.models import Attachment
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.cells import guard
from luoshi.foundation.core.refusals import Invalid

pytestmark = pytest.mark.django_db
HOSTILE = Path(__file__).parents[2] / "data" / "samples" / "hostile"
AT = datetime(2026, 3, 6, 1, 30, tzinfo=UTC)
SYSTEM = Actor.system("test")


def put(name: str, *, as_source: bool = False) -> Attachment:
    """Store a file of the corpus."""
    raw = (HOSTILE / name).read_bytes()
    stored = store(io.BytesIO(raw), name=name, actor=SYSTEM, at=AT, as_source=as_source)
    return stored.attachment


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("bomb.docx", "bomb"),
        ("entries5001.xlsx", "entries"),
        ("xxe.docx", "entities"),
        ("traversal.docx", "traversal"),
        ("truncated.pdf", "damaged"),
        ("encrypted.pdf", "encrypted"),
        ("empty.docx", "empty"),
        ("png_named.docx", "mismatch"),
        ("invalid_bytes.txt", "mismatch"),
    ],
)
def test_hostile_file_is_refused_with_its_reason(name: str, code: str) -> None:
    """Refused before any parser, or in the child; nothing is kept."""
    with pytest.raises(Invalid) as refused:
        put(name)
    assert refused.value.code == code
    assert Attachment.objects.count() == 0


def test_scan_is_evidence_but_no_source() -> None:
    """Storing and reading are two questions."""
    assert put("scanned.pdf").text_state == "none"
    with pytest.raises(Invalid) as refused:
        put("scanned.pdf", as_source=True)
    assert refused.value.code == "needs-ocr"


def test_formula_cells_are_text_and_guarded_on_export() -> None:
    """A CSV with formulas is accepted; exports neutralise the cells."""
    assert "=" in put("formula.csv").text
    assert [guard(v) for v in ("=1+1", "@x", "-2", "ok", 5)] == ["'=1+1", "'@x", "'-2", "ok", 5]


def test_same_bytes_are_stored_once_by_digest() -> None:
    """The name is data; the bytes are addressed by digest."""
    first = put("formula.csv")
    second = put("formula.csv")
    assert first.file_id == second.file_id
    assert stored_path(first.file.sha256).read_bytes() == (HOSTILE / "formula.csv").read_bytes()


def test_marked_secret_is_refused() -> None:
    """Decision 16, R-DOC-11: a text marked 秘密 is not uploaded."""
    text = "秘密★1年\n关于某事项的通知\n".encode()
    with pytest.raises(Invalid) as refused:
        store(io.BytesIO(text), name="notice.txt", actor=SYSTEM, at=AT)
    assert refused.value.code == "secret"

"""Reading an upload in limited children: the first pages while somebody waits, ranges for the
rest."""

import io
import os
import signal
import tempfile
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as draws
from hypothesis import strategies as st

from luoshi.foundation.attachments import child
from luoshi.foundation.attachments.domain import extracting
from luoshi.foundation.attachments.domain.storing import forget_leftovers, store
from luoshi.foundation.attachments.enums import TextState
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Invalid
from tests.foundation.reading.papers import OFD, long_paper, ofd, typeset

AT = datetime(2026, 3, 6, 1, 30, tzinfo=UTC)
SAMPLES = Path(__file__).parents[2] / "data" / "samples"


def put(name: str, raw: bytes) -> tuple[str, str]:
    """Store as a source; returns state and text."""
    actor = Actor.system("test")
    stored = store(io.BytesIO(raw), name=name, actor=actor, at=AT, as_source=True)
    return stored.extracted.state, stored.extracted.text


def test_ranges_and_the_whole_give_the_same_text(tmp_path: Path) -> None:
    """security.md 7: 25 pages a child; sentences, notes and head lines as in one piece."""
    path = tmp_path / "paper.pdf"
    path.write_bytes(long_paper(75))
    first = extracting.extract(path, whole=False)
    assert first.partial and first.pages > child.FIRST
    seen: list[int] = []
    ranges = extracting.extract_long(path, first.pages, seen.append)
    assert seen == [25, 50, first.pages]
    assert ranges == extracting.extract(path)
    assert ranges.text.startswith(first.text[:1000])


def test_a_range_that_takes_too_long_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """security.md 7: the limits hold for each range."""
    program = tmp_path / "child.py"
    program.write_text("import time\ntime.sleep(60)")
    monkeypatch.setattr(extracting.child, "__file__", str(program))
    monkeypatch.setattr(extracting, "WALL_SECONDS", 1)
    with pytest.raises(Invalid) as refused:
        extracting.extract_long(tmp_path / "any.pdf", 100, lambda count: None)
    assert refused.value.code == "slow"


def test_what_a_killed_reading_leaves_is_removed_after_a_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """security row 22: a reader that is killed between two ranges leaves one folder, among the
    site's files, and the nightly round removes it."""
    files = tmp_path / "files"
    monkeypatch.setattr(settings, "FILES", files)
    path = tmp_path / "paper.pdf"
    path.write_bytes(long_paper(30))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(elsewhere))
    reader = os.fork()
    if not reader:
        extracting.extract_long(path, 30, lambda _count: os.kill(os.getpid(), signal.SIGKILL))
    _pid, status = os.waitpid(reader, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    assert len([*files.iterdir()]) == 1 and not [*elsewhere.iterdir()]
    assert forget_leftovers(at=datetime.now(tz=UTC)) == 0, "it may still be read"
    assert forget_leftovers(at=datetime.now(tz=UTC) + timedelta(days=2)) == 1
    assert not [*files.iterdir()]


@pytest.mark.django_db
def test_ofd_is_a_source() -> None:
    """sample.ofd: read in the child, its sentence whole."""
    state, text = put("函.ofd", (SAMPLES / "sample.ofd").read_bytes())
    assert state == TextState.READY
    assert "将第一季度进展情况书面报送" in text


@pytest.mark.django_db
def test_ofd_without_text_needs_ocr() -> None:
    """An OFD of pictures."""
    with pytest.raises(Invalid) as refused:
        put("扫描.ofd", ofd([[], []]))
    assert refused.value.code == "needs-ocr"


@pytest.mark.django_db
def test_ofd_that_refers_to_itself_ends() -> None:
    """security.md 7: an endless reference ends, read or refused."""
    endless = (
        f"<ofd:Page {OFD}><ofd:Template TemplateID='1'/><ofd:Content><ofd:Layer ID='2'>"
        "<ofd:CompositeObject ID='3' ResourceID='3' Boundary='0 0 9 9'/></ofd:Layer>"
        "</ofd:Content></ofd:Page>"
    )
    out = io.BytesIO(ofd([[(28, 30, 5, "督查通知。")]]))
    with zipfile.ZipFile(out, "a") as file:
        text = file.read("Doc_0/Document.xml").decode()
        unit = f"<ofd:Res {OFD}><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID='3'>"
        unit += "<ofd:Content><ofd:CompositeObject ID='4' ResourceID='3' Boundary='0 0 9 9'/>"
        unit += "</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>"
        file.writestr("Doc_0/Res.xml", unit)
        file.writestr("Doc_0/Pages/T.xml", endless)
        changed = text.replace(
            "<ofd:PageArea>",
            "<ofd:PublicRes>Res.xml</ofd:PublicRes>"
            "<ofd:TemplatePage ID='1' BaseLoc='Pages/T.xml'/><ofd:PageArea>",
        ).replace("</ofd:Pages>", "<ofd:Page ID='9' BaseLoc='Pages/T.xml'/></ofd:Pages>")
    again = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changed if name == "Doc_0/Document.xml" else old.read(name))
    assert put("a.ofd", again.getvalue()) == (TextState.READY, "督查通知。")


@pytest.mark.django_db
def test_a_document_of_very_many_pages_is_refused() -> None:
    """More than 2,000 pages are uploaded in parts, so that nobody keeps the worker for hours."""
    raw = typeset("", "#set page(width: 2cm, height: 2cm)\n#for i in range(2001) [a#pagebreak()]\n")
    with pytest.raises(Invalid) as refused:
        put("a.pdf", raw)
    assert refused.value.code == "too-many-pages"


PAPER = long_paper(1)


@given(st.data())
@draws(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_changed_bytes_are_read_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    """security.md 7: the child reads, finds nothing or finds damage; nothing else happens."""
    raw = bytearray(PAPER)
    for _round in range(data.draw(st.integers(1, 12))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "paper.pdf"
    path.write_bytes(raw)
    try:
        assert extracting.extract(path).state in TextState.values
    except Invalid as refused:
        assert refused.code in {"damaged", "slow", "heavy"}

"""The rest of the corpus of security.md 7, generated here: each ends accepted, accepted without
text, or refused with its own reason."""

import io
import struct
import zipfile
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.foundation.attachments import child, kinds
from luoshi.foundation.attachments.domain import extracting
from luoshi.foundation.attachments.domain.storing import safe_name, store
from luoshi.foundation.attachments.models import Attachment
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Invalid

AT = datetime(2026, 3, 6, 1, 30, tzinfo=UTC)
SAMPLES = Path(__file__).parents[2] / "data" / "samples"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
DTD = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "b">]><d/>'


def put(name: str, raw: bytes) -> Attachment:
    """Store bytes under a name."""
    actor = Actor.system("test")
    return store(io.BytesIO(raw), name=name, actor=actor, at=AT).attachment


def png(width: int, height: int) -> bytes:
    """A picture's header of that size, with an empty body."""
    body = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + body + struct.pack(">I", zlib.crc32(body))


def jpeg(width: int, height: int) -> bytes:
    """A picture's frame header of that size."""
    return b"\xff\xd8\xff\xc0" + struct.pack(">HBHHB", 17, 8, height, width, 3) + b"\0" * 9


def archive(base: str, extra: dict[str, bytes]) -> bytes:
    """A sample document with more entries."""
    out = io.BytesIO((SAMPLES / base).read_bytes())
    with zipfile.ZipFile(out, "a") as file:
        for name, raw in extra.items():
            file.writestr(name, raw)
    return out.getvalue()


def behind(raw: bytes) -> bytes:
    """A file with an archive behind it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("inner.txt", "x")
    return raw + out.getvalue()


def pdf(extra: bytes) -> bytes:
    """The minutes with more words in their last bytes."""
    raw = (SAMPLES / "minutes.pdf").read_bytes()
    return raw.replace(b"startxref", extra + b"\nstartxref", 1)


REFUSED = {
    "svg with a script": ("picture.svg", SVG, "kind"),
    "one byte": ("a.docx", b"P", "mismatch"),
    "html before a pdf": ("a.pdf", b"<html>" + (SAMPLES / "minutes.pdf").read_bytes(), "mismatch"),
    "archive behind a pdf": ("a.pdf", behind((SAMPLES / "minutes.pdf").read_bytes()), "polyglot"),
    "archive behind a picture": ("a.png", behind(png(10, 10)), "polyglot"),
    "65,535 squared png": ("a.png", png(65535, 65535), "pixels"),
    "65,500 squared jpeg": ("a.jpg", jpeg(65500, 65500), "pixels"),
    "cut png": ("a.png", png(10, 10)[:20], "damaged"),
    "cut docx": ("a.docx", (SAMPLES / "notice.docx").read_bytes()[:900], "damaged"),
    "climbing xlsx": ("a.xlsx", archive("units.xlsx", {"../../escaped.txt": b"x"}), "traversal"),
    "nested archive": ("a.xlsx", archive("units.xlsx", {"xl/inner.zip": b"PK"}), "nested"),
    "dtd in UTF-16": (
        "a.docx",
        archive("notice.docx", {"word/x.xml": DTD.encode("utf-16")}),
        "entities",
    ),
    "dtd after a long comment": (
        "a.docx",
        archive("notice.docx", {"word/x.xml": b"<!--" + b" " * 70000 + b"-->" + DTD.encode()}),
        "entities",
    ),
    "bad GB18030": ("a.txt", "督查".encode("gb18030") + b"\xff\xff", "mismatch"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_its_own_reason(case: str) -> None:
    """security.md 7: polyglots, bombs of pixels, climbing names, declarations."""
    name, raw, code = REFUSED[case]
    with pytest.raises(Invalid) as refused:
        put(name, raw)
    assert (refused.value.code, Attachment.objects.count()) == (code, 0)


@pytest.mark.django_db
def test_active_content_is_accepted_and_told() -> None:
    """security.md 7: scripts, open actions, macros, embedded files and links are reported."""
    scripts = put("a.pdf", pdf(b"% /OpenAction << /S /JavaScript /JS (app.alert(1)) >>"))
    assert scripts.remarks == ["scripts", "actions"]
    made = archive(
        "notice.docx",
        {
            "word/vbaProject.bin": b"x",
            "word/embeddings/one.bin": b"x",
            "word/_rels/more.rels": b'<r TargetMode="External"/>',
        },
    )
    assert put("a.docx", made).remarks == ["macros", "embedded", "links"]
    assert put("b.docx", (SAMPLES / "notice.docx").read_bytes()).remarks == []


@pytest.mark.django_db
def test_four_byte_gb18030_is_text() -> None:
    """A name that only four bytes write (𬭎) is read."""
    assert put("a.txt", "负责人：李𬭎。".encode("gb18030")).text == "负责人：李𬭎。"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("报告\u202excod.txt", "报告xcod.txt"),
        ("con.docx", "_con.docx"),
        ("..\\..\\LPT1.txt", "_LPT1.txt"),
        ("/etc/passwd", "passwd"),
        ("a\x00b\r\n.txt", "ab.txt"),
        ("console.docx", "console.docx"),
        ("\u200b", "file"),
    ],
)
def test_name_is_made_safe(given: str, kept: str) -> None:
    """Marks that turn the reading order, device names and folders do not survive."""
    assert safe_name(given) == kept


@pytest.mark.django_db
@pytest.mark.parametrize("mark", ["秘密★1年", "密级：机密", "【秘　密】", "　绝密", "（机密）"])
def test_graded_text_is_refused(mark: str) -> None:
    """Decision 16, R-DOC-11: a text that carries a grade is not uploaded."""
    with pytest.raises(Invalid) as refused:
        put("通知.txt", f"{mark}\n关于某事项的通知\n".encode())
    assert refused.value.code == "secret"


@pytest.mark.django_db
def test_word_secret_in_the_text_is_no_grade() -> None:
    """保守秘密 in a sentence is not a mark."""
    assert put("a.txt", "要严格保守秘密，做好机密文件管理。".encode()).text_state == "ready"


HOGS = {
    "memory": ("x = bytearray(2**30)", "damaged"),
    "processor": (
        "import resource\nresource.setrlimit(resource.RLIMIT_CPU, (1, 1))\nwhile True: pass",
        "slow",
    ),
    "clock": ("import time\ntime.sleep(60)", "slow"),
}


@pytest.mark.parametrize("hog", HOGS)
def test_child_is_ended_at_its_limits(
    hog: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """security.md 7: memory, processor and clock are limited; the whole group ends."""
    program = tmp_path / "child.py"
    limits = f"import resource\nresource.setrlimit(resource.RLIMIT_AS, ({child.MEMORY},) * 2)\n"
    program.write_text(limits + HOGS[hog][0])
    monkeypatch.setattr(extracting.child, "__file__", str(program))
    monkeypatch.setattr(extracting, "WALL_SECONDS", 3)
    with pytest.raises(Invalid) as refused:
        extracting.extract(tmp_path / "any.txt")
    assert refused.value.code == HOGS[hog][1]


@given(st.sampled_from(["notice.docx", "minutes.pdf", "units.xlsx"]), st.data())
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_changed_bytes_end_in_a_kind_or_a_refusal(
    tmp_path: Path, name: str, data: st.DataObject
) -> None:
    """security.md 7: a file with changed bytes is recognised or refused; nothing else happens."""
    raw = bytearray((SAMPLES / name).read_bytes())
    for _round in range(data.draw(st.integers(1, 8))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / name
    path.write_bytes(raw[: data.draw(st.integers(1, len(raw)))])
    try:
        assert kinds.recognise(path, name).extension == name.rsplit(".", 1)[1]
    except Invalid as refused:
        assert refused.code

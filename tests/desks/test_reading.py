"""Long documents: taken in at once, read by a job, once, with progress, reasons and a notice."""

import io
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from luoshi.desks.meetings.domain.reading import (
    LOCK,
    TRIES,
    read_again,
    read_document,
    waiting,
)
from luoshi.desks.meetings.domain.uploading import LONGEST, About, upload
from luoshi.desks.meetings.enums import Failure, ReadingState
from luoshi.desks.meetings.models import SourceDocument
from luoshi.desks.meetings.tasks import read_waiting
from luoshi.foundation.accounts.models import User
from luoshi.foundation.attachments.domain import extracting
from luoshi.foundation.attachments.domain.storing import stored_path
from luoshi.foundation.attachments.models import Attachment
from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Forbidden, Invalid, Refused
from luoshi.foundation.notifications.models import Notice
from tests.databases import migrated
from tests.foundation.reading.papers import long_paper, p, sentence, typeset, word
from tests.foundation.reading.test_pages import bound, scan
from tests.security.world import sign_in
from tests.story import World, make_world

ROOT = Path(__file__).resolve().parents[2]
AT = datetime(2026, 2, 4, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def paper() -> bytes:
    """About sixty pages."""
    return long_paper(75)


def bring(world: World, raw: bytes, name: str = "通知.pdf") -> SourceDocument:
    """Upload by the officer."""
    return upload(io.BytesIO(raw), name=name, about=About(), actor=world.officer, at=AT)


def acts(document: SourceDocument) -> list[str]:
    """What the trail says of a document, in order."""
    rows = Entry.objects.filter(object_id=str(document.pk)).order_by("seq")
    return list(rows.values_list("action", flat=True))


@pytest.mark.django_db
def test_a_long_document_is_taken_in_at_once_and_read_by_the_job(paper: bytes) -> None:
    """No text before, all of it after; drafts, points, notice and entries once, however often the
    job runs."""
    world = make_world()
    document = bring(world, paper)
    assert (document.reading, document.text, document.items.count()) == ("waiting", "", 0)
    assert document.title == "关于分解2026年重点任务的通知"
    assert document.pages > 40 and waiting() == [document]
    read_waiting()
    read_waiting()
    read_document(document, at=AT)
    document.refresh_from_db()
    assert (document.reading, document.pages_read) == ("read", document.pages)
    assert all(sentence(k) in document.text for k in range(75 * 16))
    assert document.items.count() > 75 * 15
    attachment = Attachment.objects.get(pk=document.attachment_id)
    assert attachment.text == document.text
    everywhere = list(range(1, document.pages + 1))
    found = {one["why"]: (one["text"], one["pages"]) for one in document.left_out}
    assert found == {
        "edge": ("清源市重点任务汇编\u3000清政发〔2026〕6号", everywhere),
        "number": ("— 1 —", everywhere),
    }
    assert acts(document) == ["meetings.uploaded", "meetings.read"]
    (notice,) = Notice.objects.filter(recipient_id=world.officer.person_id)
    assert notice.url == reverse("meetings:document", args=[document.pk])
    assert str(document.items.count()) in notice.title_zh and notice.title_en


@pytest.mark.django_db
def test_long_text_is_read_by_the_job_too() -> None:
    """More than 60,000 characters of any kind; one fewer is read at once."""
    world = make_world()
    short = bring(world, ("市" * (LONGEST - 1) + "。").encode(), "短.txt")
    assert short.reading == ReadingState.READ
    raw = word([p(sentence(k)) for k in range(LONGEST // 60)])
    document = bring(world, raw, "长.docx")
    assert (document.reading, document.pages) == ("waiting", 0)
    assert read_document(document, at=AT).reading == ReadingState.READ
    assert document.items.count() == LONGEST // 60


@pytest.mark.django_db
def test_only_one_worker_reads_a_document(paper: bytes) -> None:
    """While another session holds the document's lock nothing is begun."""
    document = bring(make_world(), paper)
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [LOCK, document.pk.int % 2**31])
        assert read_document(document, at=AT).reading == ReadingState.WAITING
        assert document.tries == 0
        with other.cursor() as cursor:  # a session that is only closed ends a moment later
            cursor.execute("SELECT pg_advisory_unlock_all()")
    finally:
        other.close()
    assert read_document(document, at=AT).reading == ReadingState.READ


def script(environment: dict[str, str], words: str) -> "subprocess.Popen[str]":
    """A process of its own on the site's database; the last line it prints is its answer."""
    head = "import django; django.setup()\nfrom tests.desks.test_reading import *\n"
    environment = environment | {"PYTHONPATH": str(ROOT), "LUOSHI_ALLOW_LOSS": "1"}
    environment |= {"DJANGO_SETTINGS_MODULE": "luoshi.site.settings"}
    return subprocess.Popen(
        [sys.executable, "-c", head + words], env=environment, stdout=subprocess.PIPE, text=True
    )


def answer(environment: dict[str, str], words: str) -> str:
    """Run a script to its end."""
    out, _err = script(environment, words).communicate(timeout=120)
    return out.strip().split("\n")[-1]


HOW_FAR = "d = SourceDocument.objects.get(); print(d.reading, d.pages_read, d.items.count())"


def test_a_killed_worker_loses_nothing_and_doubles_nothing(tmp_path: Path, paper: bytes) -> None:
    """kill -9 in the middle of the pages: the next run reads it whole, once."""
    site = migrated("killed_reading", tmp_path)
    (tmp_path / "paper.pdf").write_bytes(paper)
    given = f"bring(make_world(), open({str(tmp_path / 'paper.pdf')!r}, 'rb').read())\n"
    assert answer(site, given + HOW_FAR) == "waiting 0 0"
    worker = script(site, "read_waiting()")
    try:
        with psycopg.connect(site["DATABASE_URL"], autocommit=True) as looking:
            for _round in range(3000):
                row = looking.execute("SELECT pages_read FROM meetings_sourcedocument").fetchone()
                if row and row[0]:
                    break
                time.sleep(0.01)
    finally:
        worker.kill()
        worker.communicate()
    reading, pages, items = answer(site, HOW_FAR).split()
    assert (reading, items) == ("waiting", "0") and int(pages) > 0
    once = "read_waiting(); d = SourceDocument.objects.get()\n"
    once += (
        "print(d.reading, d.tries, d.items.count() == d.items.latest('number').number, *acts(d))"
    )
    assert answer(site, once) == "read 2 True meetings.uploaded meetings.read"


@pytest.mark.django_db
def test_what_cannot_be_read_is_told_with_its_reason() -> None:
    """A long scan, a file damaged on the disk, three interrupted tries: reason, next step, notice;
    it can be tried again by its office only."""
    world = make_world()
    scanned = bring(world, bound(*[scan()] * 41), "扫描.pdf")
    assert scanned.reading == ReadingState.WAITING
    assert read_document(scanned, at=AT).failure == Failure.NEEDS_OCR
    assert "OCR" in str(scanned.next_step)
    document = bring(world, long_paper(60))
    SourceDocument.objects.filter(pk=document.pk).update(tries=TRIES)
    assert read_document(document, at=AT).failure == Failure.GAVE_UP
    assert acts(document) == ["meetings.uploaded", "meetings.unread"]
    assert Notice.objects.filter(kind="reading").count() == 2
    with pytest.raises(Forbidden):
        read_again(document=document, actor=world.liaison, at=AT)
    read_again(document=document, actor=world.second_officer, at=AT)
    document.refresh_from_db()
    whole = stored_path(document.attachment.file.sha256)
    kept = whole.read_bytes()
    whole.write_bytes(kept[: len(kept) // 2])
    assert read_document(document, at=AT).failure == Failure.DAMAGED
    whole.write_bytes(kept)
    read_again(document=document, actor=world.officer, at=AT)
    assert read_document(document, at=AT).reading == ReadingState.READ
    with pytest.raises(Refused):
        read_again(document=document, actor=world.officer, at=AT)


@pytest.mark.django_db
def test_scans_and_old_word_files_are_refused_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A scanned source needs OCR; an old Word file is to be saved as DOCX; nothing is kept."""
    world = make_world()
    with pytest.raises(Invalid) as refused:
        bring(world, scan())
    assert refused.value.code == "needs-ocr"
    monkeypatch.setattr(extracting, "PROGRAMS", str(tmp_path))  # a server without a reader
    with pytest.raises(Invalid) as refused:
        bring(world, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧.doc")
    assert refused.value.code == "old-word"
    assert "apt-get install antiword" in str(refused.value.errors["file"][0])
    assert SourceDocument.objects.count() == 0


@pytest.mark.django_db
def test_a_grade_in_the_head_line_of_pages_is_refused() -> None:
    """Decision 16: 秘密 as a repeated head line is a mark too, though no sentence holds it."""
    setup = '#set page(paper: "a5", header: [秘密★1年])\n'
    raw = typeset("".join(sentence(k) for k in range(30)), setup)
    with pytest.raises(Invalid) as refused:
        bring(make_world(), raw)
    assert refused.value.code == "secret"


def browser(person: Actor) -> Client:
    """Signed in as a person in a post."""
    client = Client()
    sign_in(client, User.objects.get(pk=person.person_id))
    return client


@pytest.mark.django_db
def test_the_page_says_how_far_and_goes_on_when_done(paper: bytes) -> None:
    """Progress by htmx, the review page afterwards; the reason and a button where it failed."""
    world = make_world()
    document = bring(world, paper)
    client = browser(world.officer)
    page, part = (
        reverse(f"meetings:{name}", args=[document.pk]) for name in ("document", "reading")
    )
    SourceDocument.objects.filter(pk=document.pk).update(pages_read=25)
    shown = client.get(page).content.decode()
    assert f'hx-get="{part}"' in shown and f'max="{document.pages}"' in shown
    asked = client.get(part, headers={"hx-request": "true"})
    assert 'value="25"' in asked.content.decode() and "HX-Redirect" not in asked
    SourceDocument.objects.filter(pk=document.pk).update(reading="failed", failure="slow")
    assert "HX-Redirect" in client.get(part, headers={"hx-request": "true"})
    assert f'action="{part}"' in client.get(page).content.decode()
    assert client.post(part).status_code == 302
    document.refresh_from_db()
    assert (document.reading, document.tries) == ("waiting", 0)
    read_document(document, at=AT)
    assert "hx-get" not in client.get(page).content.decode()


@pytest.mark.django_db
def test_the_page_names_pages_without_text() -> None:
    """A mixed file: drafted, and its scanned pages named."""
    world = make_world()
    one = typeset(sentence(1))
    document = bring(world, bound(one, scan(), scan(), one, scan()))
    assert (document.reading, document.silent) == ("read", "2–3、5")
    shown = browser(world.officer).get(reverse("meetings:document", args=[document.pk]))
    assert "2–3、5" in shown.content.decode()


@pytest.mark.django_db
def test_two_hundred_pages_end_to_end() -> None:
    """Upload, read, drafted; docs/how-to.md says how long it took on two shared cores."""
    raw = long_paper(285)
    world = make_world()
    began = time.monotonic()
    document = bring(world, raw)
    uploaded = time.monotonic()
    read_document(document, at=AT)
    done = time.monotonic()
    assert document.reading == ReadingState.READ and document.pages >= 200
    assert document.items.count() > 3500
    assert uploaded - began < 20 and done - uploaded < 120

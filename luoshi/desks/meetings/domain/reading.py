"""Read a long document in a job: range by range in limited children, drafted, written at once.

The work stands as a row (`SourceDocument.reading`), a job only wakes it. A document is read by one
worker at a time, under a lock of its database session that a killed worker loses; the next run
begins anew, and text, drafts and points are written in one transaction, once. What cannot be read
is told with its reason; an interrupted reading is given up after three tries.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime

from django.db import connection
from django.db.models import F

from luoshi.desks.meetings import rules
from luoshi.desks.meetings.domain.uploading import About, TooManyDrafts, days_of, write
from luoshi.desks.meetings.enums import Failure, ReadingState
from luoshi.desks.meetings.models import SourceDocument
from luoshi.foundation.accounts.models import User
from luoshi.foundation.attachments.domain.extracting import Extracted
from luoshi.foundation.attachments.domain.storing import keep_text, read_whole
from luoshi.foundation.attachments.enums import TextState
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.notifications.domain.sending import Message, send

LOCK = 7_316_041  # the number of this kind of lock among the database's advisory locks
TRIES = 3


def waiting() -> list[SourceDocument]:
    """Documents that are to be read, the oldest first."""
    rows = SourceDocument.objects.filter(reading=ReadingState.WAITING)
    return list(rows.select_related("attachment__file").order_by("uploaded_at", "pk"))


@contextmanager
def only_one(document: SourceDocument) -> Iterator[bool]:
    """Whether this worker may read the document now; another one does where it is False."""
    key = document.pk.int % 2**31
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK, key])
        mine = bool(cursor.fetchone()[0])
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK, key])


def read_document(document: SourceDocument, *, at: datetime) -> SourceDocument:
    """Read a waiting document to its end, or say why not; a document that was read meanwhile, or
    that another worker reads, is left alone."""
    with only_one(document) as mine:
        rows = SourceDocument.objects.filter(pk=document.pk, reading=ReadingState.WAITING)
        if mine and rows.update(tries=F("tries") + 1, pages_read=0):
            read_now(document, at)
    document.refresh_from_db()
    return document


def read_now(document: SourceDocument, at: datetime) -> None:
    """One try: what was read, or why not."""
    document.refresh_from_db(fields=("tries", "pages"))
    found = Failure.GAVE_UP if document.tries > TRIES else found_in(document)
    if isinstance(found, Failure):
        fail(document, found, at)
    else:
        finish(document, found, at)


def found_in(document: SourceDocument) -> Extracted | Failure:
    """The text of the file, its progress kept on the row, or why there is none."""

    def seen(count: int) -> None:
        SourceDocument.objects.filter(pk=document.pk).update(pages_read=count)

    try:
        found = read_whole(document.attachment, pages=document.pages, seen=seen)
    except Invalid as refusal:
        return Failure(refusal.code) if refusal.code in Failure.values else Failure.DAMAGED
    if found.state == TextState.UNREADABLE:
        return Failure.KIND
    return found if found.text.strip() else Failure.NEEDS_OCR


def finish(document: SourceDocument, found: Extracted, at: datetime) -> None:
    """Write what was read, all of it or nothing."""
    try:
        written(document, found, at)
    except TooManyDrafts:
        fail(document, Failure.TOO_MANY, at)


def written(document: SourceDocument, found: Extracted, at: datetime) -> None:
    """Text, drafts and points, once; `TooManyDrafts` leaves everything as it was."""
    actor = Actor.again(document.acting)
    with acting(actor=actor, at=at):
        row = SourceDocument.objects.select_for_update().get(pk=document.pk)
        if row.reading != ReadingState.WAITING:
            return
        row.text, row.reading, row.failure = found.text, ReadingState.READ, ""
        row.pages_read, row.silent_pages = row.pages, list(found.silent)
        row.left_out = [asdict(one) for one in found.left_out]
        if not (row.issued_on or row.meeting_on):
            for name, day in days_of(About(), found.text).items():
                setattr(row, name, day)
        row.save()
        keep_text(row.attachment, found)
        count = write(row, found.text, found.tables, at)
        after = {"drafts": count, "pages": row.pages, "characters": len(found.text)}
        record("meetings.read", actor=actor, at=at, obj=row, after=after)
        tell(
            row,
            f"文件已读完，拟出{count}项待核对：{row.title}",
            f"Document read, {count} drafts to check: {row.title}",
            at,
        )


def fail(document: SourceDocument, why: Failure, at: datetime) -> None:
    """Say that a document could not be read, and why."""
    actor = Actor.again(document.acting)
    with acting(actor=actor, at=at):
        row = SourceDocument.objects.select_for_update().get(pk=document.pk)
        if row.reading != ReadingState.WAITING:
            return
        row.reading, row.failure = ReadingState.FAILED, why
        row.save(update_fields=("reading", "failure"))
        record("meetings.unread", actor=actor, at=at, obj=row, after={"why": why.value})
        tell(
            row,
            f"文件未能读取，请查看原因：{row.title}",
            f"Document could not be read, see why: {row.title}",
            at,
        )


def tell(row: SourceDocument, zh: str, en: str, at: datetime) -> None:
    """A notice to who uploaded it."""
    message = Message(
        kind="reading",
        title_zh=zh,
        title_en=en,
        url=f"/drafting/{row.pk}/",
        key=f"reading|{row.pk}|{row.reading}|{at.isoformat()}",
    )
    people = User.objects.filter(pk=row.acting.get("person_id"))
    send(message, to=people, unit_id=row.office_id, at=at)


def read_again(*, document: SourceDocument, actor: Actor, at: datetime) -> SourceDocument:
    """Let the job try a failed document again. Refused: other offices, documents that are read."""
    ensure(rules.may_read_again(actor, document))
    with acting(actor=actor, at=at):
        row = SourceDocument.objects.select_for_update().get(pk=document.pk)
        ensure(rules.may_read_again(actor, row))
        row.reading, row.failure = ReadingState.WAITING, ""
        row.tries, row.pages_read, row.acting = 0, 0, actor.kept()
        row.save(update_fields=("reading", "failure", "tries", "pages_read", "acting"))
        record("meetings.read_again", actor=actor, at=at, obj=row)
    return row

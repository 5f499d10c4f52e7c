"""What time alone brings: occurrences come near, turn yellow, pass their limits (a job's work).

Changes: rows of what is near, and one notice each to who is responsible when it is due soon and
when it is overdue. A missed night is caught up by the next run and a run done twice changes
nothing: keys are unique, what was told is noted on the row.
"""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from luoshi.foundation.accounts.models import User
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.time import date_text, instant_text, office_date
from luoshi.foundation.notifications.domain.sending import Message, send
from luoshi.foundation.organizations.domain.queries.holders import current, people_in
from luoshi.supervision.commitments.domain.drawing import draw
from luoshi.supervision.commitments.domain.following import follow_calendar
from luoshi.supervision.commitments.domain.locking import locked
from luoshi.supervision.commitments.enums import OccurrenceState, Told
from luoshi.supervision.commitments.models import Commitment, CommitmentVersion, Occurrence
from luoshi.supervision.commitments.rules import UNDERTAKING

BATCH = 200


def come(*, actor: Actor, at: datetime) -> int:
    """One run; returns how many occurrences came near."""
    made = sum(come_near(one, actor, at) for one in due_to_draw(office_date(at)))
    follow_calendar(actor=actor, at=at)
    tell(actor, at)
    return made


def due_to_draw(today: date) -> Iterable[Commitment]:
    """The commitments whose next occurrence is not a row yet."""
    return Commitment.objects.filter(draw_on__lte=today).order_by("draw_on", "pk")


def come_near(commitment: Commitment, actor: Actor, at: datetime) -> int:
    """Draw one commitment, in a transaction of its own."""
    with acting(actor=actor, at=at):
        row = locked(commitment)
        if row.draw_on is None or row.draw_on > office_date(at):
            return 0
        made = draw(row, at)
        if made:
            record("commitments.came", actor=actor, at=at, obj=row, after={"number": made})
    return made


def tell(actor: Actor, at: datetime) -> int:
    """Notices of what is near or over and was not told; returns how many occurrences."""
    rows = Occurrence.objects.waiting(at).filter(attention_at__lte=at)
    rows = rows.filter(Q(told="") | Q(told=Told.NEAR, due_at__lte=at))
    told = 0
    while batch := list(rows.order_by("due_at", "pk").values_list("pk", flat=True)[:BATCH]):
        for key in batch:
            with acting(actor=actor, at=at):
                tell_one(key, at)
        told += len(batch)
    return told


def tell_one(key: object, at: datetime) -> None:
    """Tell of one occurrence what is true now; a level is passed over once a graver one is told."""
    rows = Occurrence.objects.select_for_update(no_key=True, of=("self",))
    row = rows.select_related("commitment", "version__person").get(pk=key)
    if row.state != OccurrenceState.OPEN:
        return  # settled since it was looked for
    level = Told.OVER if row.due_at <= at else Told.NEAR
    people = responsible_people(row.version, row.office_id, office_date(at))
    send(worded(row, level), to=people, unit_id=row.office_id, at=at)
    row.told = level
    row.save(update_fields=("told",))


def responsible_people(version: CommitmentVersion, office_id: UUID, on: date) -> list[User]:
    """Who is told: the person while in a post of the office, or everybody in the post; where nobody
    is left, those who undertake for the office."""
    found: list[User] = []
    if version.person_id is not None:
        held = current(on).filter(post__unit_id=office_id, person_id=version.person_id).first()
        found = [held.person] if held is not None else []
    else:
        found = people_in(office_id, (version.role,), on)
    return found or people_in(office_id, UNDERTAKING, on)


def worded(row: Occurrence, level: str) -> Message:
    """The notice in both languages."""
    over, title = level == Told.OVER, row.commitment.title
    return Message(
        kind="commitment",
        title_zh=f"{title}：{'已逾期' if over else '临近'}，时限{limit_words(row, 'zh')}",
        title_en=f"{title}: {'overdue' if over else 'due soon'}, limit {limit_words(row, 'en')}",
        url=f"/commitments/occurrences/{row.pk}/",
        key=f"commitment|{row.pk}|{level}|{row.due_at:%Y%m%d%H}",
    )


def limit_words(row: Occurrence, language: str) -> str:
    """The limit as a notice says it: its day, and the hour of an hour limit."""
    if row.hourly:
        return instant_text(row.due_at, language)
    return date_text(row.due_on, language)

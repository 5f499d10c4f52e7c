"""A document's questions to the local model as one row of work; drafts are known by number."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from luoshi.desks.lessons.domain.model.asking import LocalModel, NoAnswer, ask
from luoshi.desks.lessons.domain.model.resting import answered, failed
from luoshi.desks.lessons.enums import ConsultationState
from luoshi.desks.lessons.models import Consultation
from luoshi.foundation.reading.advice import Question, Span

LONGEST = timedelta(days=1)


def consult(*, document_id: UUID, office_id: UUID | None, at: datetime) -> None:
    """Note that a document's doubtful drafts shall be put to the model; nothing when it is off. The
    upload does not wait for it."""
    if settings.CONFIG.model_url:
        Consultation.objects.get_or_create(
            document_id=document_id, defaults={"office_id": office_id, "asked_at": at}
        )


def waiting(at: datetime) -> "list[Consultation]":
    """The documents still being asked about, the oldest first; one older than a day is given up."""
    rows = Consultation.objects.filter(state=ConsultationState.WAITING)
    late = rows.filter(asked_at__lt=at - LONGEST)
    late.update(state=ConsultationState.ENDED, finished_at=at)
    return list(rows.order_by("asked_at", "pk"))


def answer(work: Consultation, model: LocalModel, question: Question, at: datetime) -> Span | None:
    """The chosen span; None also where the model failed, which is noted and changes nothing."""
    try:
        found = ask(model, question)
    except NoAnswer as error:
        failed(error.kind, at)
        work.failed, work.failure = work.failed + 1, error.kind
        return None
    answered(at)
    return found


def keep(work: Consultation, asked: Iterable[int], changed: int) -> None:
    """What was asked so far; taken up from here after a killed job."""
    work.asked, work.changed = sorted({*work.asked, *asked}), work.changed + changed
    work.save(update_fields=("asked", "changed", "failed", "failure"))


def finish(work: Consultation, at: datetime) -> None:
    """Everything was asked."""
    work.state, work.finished_at = ConsultationState.DONE, at
    work.save(update_fields=("state", "finished_at"))

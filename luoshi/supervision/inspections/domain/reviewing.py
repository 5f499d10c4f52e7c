"""Review of a conclusion: asked for by the object once, decided by somebody who neither led the
group nor wrote the conclusion (R-SUP-7). Ten working days from its receipt to ask and fifteen to
decide are the office's default; no regulation is cited for them.

Changes: one `ConclusionReview`; where the conclusion is changed, the named problems are withdrawn.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.core.sources import OFFICE_DEFAULT
from luoshi.foundation.core.time import date_text, last_day
from luoshi.foundation.notifications.domain.sending import Message
from luoshi.supervision.inspections import rules
from luoshi.supervision.inspections.domain.limits import DECIDE_WORKDAYS, workdays_after
from luoshi.supervision.inspections.domain.problem.checking import withdraw
from luoshi.supervision.inspections.domain.telling import tell_office, tell_unit
from luoshi.supervision.inspections.domain.transitions import REVIEW_MOVES
from luoshi.supervision.inspections.enums import PROBLEM_ENDED, ReviewState
from luoshi.supervision.inspections.models import (
    ConclusionReview,
    Inspection,
    InspectionObject,
    Problem,
)
from luoshi.supervision.matters.domain.transitions import locked, move


def ask_review(
    *, row: InspectionObject, reason: str, actor: Actor, at: datetime
) -> ConclusionReview:
    """Ask with the reasons. Refused: not signed for, a second time, too late."""
    ensure(rules.may_ask_review(actor, row))
    if not reason.strip() or len(reason) > 5000:
        text = _("Say which facts are wrong and why, in at most 5000 characters.")
        raise Invalid(_("Not asked."), {"reason": [text]})
    with acting(actor=actor, at=at):
        found = locked(InspectionObject.objects.select_related("inspection", "unit"), row.pk)
        ensure(rules.may_ask_review(actor, found))
        if found.review_until is not None and found.review_until <= at:
            raise Refused(
                _("Not asked: the time for it is over."),
                _("It could be asked for until %(day)s.")
                % {"day": date_text(last_day(found.review_until), get_language() or "zh-hans")},
                next_steps=(_("Report the rectification; put your view into it."),),
                source=OFFICE_DEFAULT,
                code="review-too-late",
            )
        made = ConclusionReview.objects.create(
            inspection=found.inspection,
            unit=found.unit,
            reason=reason.strip(),
            asked_by_name=actor.person_name,
            asked_at=at,
            decide_by=workdays_after(at, DECIDE_WORKDAYS, "督查结论复核办理期限").at,
        )
        inspection = found.inspection
        message = Message(
            kind="conclusion_review",
            title_zh=f"{found.unit}申请复核督查结论：{inspection.title}",
            title_en=f"{found.unit} asks for review of the conclusion: {inspection.title}",
            url=f"/inspections/{inspection.pk}/",
            key=f"review-asked|{made.pk}",
        )
        tell_office(inspection.office_id, message, at=at)
        after = {"unit": str(found.unit), "reason": reason.strip()}
        record("inspections.review_asked", actor=actor, at=at, obj=inspection, after=after)
    return made


def decide_review(
    *,
    review: ConclusionReview,
    verdict: str,
    decision: str,
    withdrawn: Sequence[UUID],
    actor: Actor,
    at: datetime,
) -> ConclusionReview:
    """Uphold or change the conclusion with reasons; `withdrawn` names the problems that fall."""
    ensure(rules.may_decide_review(actor, review))
    errors: dict[str, list[object]] = {}
    if verdict not in {ReviewState.UPHELD, ReviewState.CHANGED}:
        errors["verdict"] = [_("Uphold the conclusion or change it.")]
    if not decision.strip() or len(decision) > 5000:
        errors["decision"] = [_("Give the reasons of the decision.")]
    if verdict == ReviewState.UPHELD and withdrawn:
        errors["withdrawn"] = [_("No problem falls where the conclusion is upheld.")]
    if errors:
        raise Invalid(_("Not decided."), errors)  # type: ignore[arg-type]
    with acting(actor=actor, at=at):
        Inspection.objects.select_for_update(of=("self",)).get(pk=review.inspection_id)
        row = locked(ConclusionReview.objects.select_related("inspection", "unit"), review.pk)
        ensure(rules.may_decide_review(actor, row))
        move(row, verdict, REVIEW_MOVES)
        row.decision, row.decided_at = decision.strip(), at
        row.decided_by_id, row.decided_by_name = actor.person_id, actor.person_name
        row.save()
        fallen = Problem.objects.filter(
            pk__in=withdrawn, unit=row.unit, finding__inspection=row.inspection_id
        ).exclude(state__in=PROBLEM_ENDED)
        for problem in fallen:
            withdraw(problem=problem, reason=row.decision, actor=actor, at=at)
        inspection = row.inspection
        word_zh = "维持" if verdict == ReviewState.UPHELD else "变更"
        message = Message(
            kind="conclusion_review",
            title_zh=f"督查结论复核决定（{word_zh}）：{inspection.title}",
            title_en=f"Review decided ({verdict}): {inspection.title}",
            url=f"/inspections/{inspection.pk}/",
            key=f"review-decided|{row.pk}",
        )
        tell_unit(row.unit_id, message, at=at)
        after = {"unit": str(row.unit), "verdict": verdict, "reason": row.decision}
        record("inspections.review_decided", actor=actor, at=at, obj=inspection, after=after)
    return row

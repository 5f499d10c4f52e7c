"""The unit's principal signs a report, which sends it, or gives it back with words (R-SUP-6).

Changes: a `Signing` row, the report's state; signed, everything that sending changes. Refused:
anybody but the unit's principal, a report nobody put forward, giving back without a word.
"""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.time import office_date
from luoshi.foundation.notifications.domain.sending import Message
from luoshi.foundation.notifications.domain.sending import send as notify
from luoshi.foundation.organizations.domain.queries.holders import people_in
from luoshi.foundation.organizations.enums import Role
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.domain.report.contents import (
    TEXTS,
    Figure,
    Words,
    named_figures,
    refuse_gaps,
)
from luoshi.supervision.matters.domain.report.sending import attached, fulfilled, send
from luoshi.supervision.matters.domain.transitions import (
    REPORT_MOVES,
    SIGNING_MOVES,
    locked,
    move,
)
from luoshi.supervision.matters.enums import ReportState, SigningState
from luoshi.supervision.matters.models import Assignment, Report, ReportDuty, Signing
from luoshi.supervision.rulebook.domain.queries.settings import settings_of


def waits_for_principal(assignment: Assignment, actor: Actor, at: datetime) -> bool:
    """Whether sending waits for a signature: the assigning office asks for it, the sender is not
    the principal, and the unit has a principal who signs in here. Without such a person the name
    written on the report is what is recorded."""
    if actor.role == Role.PRINCIPAL and actor.is_person:
        return False
    if not settings_of(assignment.matter.office_id).principal_signs:
        return False
    return bool(people_in(assignment.unit_id, (Role.PRINCIPAL,), office_date(at)))


def put_forward(
    report: Report, duties: Sequence[ReportDuty], *, actor: Actor, at: datetime
) -> None:
    """Put a complete report before the principal, inside the sender's transaction; the duties
    stay open and their clock runs on."""
    move(report, ReportState.SIGNING, REPORT_MOVES)
    report.files = attached(report)
    report.save()
    report.duties.set(duties)
    signing = Signing.objects.create(
        report=report,
        asked_by_id=actor.person_id,
        asked_by_name=actor.person_name,
        asked_at=at,
    )
    share = report.assignment
    message = Message(
        kind="signing",
        title_zh=f"请签发报告：{share.matter.title}",
        title_en=f"Please sign the report: {share.matter.title}",
        url=f"/reports/{report.pk}/signing/",
        key=f"signing|{signing.pk}",
    )
    people = people_in(share.unit_id, (Role.PRINCIPAL,), office_date(at))
    notify(message, to=people, unit_id=share.unit_id, at=at)
    after = {"unit": actor.unit_name, "duties": [duty.title_zh for duty in duties]}
    record("matters.put_forward", actor=actor, at=at, obj=share.matter, after=after)


def sign(*, report: Report, actor: Actor, at: datetime, late_reason: str = "") -> Report:
    """Sign and send. A report that became late while it waited needs the reason now."""
    ensure(rules.may_sign_report(actor, report))
    with acting(actor=actor, at=at):
        report, signing = locked_report(report)
        ensure(rules.may_sign_report(actor, report))
        ensure(rules.may_report(actor, report.assignment))
        if late_reason.strip() and not report.late_reason:
            report.late_reason = late_reason.strip()
        if errors := too_long(Report, {"late_reason": report.late_reason}):
            raise Invalid(_("Not sent yet: something is missing."), errors)
        ids = list(report.duties.values_list("pk", flat=True))
        duties = fulfilled(report.assignment, ids, report.percent)
        named = named_figures(report.assignment.matter)
        refuse_gaps(duties, words_of(report), named=named, files=attached(report), at=at)
        decided(signing, SigningState.SIGNED, "", actor, at)
        report.signed_by_principal = actor.person_name
        send(report, duties, actor=actor, at=at)
    return report


def give_back(*, report: Report, words: str, actor: Actor, at: datetime) -> Report:
    """The principal gives the report back to its writers; they read the words."""
    ensure(rules.may_sign_report(actor, report))
    if not words.strip():
        raise Invalid(
            _("Not given back: no reason given."),
            {"words": [_("Say what should change; the writer reads these words.")]},
        )
    return back(report, SigningState.GIVEN_BACK, words, actor, at)


def take_back(*, report: Report, actor: Actor, at: datetime) -> Report:
    """The writer's side takes the report back before it is signed."""
    ensure(rules.may_take_back(actor, report))
    return back(report, SigningState.TAKEN_BACK, "", actor, at)


def back(report: Report, to: str, words: str, actor: Actor, at: datetime) -> Report:
    """The report is a draft again."""
    with acting(actor=actor, at=at):
        report, signing = locked_report(report)
        ensure(rules.still_before_principal(report))
        decided(signing, to, words, actor, at)
        move(report, ReportState.DRAFT, REPORT_MOVES)
        report.save(update_fields=("state",))
        report.duties.clear()
        matter = report.assignment.matter
        after = {"reason": words.strip()}
        action = "given_back" if to == SigningState.GIVEN_BACK else "taken_back"
        record(f"matters.{action}", actor=actor, at=at, obj=matter, after=after)
    return report


def locked_report(report: Report) -> tuple[Report, Signing | None]:
    """The report and its open signing, locked after their share."""
    share = locked(Assignment.objects.select_related("matter"), report.assignment_id)
    found: Report = locked(Report.objects, report.pk)
    found.assignment = share
    signing = found.signings.select_for_update().filter(state=SigningState.ASKED).first()
    return found, signing


def decided(signing: Signing | None, to: str, words: str, actor: Actor, at: datetime) -> None:
    """Write who decided what."""
    if signing is None:
        raise LookupError("a report before the principal has an open signing")
    move(signing, to, SIGNING_MOVES)
    signing.words = words.strip()
    signing.decided_by_name, signing.decided_at = actor.person_name, at
    signing.save()


def words_of(report: Report) -> Words:
    """What the stored report says."""
    figures = [Figure(row.name, row.value, row.measure) for row in report.figures.all()]
    texts = {name: getattr(report, name) for name in TEXTS}
    return Words(**texts, figures=figures, percent=report.percent, hours=report.hours)

"""Conclude a matter (办结): the assigning office's act after review, never the responder's.

Changes: matter and shares end, open duties are withdrawn, a `Closure` row says who, when, with
what result and what effect, its `ConclusionReport` what stood then; a list item is struck off.
Refused: responders, tokens, reports still in review, a missing final report (TR-09), evidence
below the least grade (B8), something left to do without a promised date (S2-76).
"""

from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.core.time import office_date
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.domain.matter.effects import NO_EFFECT, Effect, effect_errors
from luoshi.supervision.matters.domain.matter.ending import end_matter, end_shares
from luoshi.supervision.matters.domain.matter.striking_off import strike_off
from luoshi.supervision.matters.domain.queries.rounds import of_this_round
from luoshi.supervision.matters.domain.report.evidence import least_needed, reached
from luoshi.supervision.matters.domain.transitions import locked
from luoshi.supervision.matters.enums import (
    MATTER_ENDED,
    PROMISING,
    AssignmentState,
    DutyState,
    MatterState,
    Part,
    ReportState,
    Result,
)
from luoshi.supervision.matters.models import (
    Assignment,
    Closure,
    ConclusionReport,
    Matter,
    Report,
    ReportDuty,
)
from luoshi.supervision.rulebook.enums import DutyKind


def obstacles(matter: Matter) -> list[Refused]:
    """What still stands before conclusion, each with its way on; empty = may be concluded."""
    found: list[Refused] = []
    waiting = Report.objects.filter(assignment__matter=matter, state=ReportState.SUBMITTED).count()
    if waiting:
        found.append(
            Refused(
                _("Not concluded: reports wait for review."),
                _("%(count)d report(s) are still in review.") % {"count": waiting},
                next_steps=(_("Review them first."),),
                source="S2-92",
                code="reports-in-review",
            )
        )
    found.extend(open_parts(matter))
    own = of_this_round(matter)
    if checked_by_parts(matter, own):
        return found
    leads = own.exclude(part=Part.JOINT)
    final_missing = ReportDuty.objects.filter(assignment__in=leads, kind=DutyKind.FINAL).exclude(
        state__in=(DutyState.ACCEPTED, DutyState.WITHDRAWN)
    )
    if final_missing.exists():
        found.append(
            Refused(
                _("Not concluded: the final report is missing."),
                _("An instruction ends with an accepted summary report of the handling unit."),
                next_steps=(_("Ask the unit for its final report, then review it."),),
                source="TR-09",
                code="final-report-missing",
            )
        )
    elif not Report.objects.filter(assignment__in=leads, state=ReportState.ACCEPTED).exists():
        found.append(
            Refused(
                _("Not concluded: no report has been accepted yet."),
                _("A matter does not close without a check."),
                next_steps=(_("Wait for a report and review it."),),
                source="S2-92",
                code="nothing-checked",
            )
        )
    else:
        found.extend(weak_evidence(matter))
    return found


def weak_evidence(matter: Matter) -> list[Refused]:
    """The obstacle of evidence below the least grade, or nothing (B8)."""
    grade, least = reached(matter), least_needed(matter)
    if grade >= least:
        return []
    return [
        Refused(
            _("Not concluded: the evidence is too low."),
            _("Evidence is grade %(grade)d; this matter needs grade %(least)d to conclude.")
            % {"grade": grade, "least": least},
            next_steps=(_("Add data and third-party papers, or ask for an on-site check."),),
            source="B8",
            code="evidence-too-low",
        )
    ]


def open_parts(matter: Matter) -> list[Refused]:
    """A whole does not end before its sub-matters (S3-62)."""
    parts = matter.sub_matters.exclude(state__in=MATTER_ENDED).count()
    if not parts:
        return []
    return [
        Refused(
            _("Not concluded: sub-matters are still open."),
            _("%(count)d sub-matter(s) have not ended.") % {"count": parts},
            next_steps=(_("Conclude, revoke or merge them first."),),
            source="S3-62",
            code="parts-open",
        )
    ]


def checked_by_parts(matter: Matter, own: "QuerySet[Assignment]") -> bool:
    """Whether a whole without shares of its own was carried out by a concluded sub-matter."""
    return not own.exists() and matter.sub_matters.filter(state=MatterState.CONCLUDED).exists()


def refuse_unclear(
    result: str, summary: str, effect: Effect, promised_on: date | None, on: date
) -> None:
    """Refuse an ending without a sentence and a result, and one that leaves something to do
    without the date by which it is promised (S2-76)."""
    errors = effect_errors(Closure, effect) | dict(too_long(Closure, {"summary": summary}))
    if result not in Result.values or not summary.strip():
        errors["summary"] = [_("Say in a sentence how the matter ended, and choose the result.")]
    if result in PROMISING and promised_on is None:
        errors["promised_on"] = [_("Give the date by which the rest is promised.")]
    if promised_on is not None and result not in PROMISING:
        errors["promised_on"] = [_("A promised date belongs to what is not carried out yet.")]
    elif promised_on is not None and promised_on <= on:
        errors["promised_on"] = [_("The promised date lies after today.")]
    if errors:
        raise Invalid(_("Not concluded: something is missing."), errors)


def conclude(
    *,
    matter: Matter,
    result: str,
    summary: str,
    actor: Actor,
    at: datetime,
    effect: Effect = NO_EFFECT,
    promised_on: date | None = None,
    unmet: str = "",
) -> Closure:
    """Conclude with a result, a one-paragraph summary, the measured effect, what was not reached,
    and the promised date where part of the work is still to come."""
    ensure(rules.may_conclude(actor, matter))
    refuse_unclear(result, summary, effect, promised_on, office_date(at))
    with acting(actor=actor, at=at):
        matter = locked(Matter.objects, matter.pk)
        ensure(rules.may_conclude(actor, matter))
        for obstacle in obstacles(matter)[:1]:
            raise obstacle
        end_shares(matter, to=AssignmentState.CONCLUDED, at=at)
        end_matter(matter, to=MatterState.CONCLUDED, at=at)
        closure = Closure.objects.create(
            matter=matter,
            round=matter.closures.count() + 1,
            result=result,
            summary=summary.strip(),
            promised_on=promised_on,
            **effect.columns(),
            concluded_by_id=actor.person_id,
            concluded_by_name=actor.person_name,
            concluded_at=at,
        )
        report_on(closure, unmet)
        record("matters.concluded", actor=actor, at=at, obj=matter, after={"result": result})
        strike_off(closure, actor=actor, at=at)
    return closure


def report_on(closure: Closure, unmet: str) -> ConclusionReport:
    """Write what stood at the conclusion: final report, evidence, what was not reached."""
    reports = Report.objects.filter(
        assignment__in=of_this_round(closure.matter), state=ReportState.ACCEPTED
    ).order_by("-final", "-submitted_at")
    return ConclusionReport.objects.create(
        closure=closure,
        final_report=reports.first(),
        evidence=reached(closure.matter),
        unmet=unmet.strip(),
    )

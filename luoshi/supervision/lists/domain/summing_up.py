"""The mid-year and the year-end summary an issuing office owes its superior (TR-05, S3-59/60).

Dates come from the deadline engine under the rule version in force at the issue. A summary is
written by the offices, signed and sent by a secretary-general (R-SUP-6); a late one keeps its mark.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.time import at_clock
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.deadlines.engine.periods import occurrences
from luoshi.foundation.deadlines.engine.rule import from_json
from luoshi.supervision.lists import rules
from luoshi.supervision.lists.domain.queries.progress import counts_of
from luoshi.supervision.lists.domain.transitions import SUMMARY_MOVES
from luoshi.supervision.lists.enums import SummaryPeriod, SummaryState
from luoshi.supervision.lists.models import ListSummary, SupervisionPointsList
from luoshi.supervision.matters.domain.duty.lateness import lateness
from luoshi.supervision.matters.domain.transitions import locked, move
from luoshi.supervision.rulebook.domain.queries.versions import versions_for
from luoshi.supervision.rulebook.enums import DutyKind, Regime


@dataclass(frozen=True)
class SummaryWords:
    """What a summary says."""

    text: str
    problems: str = ""
    next_steps: str = ""
    late_reason: str = ""


def make_summaries(found: SupervisionPointsList) -> list[ListSummary]:
    """Make the summaries of an issued list: due dates after its issue and within its year and the
    January after. Called inside the transaction of the issue; asks again = nothing new."""
    issued = found.issued_on
    assert issued is not None  # noqa: S101 - the caller has just set it
    versions = versions_for(
        regime=Regime.POINTS, urgent=False, office_id=found.office_id, on=issued
    )
    calendar = current_calendar()
    made = []
    for version in versions:
        if version.kind != DutyKind.SUMMARY or not version.deadline:
            continue
        dates = occurrences(
            from_json(version.deadline),
            start=max(issued, date(found.year, 2, 1)),
            until=date(found.year + 1, 1, 31),
            calendar=calendar,
            grace_workdays=version.grace_workdays,
            skip_first_days=version.skip_first_days,
            provision=version.legal_basis,
        )
        for one in dates:
            if one.due.raw > date(found.year + 1, 1, 31):
                continue
            this_year = one.due.raw.year == found.year
            warn_on = calendar.add_workdays(one.due.on, -max(5, version.warning_workdays))
            made.append(
                ListSummary(
                    points_list=found,
                    period=SummaryPeriod.MID_YEAR if this_year else SummaryPeriod.YEAR_END,
                    rule_code=version.rule.code,
                    legal_basis=version.legal_basis,
                    reports_to=version.reports_to,
                    due_at=one.due.at,
                    warn_at=at_clock(warn_on, time(0)),
                    trace=one.due.trace.to_json(),
                )
            )
    return ListSummary.objects.bulk_create(made, ignore_conflicts=True)


def save_summary(
    *, summary: ListSummary, words: SummaryWords, revision: int, actor: Actor, at: datetime
) -> ListSummary:
    """Save the draft; a stale revision is refused with the text kept on the page."""
    ensure(rules.may_write_summary(actor, summary))
    with acting(actor=actor, at=at):
        row = written(summary, words, actor)
        if row.revision != revision:
            raise Invalid(
                _("Somebody changed this page meanwhile. Your text is kept."),
                {"revision": [_("Compare with the saved version below, then save again.")]},
                code="edited-meanwhile",
            )
        row.revision += 1
        row.save()
        record(
            "lists.summary_saved",
            actor=actor,
            at=at,
            obj=row.points_list,
            after={"summary": row.period},
        )
    return row


def written(summary: ListSummary, words: SummaryWords, actor: Actor) -> ListSummary:
    """The locked row with the words on it, unsaved."""
    row: ListSummary = locked(ListSummary.objects.select_related("points_list"), summary.pk)
    ensure(rules.may_write_summary(actor, row))
    columns = {
        "text": words.text.strip(),
        "problems": words.problems.strip(),
        "next_steps": words.next_steps.strip(),
        "late_reason": words.late_reason.strip(),
    }
    errors = too_long(ListSummary, columns)
    if errors:
        raise Invalid(_("Not saved."), errors)
    for name, value in columns.items():
        setattr(row, name, value)
    row.written_by_id = actor.person_id
    return row


def send_summary(
    *, summary: ListSummary, words: SummaryWords, actor: Actor, at: datetime
) -> ListSummary:
    """Sign and send, with the list's figures of this instant. Refused: an empty summary or one
    without problems and next steps; a late one without its reason."""
    ensure(rules.may_send_summary(actor, summary))
    late = summary.due_at <= at
    errors: dict[str, list[object]] = {}
    for name in ("text", "problems", "next_steps"):
        if not getattr(words, name).strip():
            errors[name] = [_("This part is asked for; write it, or write “none”.")]
    if late and not words.late_reason.strip():
        errors["late_reason"] = [_("It is late: give the reason; the mark stays.")]
    if errors:
        raise Invalid(_("Not sent: something is missing."), errors)  # type: ignore[arg-type]
    with acting(actor=actor, at=at):
        row = written(summary, words, actor)
        ensure(rules.may_send_summary(actor, row))
        move(row, SummaryState.SENT, SUMMARY_MOVES)
        row.sent_at, row.sent_by_name = at, actor.person_name
        row.figures = counts_of(row.points_list, at)
        if late:
            row.late_amount, row.late_unit = lateness(row.due_at, at, hourly=False)
        row.save()
        after = {"summary": row.period, "figures": row.figures}
        record("lists.summary_sent", actor=actor, at=at, obj=row.points_list, after=after)
    return row


def opening(found: SupervisionPointsList, figures: dict[str, int]) -> str:
    """The first sentence from the facts, for the writer to go on from."""
    return (
        f"{found.title}共{figures['total']}项，已办结{figures['done']}项，"
        f"在办{figures['open']}项，其中按期推进{figures['green']}项、"
        f"临期{figures['yellow']}项、逾期{figures['red']}项。"
    )

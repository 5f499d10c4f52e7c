"""Compose a report from reports of units below, without re-typing (B17).

Each figure of an accepted report below becomes a row that whoever composes approves; the rows of a
name add up to the figure. When a unit below corrects what was used, the composed report is out of
date, and both its unit and its reviewer see the difference.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.domain.report.contents import Figure, Words
from luoshi.supervision.matters.domain.report.reporting import save_draft, unsent
from luoshi.supervision.matters.domain.report.signing_off import words_of
from luoshi.supervision.matters.domain.telling import tell_unit
from luoshi.supervision.matters.enums import (
    ASSIGNMENT_OPEN,
    REPORT_UNDECIDED,
    REPORT_UNSENT,
    ReportState,
)
from luoshi.supervision.matters.models import (
    Assignment,
    Matter,
    OutdatedRow,
    Report,
    RollUpRow,
)

SHORT = 200


@dataclass
class Sum:
    """A composed figure: its rows, and what was sent of it last."""

    name: str
    measure: str
    value: Decimal = Decimal(0)
    previous: Decimal | None = None
    rows: list[RollUpRow] = field(default_factory=list)

    @property
    def change(self) -> Decimal | None:
        """Difference to the last report; None where there is none."""
        return None if self.previous is None else self.value - self.previous


def below(assignment: Assignment, actor: Actor) -> "QuerySet[Any]":
    """Accepted reports this share may be composed from: of other units in the same matter and its
    sub-matters that the actor may read, and those made to the unit itself in matters it issued
    under this one."""
    matter = assignment.matter
    parts = Q(assignment__matter=matter) | Q(assignment__matter__parent=matter)
    here = parts & Q(assignment__in=Assignment.objects.visible_to(actor))
    issued = Matter.objects.filter(office_id=assignment.unit_id)
    if matter.number:
        here |= Q(assignment__matter__in=issued.filter(origin_reference=matter.number))
    rows = Report.objects.filter(here, state=ReportState.ACCEPTED)
    return rows.exclude(assignment=assignment)


def candidates(assignment: Assignment, actor: Actor) -> list[Report]:
    """The newest accepted report of each share below, by unit."""
    rows = below(assignment, actor).select_related("assignment__unit", "assignment__matter")
    rows = rows.order_by("assignment_id", "-submitted_at").distinct("assignment_id")
    found = list(rows.prefetch_related("figures"))
    return sorted(found, key=lambda row: (row.assignment.unit.path, row.receipt_number))


def compose(
    *, assignment: Assignment, source_ids: Sequence[UUID], actor: Actor, at: datetime
) -> Report:
    """Approve the rows of the chosen reports and put their sums into the draft; figures of other
    names and words already written stay. Refused: nothing chosen, one name in two measures."""
    ensure(rules.may_report(actor, assignment))
    chosen = [row for row in candidates(assignment, actor) if row.pk in set(source_ids)]
    if not chosen:
        raise Invalid(
            _("Not put together: no report chosen."),
            {"sources": [_("Tick at least one report of a unit below.")]},
        )
    with acting(actor=actor, at=at):
        draft = unsent(assignment)
        words = words_of(draft) if draft else Words()
        rows = [row for report in chosen for row in rows_of(report, actor, at)]
        sums = summed(rows)
        names = {one.name for one in sums}
        figures = [Figure(one.name, one.value, one.measure) for one in sums]
        figures += [figure for figure in words.figures if figure.name not in names]
        progress = words.progress.strip() or told(chosen)
        report = save_draft(
            assignment=assignment,
            words=replace(words, progress=progress, figures=figures),
            revision=draft.revision if draft else 0,
            actor=actor,
            at=at,
        )
        report.rows.all().delete()
        for row in rows:
            row.report = report
        RollUpRow.objects.bulk_create(rows)
        after = {"sources": [row.receipt_number for row in chosen], "rows": len(rows)}
        record("matters.composed", actor=actor, at=at, obj=assignment.matter, after=after)
    return report


def rows_of(source: Report, actor: Actor, at: datetime) -> list[RollUpRow]:
    """Unsaved rows of one report, approved by the actor."""
    return [
        RollUpRow(
            source=source,
            unit_name=str(source.assignment.unit),
            name=figure.name,
            value=figure.value,
            measure=figure.measure,
            approved_by_name=actor.person_name,
            approved_at=at,
        )
        for figure in source.figures.all()
    ]


def told(chosen: Iterable[Report]) -> str:
    """The units' own words on progress, one line each, as a beginning."""
    return "\n".join(f"{row.assignment.unit}：{row.progress[:SHORT]}" for row in chosen)


def summed(rows: Iterable[RollUpRow]) -> list[Sum]:
    """Rows added up by name; refuses one name in two measures."""
    found: dict[str, Sum] = {}
    for row in rows:
        one = found.setdefault(row.name, Sum(row.name, row.measure))
        if one.measure != row.measure:
            text = _("“%(name)s” is given in %(one)s and in %(two)s; they do not add up.")
            raise Invalid(
                _("Not put together."),
                {"sources": [text % {"name": row.name, "one": one.measure, "two": row.measure}]},
            )
        one.value += row.value
        one.rows.append(row)
    return list(found.values())


def sums_of(report: Report) -> list[Sum]:
    """The composed figures of a report with their rows."""
    return provenance(report)[0]


def outdated(report: Report) -> list[OutdatedRow]:
    """What units below say by now, where it differs from the row that was used."""
    return provenance(report)[1]


def provenance(report: Report) -> tuple[list[Sum], list[OutdatedRow]]:
    """Sums with their rows, and what is out of date among them; one query where nothing was
    composed."""
    rows = list(
        report.rows.select_related("source").prefetch_related("outdated__row", "outdated__newer")
    )
    sums = summed(rows)
    stated = {figure.name: figure for figure in report.figures.all()} if rows else {}
    for one in sums:
        if one.name in stated:
            one.previous = stated[one.name].previous
    latest = [list(row.outdated.all())[-1] for row in rows if row.outdated.all()]
    return sums, [one for one in latest if one.value != one.row.value]


def out_of_date(actor: Actor) -> "QuerySet[Any]":
    """Accepted reports of the actor's unit whose figures a unit below has corrected since, which
    nobody has corrected yet (B17)."""
    noted = OutdatedRow.objects.filter(row=OuterRef("pk")).order_by("-noticed_at")
    rows = RollUpRow.objects.filter(report=OuterRef("pk"), outdated__isnull=False)
    rows = rows.annotate(latest=Subquery(noted.values("value")[:1]))
    differs = rows.filter(Q(latest=None) | ~Q(latest=F("value")))
    mine = Report.objects.filter(
        assignment__unit_id=actor.unit_id,
        assignment__state__in=ASSIGNMENT_OPEN,
        state=ReportState.ACCEPTED,
    )
    answered = Report.objects.filter(corrects=OuterRef("pk")).exclude(state=ReportState.RETURNED)
    return mine.filter(Exists(differs), ~Exists(answered))


def mark_outdated(accepted: Report, *, actor: Actor, at: datetime) -> int:
    """After a report was accepted: note the rows it makes out of date. A correction reaches every
    report that used what it corrects; a newer report only those not decided yet. Their units
    are told."""
    rows = RollUpRow.objects.exclude(report__state=ReportState.RETURNED)
    rows = rows.exclude(source=accepted)
    rows = rows.select_related("report__assignment__matter", "report__assignment__unit")
    hit = Q(source__in=corrected(accepted))
    if accepted.corrects_id is None:
        hit = Q(source__assignment_id=accepted.assignment_id, report__state__in=REPORT_UNDECIDED)
    now = {figure.name: figure.value for figure in accepted.figures.all()}
    noted = 0
    told_of: dict[UUID, Assignment] = {}
    for row in rows.filter(hit).prefetch_related("outdated"):
        value = now.get(row.name)
        if value == row.value and not row.outdated.all():
            continue
        OutdatedRow.objects.create(row=row, newer=accepted, value=value, noticed_at=at)
        noted += 1
        if row.report.state not in REPORT_UNSENT:
            told_of[row.report.assignment_id] = row.report.assignment
    words = ("报告数据已变动，请更正", "A report is out of date, please correct it")
    for share in told_of.values():
        key = f"{accepted.pk}|{share.pk}"
        tell_unit(share, kind="outdated", words=words, key=key, at=at, page="reports/")
        after = {"receipt": accepted.receipt_number, "unit": str(accepted.assignment.unit)}
        record("matters.outdated", actor=actor, at=at, obj=share.matter, after=after)
    return noted


def corrected(report: Report) -> list[UUID]:
    """The reports this one corrects, back to the first."""
    found: list[UUID] = []
    earlier = report.corrects
    while earlier is not None:
        found.append(earlier.pk)
        earlier = earlier.corrects
    return found


def renewed(report: Report, actor: Actor, at: datetime) -> list[RollUpRow]:
    """The rows of a composed report with what the units below say by now; unsaved."""
    fresh = []
    rows = report.rows.select_related("source").prefetch_related("outdated__newer")
    for row in rows:
        changes = list(row.outdated.all())
        source = changes[-1].newer if changes else row.source
        receipt = changes[-1].newer_receipt if changes else row.source_receipt
        value = changes[-1].value if changes else row.value
        if value is not None:
            fresh.append(
                RollUpRow(
                    source=source,
                    source_receipt=receipt,
                    unit_name=row.unit_name,
                    name=row.name,
                    value=value,
                    measure=row.measure,
                    approved_by_name=actor.person_name,
                    approved_at=at,
                )
            )
    return fresh

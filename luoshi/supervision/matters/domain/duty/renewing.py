"""Irregular duties come again: an accepted staged report opens the next one, so that silence keeps
being measured until the end (TR-03, TR-08)."""

from luoshi.supervision.matters.enums import DutyState
from luoshi.supervision.matters.models import Report, ReportDuty
from luoshi.supervision.rulebook.enums import DutyKind

SAME = (
    "assignment_id",
    "rule_version_id",
    "rule_code",
    "kind",
    "title_zh",
    "title_en",
    "content",
    "reports_to",
    "legal_basis",
    "anchor",
)


def renew_staged(report: Report) -> list[ReportDuty]:
    """Open the next staged duty for each one this accepted report fulfilled; none after the final
    report, which ends the reporting (TR-09)."""
    made = []
    for duty in report.duties.filter(kind=DutyKind.STAGED, deadline__isnull=True):
        siblings = ReportDuty.objects.filter(assignment=duty.assignment_id)
        if siblings.filter(kind=DutyKind.FINAL, state=DutyState.ACCEPTED).exists():
            continue
        number = siblings.filter(rule_code=duty.rule_code).count() + 1
        values = {name: getattr(duty, name) for name in SAME}
        made.append(ReportDuty(period=str(number), **values))
    return ReportDuty.objects.bulk_create(made, ignore_conflicts=True)

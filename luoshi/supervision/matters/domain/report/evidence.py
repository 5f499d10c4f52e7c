"""Grades of evidence (B8): proposed from what a report carries, settled by the reviewer, and the
least grade a matter needs before it is concluded."""

import hashlib

from django.db.models import Max

from luoshi.foundation.core.time import office_date
from luoshi.supervision.matters.domain.queries.rounds import of_this_round
from luoshi.supervision.matters.enums import EvidenceGrade, MatterState, Part, Verdict
from luoshi.supervision.matters.models import Matter, Report, Review
from luoshi.supervision.rulebook.domain.queries.settings import settings_of


def proposed(*, files: int, figures: int) -> EvidenceGrade:
    """What papers and figures bear out: words alone are a claim, and so is a figure that no paper
    bears out; a paper is a document; both together are figures with documents. A check on site
    and a third party are never presumed: a person says so."""
    if not files:
        return EvidenceGrade.CLAIM
    return EvidenceGrade.NUMBER if figures else EvidenceGrade.DOCUMENT


def drawn_for_visit(report: Report, percent: int) -> bool:
    """Whether a sent report is drawn for a check on site (B8: random on-site sample): SHA-256 of
    `<office code>|<year-month sent>|<receipt number>`, its first eight hexadecimal digits modulo
    100 below the office's percentage (`spot_percent`, 0 = none). Neither the unit nor the reviewer
    chooses, and anybody can compute it again."""
    office = report.assignment.matter.office
    if not percent or report.submitted_at is None:
        return False
    month = office_date(report.submitted_at).strftime("%Y-%m")
    text = f"{office.code}|{month}|{report.receipt_number}"
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) % 100 < percent


def proposed_for(report: Report) -> EvidenceGrade:
    """The grade proposed for a sent report."""
    return proposed(files=report.files, figures=len(report.figures.all()))


def least_needed(matter: Matter) -> EvidenceGrade:
    """The least grade for conclusion: the matter's own, else its office's."""
    return EvidenceGrade(matter.least_evidence or settings_of(matter.office_id).least_evidence)


def reached(matter: Matter) -> int:
    """The grade the matter stands on: of each share of the present round that owes reports the
    best accepted one, of those the weakest; 0 while a share has none. A whole carried out by its
    sub-matters stands on the weakest of the concluded ones."""
    own = of_this_round(matter)
    if not own.exists():
        parts = matter.sub_matters.filter(state=MatterState.CONCLUDED)
        return min((reached(part) for part in parts), default=0)
    shares = own.exclude(part=Part.JOINT)
    best = Review.objects.filter(
        report__assignment__in=shares, verdict=Verdict.ACCEPTED
    ).values_list("report__assignment_id")
    grades = dict(best.annotate(best=Max("evidence")))
    return min((grades.get(pk, 0) for pk in shares.values_list("pk", flat=True)), default=0)

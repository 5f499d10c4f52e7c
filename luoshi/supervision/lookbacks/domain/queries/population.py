"""The matters a round looks back on: concluded in its year, and not reopened since."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from django.db.models import Exists, OuterRef

from luoshi.foundation.core.time import at_clock
from luoshi.supervision.lookbacks.domain.drawing import Candidate
from luoshi.supervision.lookbacks.models import KeyMark
from luoshi.supervision.matters.models import Closure
from luoshi.supervision.rulebook.enums import Regime


def candidates_of(office_id: Any, year: int) -> Sequence[Candidate]:
    """Every matter the office concluded in the year, with what makes it certain: a key task or a
    key mark, and a promised date (S2-76); one query."""
    marks = KeyMark.objects.filter(matter=OuterRef("matter"), lifted_at=None)
    rows = Closure.objects.filter(
        matter__office_id=office_id,
        concluded_at__gte=at_clock(date(year, 1, 1), time(0)),
        concluded_at__lt=at_clock(date(year + 1, 1, 1), time(0)),
        reopening=None,
    ).annotate(marked=Exists(marks))
    return [
        Candidate(
            number=row.matter.number,
            key=row.marked or row.matter.regime == Regime.KEY_TASK,
            promised=row.promised_on is not None,
            row=row,
        )
        for row in rows.select_related("matter__lead_unit")
    ]

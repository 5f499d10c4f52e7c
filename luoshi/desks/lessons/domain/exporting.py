"""Hand a person the expressions that were not understood, without names. Nothing is sent anywhere:
the page shows exactly what the file will hold, and the file is a download."""

import csv
import io
import json
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from luoshi.desks.lessons import rules
from luoshi.desks.lessons.domain.masking import masked
from luoshi.desks.lessons.domain.queries.knowing import names_of
from luoshi.desks.lessons.enums import ExpressionState
from luoshi.desks.lessons.models import Expression, LearnedName
from luoshi.foundation.accounts.models import User
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.cells import guard
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid

FORMATS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
MOST = 2000


@dataclass(frozen=True)
class Line:
    """All that leaves of one expression: its masked words, how often it stood, what it was taught
    to mean."""

    expression: str
    count: int
    state: str
    meaning: str


def preview(office_id: UUID | None) -> list[tuple[UUID, Line]]:
    """Every line a file may hold, most frequent first; what was set aside is not offered."""
    rows = Expression.objects.filter(office_id=office_id).exclude(state=ExpressionState.IGNORED)
    rows = rows.annotate(count=Count("sightings")).order_by("-count", "text")[:MOST]
    units = [*names_of(office_id).codes]
    units += LearnedName.objects.filter(office_id=office_id).values_list("name", flat=True)
    persons = list(User.objects.values_list("full_name", flat=True))
    return [(row.pk, line_of(row, units, persons)) for row in rows]


def line_of(row: Any, units: list[str], persons: list[str]) -> Line:
    """One expression without names."""
    words, meaning = (masked(text, units=units, persons=persons) for text in (row.text, row.words))
    return Line(words, row.count, row.state, meaning)


def export(
    *, office_id: UUID | None, keys: Collection[UUID], form: str, actor: Actor, at: datetime
) -> bytes:
    """The chosen lines as a file; who took how many stands in the trail. Refused: none chosen, an
    unknown format."""
    ensure(rules.may_teach(actor, office_id))
    lines = [line for key, line in preview(office_id) if key in keys]
    if form not in FORMATS or not lines:
        raise Invalid(_("Not exported."), {"row": [_("Choose at least one expression.")]})
    with acting(actor=actor, at=at):
        record(
            "lessons.exported",
            actor=actor,
            at=at,
            object_kind="lessons.expression",
            object_id=office_id,
            after={"expressions": len(lines), "format": form},
        )
    return as_json(lines) if form == "json" else as_csv(lines)


def as_json(lines: list[Line]) -> bytes:
    """The lines as JSON."""
    return json.dumps([asdict(line) for line in lines], ensure_ascii=False, indent=1).encode()


def as_csv(lines: list[Line]) -> bytes:
    """The lines as CSV; no cell becomes a formula."""
    out = io.StringIO()
    sheet = csv.writer(out)
    sheet.writerow(("expression", "count", "state", "meaning"))
    sheet.writerows([guard(value) for value in asdict(line).values()] for line in lines)
    return ("\ufeff" + out.getvalue()).encode()

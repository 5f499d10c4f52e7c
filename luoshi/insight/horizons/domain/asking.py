"""What if: the whole portfolio of an office under another reading, another calendar or a changed
rule. Nothing is saved; the engine is the one that computed the limits (B4)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.time import office_date
from luoshi.foundation.deadlines.domain.editions import Notice, checked
from luoshi.foundation.deadlines.domain.queries.current import (
    all_editions,
    calendar_as_of,
    calendar_with,
    current_calendar,
)
from luoshi.foundation.deadlines.engine.calendar import Calendar
from luoshi.foundation.deadlines.engine.compute import Due
from luoshi.supervision.matters.domain.duty.recomputing import (
    Computed,
    Move,
    computed_limits,
    moves,
    rule_moves,
    under_calendar,
    under_other_reading,
)
from luoshi.supervision.matters.models import ReportDuty
from luoshi.supervision.rulebook.domain.proposing import Change, said
from luoshi.supervision.rulebook.domain.queries.versions import current_version, rule_named
from luoshi.supervision.rulebook.models import ReportingRuleVersion

KINDS = ("reading", "calendar", "rule")
NO_NOTICE = "none"
TYPED = "typed"
AT_ONCE = 2_000


@dataclass(frozen=True)
class Question:
    """`reading`: working days instead of calendar days and the other way round; `calendar`: the
    edition named ("2026-1", "none", or a notice as typed); `rule`: a rule with another limit."""

    kind: str = ""
    calendar: str = ""
    notice: dict[str, str] = field(default_factory=dict)
    rule: str = ""
    limit: str = ""
    grace: str = ""
    roll: bool = True

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Question":
        """Read the URL; an unknown kind asks nothing."""
        kind = given.get("kind", "")
        names = Notice.__dataclass_fields__
        return cls(
            kind=kind if kind in KINDS else "",
            calendar=given.get("calendar", "")[:12],
            notice={name: given.get(name, "")[:2000] for name in names},
            rule=given.get("rule", "")[:12],
            limit=given.get("limit", "")[:120],
            grace=given.get("grace", "")[:4],
            roll=bool(given.get("roll")) or not given.get("rule"),
        )

    def as_json(self) -> dict[str, Any]:
        """Plain values; `Question(**…)` reads them back."""
        return asdict(self)


def calendars() -> list[tuple[str, Any]]:
    """The calendars one may try."""
    editions = [
        (f"{e['year']}-{e['number']}", f"{e['year']}-{e['number']} {e['notice']}")
        for e in all_editions()
        if e["superseded"]
    ]
    return [
        (NO_NOTICE, _("no notice at all: weekends and holidays of fixed date")),
        (TYPED, _("a notice as typed below")),
        *editions,
    ]


def calendar_of(question: Question) -> Calendar:
    """The calendar a question names. Refused: one that does not exist, a notice that is none."""
    if question.calendar == NO_NOTICE:
        return Calendar(())
    if question.calendar == TYPED:
        return calendar_with(checked(Notice(**question.notice)))
    if question.calendar not in dict(calendars()):
        raise Invalid(_("Not computed."), {"calendar": [_("Choose one of the listed calendars.")]})
    year, number = question.calendar.split("-")
    return calendar_as_of({year: int(number)})


def version_asked(question: Question, office_id: UUID, at: datetime) -> ReportingRuleVersion:
    """The rule of an office as in force, with the limit of the question; unsaved."""
    rule = rule_named(question.rule)
    if rule is None:
        raise Invalid(_("Not computed."), {"rule": [_("Choose a rule of the catalogue.")]})
    today = office_date(at)
    found = current_version(rule, office_id, today)
    change = Change(
        reason="?",
        valid_from=today,
        limit=question.limit,
        roll=question.roll,
        grace_workdays=question.grace,
        silence_days=str(found.silence_days or ""),
        content=found.content,
        reports_to=found.reports_to,
        legal_basis=found.legal_basis,
    )
    errors: dict[str, list[object]] = {}
    values = said(change, errors)
    if errors:
        raise Invalid(_("Not computed."), errors)  # type: ignore[arg-type]
    for name in ("deadline", "anchor", "roll", "grace_workdays"):
        setattr(found, name, values[name])
    found.office_id, found.applies, found.valid_from = office_id, True, today
    return found


def answer(
    question: Question, office_id: UUID, at: datetime, seen: Callable[[], None] | None = None
) -> Iterator[Move]:
    """Every open limit of the office that would be otherwise, one after the other; `seen` is told
    of every limit looked at. Refused as `calendar_of` and `version_asked` refuse, at once."""
    if question.kind == "rule":
        version = version_asked(question, office_id, at)
        found = rule_moves(version, at, current_calendar())
        return (one for one in found if one.moves)
    if question.kind == "calendar":
        compute = under_calendar(calendar_of(question))
    elif question.kind == "reading":
        compute = under_other_reading(current_calendar())
    else:
        raise Invalid(_("Not computed."), {"kind": [_("Choose what should be otherwise.")]})
    return moves(computed_limits(at, office_id), told_of(compute, seen), at)


def told_of(compute: Computed, seen: Callable[[], None] | None) -> Computed:
    """The same computation, announcing each limit."""
    if seen is None:
        return compute

    def announced(row: ReportDuty) -> Due | None:
        seen()
        return compute(row)

    return announced


def size(office_id: UUID, at: datetime) -> int:
    """How many open limits would be computed again."""
    return computed_limits(at, office_id).count()

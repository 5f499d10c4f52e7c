"""Merge a matter's recurring requests into the quarterly report (B6, R-CUT-3): the alternative
shown before anything is asked.

Changes: one `AskedTogether`; shares assigned afterwards owe the quarterly report, which carries
what the merged requests asked for, and not the requests themselves. Refused: once units are under
the requests, where nothing recurs beside the quarterly report, without a reason, a second time.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.core.time import at_clock, office_date
from luoshi.foundation.deadlines.engine.rule import Dates, Recurring
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.domain.duty.asking import Asked, from_version, rules_of
from luoshi.supervision.matters.domain.queries.burden import times_a_year
from luoshi.supervision.matters.domain.transitions import locked
from luoshi.supervision.matters.models import AskedTogether, Assignment, Matter
from luoshi.supervision.rulebook.domain.queries.versions import current_version, rule_named
from luoshi.supervision.rulebook.enums import DutyKind
from luoshi.supervision.rulebook.models import ReportingRuleVersion

QUARTERLY = "TR-01"
AFTER_A_QUARTER = {1, 4, 7, 10}
SEPARATE = {DutyKind.FIRST, DutyKind.FINAL, DutyKind.OPINION, DutyKind.LOOK_BACK}


@dataclass(frozen=True)
class Alternative:
    """What could be asked within the quarterly report: the requests, the report that takes them,
    reports a year a unit then owes less."""

    merged: tuple[Asked, ...]
    into: Asked
    version: ReportingRuleVersion | None
    saved: int

    @property
    def titles(self) -> str:
        """The merged requests by name, in Chinese as the duties print them."""
        return "、".join(one.title_zh for one in self.merged)[:300]

    @property
    def content(self) -> dict[str, list[int]]:
        """Part → months of the limits it belongs to; none = every quarter."""
        found: dict[str, list[int]] = {}
        for one in self.merged:
            months = months_of(one)
            for part in one.content:
                known = found.get(part, months)
                found[part] = sorted({*known, *months}) if known and months else []
        return found


def months_of(asked: Asked) -> list[int]:
    """The months a request on dates falls due in; none for one that recurs all the year."""
    if not isinstance(asked.rule, Dates):
        return []
    return sorted({int(getattr(point, "month", 0)) for point in asked.rule.points})


def quarterly(asked: Asked) -> bool:
    """Whether a rule is a quarterly report."""
    return isinstance(asked.rule, Recurring) and times_a_year(asked) == 4


def recurs(asked: Asked) -> bool:
    """Whether a request may be answered in the quarterly report: it recurs, or falls due in the
    month after a quarter's end."""
    if asked.kind in SEPARATE:
        return False
    if isinstance(asked.rule, Dates):
        return set(months_of(asked)) <= AFTER_A_QUARTER
    return isinstance(asked.rule, Recurring)


def alternative(matter: Matter, on: date) -> Alternative | None:
    """The alternative to what the matter asks for; None where it would save nothing."""
    if getattr(matter, "asked_together", None) is not None:
        return None
    asked = rules_of(Assignment(matter=matter, assigned_at=at_clock(on, time(9))))
    into = next((one for one in asked if quarterly(one)), None)
    merged = tuple(one for one in asked if one is not into and recurs(one))
    version = None
    if into is None and merged:
        rule = rule_named(QUARTERLY)
        version = current_version(rule, matter.office_id, on) if rule else None
        into = from_version(matter, version) if version and version.applies else None
    if into is None or not merged:
        return None
    saved = sum(times_a_year(one) for one in merged) - (times_a_year(into) if version else 0)
    return Alternative(merged, into, version, saved) if saved > 0 else None


def ask_within_quarterly(
    *, matter: Matter, reason: str, actor: Actor, at: datetime
) -> AskedTogether:
    """Ask within the quarterly report from now on."""
    ensure(rules.may_combine(actor, matter))
    if not 0 < len(reason.strip()) <= 300 or "\x00" in reason:
        raise Invalid(
            _("Not put into the quarterly report."),
            {"reason": [_("Say why, in at most 300 characters.")]},
        )
    with acting(actor=actor, at=at):
        matter = locked(Matter.objects, matter.pk)
        ensure(rules.may_combine(actor, matter))
        found = alternative(matter, office_date(at))
        if found is None:
            raise nothing_to_merge()
        row = AskedTogether.objects.create(
            matter=matter,
            codes=[one.code for one in found.merged],
            titles=found.titles,
            content=found.content,
            into_code=found.into.code,
            version=found.version,
            basis=found.merged[0].basis if found.version else "",
            saved=found.saved,
            reason=reason.strip(),
            decided_by_name=actor.person_name,
            decided_at=at,
        )
        after = {"rule": row.into_code, "titles": row.titles, "reason": row.reason}
        record("matters.combined", actor=actor, at=at, obj=matter, after=after)
    return row


def nothing_to_merge() -> Refused:
    """There is nothing that recurs beside the quarterly report, or it was merged already."""
    return Refused(
        _("Not merged: nothing is asked separately."),
        _("Only reports that recur can be answered in the quarterly report."),
        next_steps=(_("Assign it as it is."),),
        source="R-CUT-3",
        code="nothing-to-merge",
    )

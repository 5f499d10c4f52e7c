"""Put limits computed again into force, in one act: all or none (R-CAL-3, B3; features row 14).

Changes: the duties, a `RedatedDuty` row with both traces per duty, the clocks of their shares, one
notice per unit, one entry per matter. Refused: a list that is not the one that was shown.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Refused
from luoshi.foundation.core.time import last_day, office_date
from luoshi.foundation.deadlines.engine.calendar import Calendar
from luoshi.foundation.deadlines.engine.stops import without_stops
from luoshi.foundation.notifications.domain.sending import Message, send
from luoshi.foundation.organizations.domain.queries.holders import people_in
from luoshi.foundation.organizations.enums import HANDLING_ROLES
from luoshi.supervision.matters.domain.duty.asking import contents
from luoshi.supervision.matters.domain.duty.recomputing import Move, Totals, totals
from luoshi.supervision.matters.domain.duty.scheduling import anchors_of, put_date
from luoshi.supervision.matters.domain.share.summarising import refresh
from luoshi.supervision.matters.domain.transitions import DUTY_MOVES, hold, move
from luoshi.supervision.matters.enums import Cause, Change, DutyState
from luoshi.supervision.matters.models import Assignment, Matter, RedatedDuty, Redating, ReportDuty
from luoshi.supervision.rulebook.models import ReportingRuleVersion

WORDS = {
    Change.EARLIER: "提前",
    Change.LATER: "推后",
    Change.DATED: "定期",
    Change.UNDATED: "不再定期",
    Change.DROPPED: "不再要求",
    Change.ADDED: "新增",
}


@dataclass(frozen=True)
class Reason:
    """Why limits move: cause, words for notices and rows, and what is in force then."""

    cause: Cause
    title: str
    calendar: Calendar
    office_id: UUID | None = None
    version: ReportingRuleVersion | None = None


def digest_of(found: Iterable[Move]) -> str:
    """A fingerprint of a preview: what was shown is what is applied, or nothing is."""
    lines = sorted(
        f"{one.duty.assignment_id}|{one.duty.rule_code}|{one.duty.period}|{one.change}|"
        f"{one.before}|{one.after}"
        for one in found
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]


def apply_moves(
    *,
    reason: Reason,
    again: Callable[[], Iterable[Move]],
    digest: str,
    actor: Actor,
    at: datetime,
) -> Redating:
    """Compute once more under the locks of the shares and put everything into force. Called by
    the verbs that changed the calendar or the rule, inside their act; they checked the right."""
    with acting(actor=actor, at=at):
        lock({one.duty.assignment_id for one in again()})
        found = list(again())
        if digest_of(found) != digest:
            raise changed_meanwhile()
        counted = totals(found)
        act = Redating.objects.create(
            cause=reason.cause,
            title=reason.title[:120],
            office_id=reason.office_id,
            version=reason.version,
            decided_by_name=actor.person_name,
            decided_at=at,
            totals=asdict(counted) | {"moved": counted.moved},
        )
        RedatedDuty.objects.bulk_create([put(one, act, reason) for one in found])
        settle_shares(act, found, actor=actor, at=at)
        Assignment.objects.exclude(extends_on=None).update(extends_on=None)
    return act


def changed_meanwhile() -> Refused:
    """Between the preview and the act somebody sent a report, or something was assigned."""
    return Refused(
        _("Not applied: the list changed meanwhile."),
        _("Other limits would move than those that were shown."),
        next_steps=(_("Look at the new list, then apply it."),),
        source="R-CAL-3",
        code="preview-stale",
    )


def lock(shares: set[UUID]) -> None:
    """Lock the shares after their matters, each in one order, so that two acts never wait for each
    other."""
    own, parts = Q(assignments__in=shares), Q(sub_matters__assignments__in=shares)
    hold(Matter.objects.filter(pk__in=Matter.objects.filter(own | parts).values("pk")))
    rows = Assignment.objects.select_for_update(of=("self",)).filter(pk__in=shares)
    list(rows.order_by("unit_id", "pk").values_list("pk", flat=True))


def put(one: Move, act: Redating, reason: Reason) -> RedatedDuty:
    """Write one move into its duty; returns the unsaved row that keeps both sides."""
    row = one.duty
    kept = RedatedDuty(
        act=act,
        change=one.change,
        overdue=one.overdue,
        before_at=one.before,
        after_at=one.after,
        before_trace=None if one.change == Change.ADDED else row.trace,
        before_version=None if one.change == Change.ADDED else row.rule_version,
    )
    version = reason.version or row.rule_version
    if reason.version is not None:
        say_as(row, reason.version)
    if one.change == Change.DROPPED:
        move(row, DutyState.WITHDRAWN, DUTY_MOVES)
    elif one.change == Change.UNDATED:
        row.due_at = row.original_due_at = row.warn_at = row.trigger_at = row.trace = None
        row.hourly = row.provisional = False
    elif one.due is not None:
        warning = version.warning_workdays if version else 3
        known = anchors_of(row.assignment)
        put_date(row, one.due, known, reason.calendar, warning=warning)
        row.original_due_at = without_stops(one.due.trace, reason.calendar).at
    row.save()
    kept.duty, kept.after_trace, kept.after_version = row, row.trace, row.rule_version
    return kept


def say_as(row: ReportDuty, version: ReportingRuleVersion) -> None:
    """The duty asks what the version says."""
    row.rule_version = version
    if not version.applies:
        return
    on = last_day(row.due_at) if row.due_at else None
    row.content = contents(row.assignment.matter, row.rule_code, version.content, on)
    row.reports_to = version.reports_to
    row.legal_basis, row.kind = version.legal_basis, version.kind
    row.deadline, row.anchor = version.deadline, version.anchor


def settle_shares(act: Redating, found: list[Move], *, actor: Actor, at: datetime) -> None:
    """Clocks, notices, entries of everything that moved."""
    by_share: dict[UUID, list[Move]] = {}
    for one in found:
        if one.moves:
            by_share.setdefault(one.duty.assignment_id, []).append(one)
    units: dict[UUID, Totals] = {}
    for moved in by_share.values():
        share = moved[0].duty.assignment
        refresh(share, at=at)
        mine = units.setdefault(share.unit_id, Totals())
        for one in moved:
            mine.take(one)
        after = {name(one): text(one.after) for one in moved} | {"reason": act.title}
        record(
            "matters.limit_set" if act.cause == Cause.OFFICE else "matters.redated",
            actor=actor,
            at=at,
            obj=share.matter,
            before={name(one): text(one.before) for one in moved},
            after=after | (shown(share, moved[0]) if act.cause == Cause.OFFICE else {}),
        )
    for unit_id, counted in units.items():
        tell(act, unit_id, counted, at)


def shown(share: Assignment, one: Move) -> dict[str, str]:
    """What the matter's history shows of a limit that was set: whose, which, until when."""
    day = last_day(one.after).isoformat() if one.after else "—"
    return {"unit": str(share.unit), "text": f"{one.duty.title_zh} → {day}"}


def name(one: Move) -> str:
    """A duty in an entry."""
    return f"{one.duty.rule_code} {one.duty.period}"


def text(at: datetime | None) -> str:
    """A limit in an entry."""
    return at.isoformat() if at else "—"


def tell(act: Redating, unit_id: UUID, counted: Totals, at: datetime) -> None:
    """One notice to the unit's people, whatever the number of limits."""
    parts: dict[str, Any] = {change.value: getattr(counted, change.value) for change in WORDS}
    zh = "、".join(f"{WORDS[Change(key)]}{n}项" for key, n in parts.items() if n)
    en = ", ".join(f"{n} {key}" for key, n in parts.items() if n)
    message = Message(
        kind="redated",
        title_zh=f"报告时限调整（{zh}）：{act.title}",
        title_en=f"Limits changed ({en}): {act.title}",
        url=f"/redatings/{act.pk}/",
        key=f"redated|{act.pk}|{unit_id}",
    )
    people = people_in(unit_id, HANDLING_ROLES, office_date(at))
    send(message, to=people, unit_id=unit_id, at=at)

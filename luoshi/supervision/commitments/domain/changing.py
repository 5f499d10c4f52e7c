"""Change what holds from a day on: the rhythm, whose turn it is, what counts as kept.

Changes: a new version; open occurrences of that day or later move to the limits of the new rule
where their period has one, and fall away where it has none; the rest stay what they are. `moves`
shows beforehand exactly what `change` does. Refused: by others, after the end, before today,
without a reason, nothing changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import fitted
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.time import office_date
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.supervision.commitments import rules
from luoshi.supervision.commitments.domain.drawing import draw, fill
from luoshi.supervision.commitments.domain.locking import locked
from luoshi.supervision.commitments.domain.occurring import Coming, coming, period_days
from luoshi.supervision.commitments.domain.undertaking import (
    Checked,
    Plan,
    add_version,
    checked,
    kept_who,
    words_of,
)
from luoshi.supervision.commitments.enums import OccurrenceState
from luoshi.supervision.commitments.models import Commitment, CommitmentVersion, Occurrence

NOT_CHANGED = _("Not changed: something is missing.")
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Move:
    """An open occurrence and where the new rule puts it; None = it falls away."""

    row: Occurrence
    to: Coming | None

    @property
    def moves(self) -> bool:
        """Whether its limit is another one."""
        return self.to is None or self.to.due.at != self.row.due_at


def planned(commitment: Commitment, plan: Plan, at: datetime) -> Checked:
    """The plan of a change as terms; refused with everything that is wrong at once."""
    found = checked(replace(plan, title=commitment.title), commitment.office_id, at, NOT_CHANGED)
    ends_on = commitment.ends_on
    if ends_on is not None and found.terms.starts_on > ends_on:
        why = _("The commitment has ended by then.")
        raise Invalid(NOT_CHANGED, {"starts_on": [why]})
    found.terms = replace(found.terms, ends_on=ends_on)
    return found


def moves(commitment: Commitment, known: Checked) -> list[Move]:
    """What the change does to the open occurrences of its first day and later, by their limits."""
    first = known.terms.starts_on
    rows = commitment.occurrences.filter(state=OccurrenceState.OPEN, raw_on__gte=first)
    open_rows = list(rows.select_related("version").order_by("due_at"))
    last = max((row.raw_on for row in open_rows), default=first)
    until = last + timedelta(days=period_days(known.terms.rule))
    found = coming(known.terms, until=until, calendar=current_calendar())
    by_key = {one.key: one for one in found}
    return [Move(row, by_key.get(row.key)) for row in open_rows]


def change(
    *, commitment: Commitment, plan: Plan, reason: str, actor: Actor, at: datetime
) -> CommitmentVersion:
    """A new version from the plan's first day on."""
    ensure(rules.may_change(actor, commitment, at))
    words = fitted(
        CommitmentVersion,
        "reason",
        reason,
        what=NOT_CHANGED,
        missing=_("Say why it changes."),
    )
    with acting(actor=actor, at=at):
        row = locked(commitment)
        ensure(rules.may_change(actor, row, at))
        known = planned(row, plan, at)
        first = known.terms.starts_on
        before = version_on(row, first)
        if same(before, known, plan.evidence):
            raise Invalid(NOT_CHANGED, {"words": [_("Nothing is different from what holds now.")]})
        found = moves(row, known)
        closed = end_earlier(row, first)
        number = closed + 1
        made = add_version(
            row, number, known, evidence=plan.evidence, reason=words, by=actor.person_name, at=at
        )
        put(found, made)
        draw(row, at)
        told = {"rule": words_of(known.terms.rule), "who": kept_who(made), "reason": words}
        record("commitments.changed", actor=actor, at=at, obj=row, after=told | counted(found))
    return made


def holding(versions: Sequence[CommitmentVersion], on: date) -> CommitmentVersion:
    """What holds on a day, of all versions in the order of their numbers; before the first one,
    what will; after the last, what was said last."""
    for one in reversed(versions):
        if one.starts_on <= on and (one.ends_on is None or one.ends_on >= on):
            return one
    ahead = [one for one in versions if one.starts_on > on and one.ever_holds]
    return min(ahead, key=lambda one: one.starts_on) if ahead else versions[-1]


def version_on(commitment: Commitment, on: date) -> CommitmentVersion:
    """What holds of a commitment on a day."""
    return holding(list(commitment.versions.order_by("number")), on)


def same(before: CommitmentVersion, known: Checked, evidence: bool) -> bool:
    """Whether nothing would be different."""
    terms = known.terms
    return (
        before.rule == terms.rule.to_json()
        and before.basis == terms.basis
        and before.warning_workdays == terms.warning_workdays
        and before.role == known.role
        and before.person_id == (known.person.pk if known.person else None)
        and before.evidence == evidence
    )


def end_earlier(commitment: Commitment, first: date) -> int:
    """Versions before end the day before; those that would have begun later never hold, and their
    row stays with an end before its beginning. Returns the last number given."""
    last = 0
    for version in commitment.versions.order_by("number"):
        last = version.number
        if version.ends_on is None or version.ends_on >= first:
            version.ends_on = first - DAY
            version.save(update_fields=("ends_on",))
    return last


def put(found: Sequence[Move], version: CommitmentVersion) -> None:
    """Move what moves; what has no place any more falls away."""
    for one in found:
        row, to = one.row, one.to
        if to is None:
            row.state = OccurrenceState.DROPPED
            row.on_clock, row.attention_at, row.overdue_at = False, None, None
        else:
            row.version = version
            if one.moves:
                row.moved_from_at, row.told = row.due_at, ""
            fill(row, to)
        row.save()


def counted(found: Sequence[Move]) -> dict[str, int]:
    """How many moved and how many fell away, for the trail."""
    return {
        "moved": sum(one.moves and one.to is not None for one in found),
        "dropped": sum(one.to is None for one in found),
    }


def current_version(commitment: Commitment, at: datetime) -> CommitmentVersion:
    """What holds now."""
    return version_on(commitment, office_date(at))

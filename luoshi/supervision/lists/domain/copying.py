"""Copy last year's list with its differences shown first (innovation on routine, S2-95).

`differences` is a pure reading; `copy_list` creates. Refused: a list of the same or an earlier
year, a dropped point without its reason (nothing is left out silently, S2-93), a reason of more
than 200 or a text of more than 600 characters.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.supervision.lists import rules
from luoshi.supervision.lists.domain.drafting import Head, add_points, start_list
from luoshi.supervision.lists.domain.pasting import Typed
from luoshi.supervision.lists.enums import Change
from luoshi.supervision.lists.models import DroppedPoint, ListPoint, SupervisionPointsList


@dataclass(frozen=True)
class Choice:
    """What the officer decided about one point of last year."""

    keep: bool = True
    text: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Difference:
    """One line of the comparison: last year's point, this year's, and how they differ."""

    change: Change
    before: ListPoint | None
    after: Typed | None
    reason: str = ""


def typed_of(point: ListPoint, text: str = "") -> Typed:
    """Last year's point as a new one; its limit is not taken over: its date has passed."""
    joint = tuple(point.joint_units.all())
    return Typed(text.strip() or point.text, point.lead_unit, joint)


def differences(
    last: SupervisionPointsList, choices: Mapping[UUID, Choice], added: Sequence[Typed]
) -> list[Difference]:
    """Kept, changed, dropped and new points, in the order of the new list, dropped last."""
    kept, dropped = [], []
    points = last.points.select_related("lead_unit").prefetch_related("joint_units")
    for point in points.order_by("number"):
        choice = choices.get(point.pk, Choice())
        if not choice.keep:
            dropped.append(Difference(Change.DROPPED, point, None, choice.reason.strip()))
            continue
        after = typed_of(point, choice.text)
        same = after.text == point.text
        kept.append(Difference(Change.KEPT if same else Change.CHANGED, point, after))
    new = [Difference(Change.NEW, None, typed) for typed in added]
    return [*kept, *new, *dropped]


def counted(found: Sequence[Difference]) -> dict[str, int]:
    """How many lines of each kind."""
    return {change.value: sum(one.change == change for one in found) for change in Change}


def copy_list(
    *,
    last: SupervisionPointsList,
    head: Head,
    choices: Mapping[UUID, Choice],
    added: Sequence[Typed],
    actor: Actor,
    at: datetime,
) -> SupervisionPointsList:
    """Draft a new list from an earlier one; every dropped point keeps its reason."""
    ensure(rules.may_start(actor))
    found = differences(last, choices, added)
    refuse_unclear(last, head, found)
    with acting(actor=actor, at=at):
        made = start_list(head=head, actor=actor, at=at, copied_from=last)
        staying = [(one.after, one.before) for one in found if one.after is not None]
        add_points(
            points_list=made,
            points=[typed for typed, _before in staying],
            carried=[before for _typed, before in staying],
            actor=actor,
            at=at,
        )
        DroppedPoint.objects.bulk_create(
            DroppedPoint(
                points_list=made,
                point=one.before,
                reason=one.reason,
                dropped_by_name=actor.person_name,
                dropped_at=at,
            )
            for one in found
            if one.change == Change.DROPPED
        )
        after = {"from": str(last), **counted(found)}
        record("lists.copied", actor=actor, at=at, obj=made, after=after)
        made.refresh_from_db()
    return made


def refuse_unclear(last: SupervisionPointsList, head: Head, found: Sequence[Difference]) -> None:
    """Refuse a copy into the same year, dropped points without reason, words that do not fit."""
    errors: dict[str, list[object]] = {}
    if head.year <= last.year:
        errors["year"] = [_("A list is copied into a later year.")]
    silent = [
        one.before.number
        for one in found
        if one.change == Change.DROPPED and one.before is not None and not one.reason
    ]
    if silent:
        numbers = "、".join(str(number) for number in silent)
        errors["reason"] = [
            _("Say why these points are dropped: %(numbers)s.") % {"numbers": numbers}
        ]
    for one in found:
        if one.after is not None:
            words = too_long(ListPoint, {"text": one.after.text})
        else:
            words = too_long(DroppedPoint, {"reason": one.reason})
        for field, told in words.items():
            number = one.before.number if one.before is not None else ""
            told_of = [
                _("Point %(number)s: %(words)s") % {"number": number, "words": w} for w in told
            ]
            errors.setdefault(field, []).extend(told_of)
    if errors:
        raise Invalid(_("Nothing was created."), errors)  # type: ignore[arg-type]

"""A unit goes into another: what it taught the reading goes on at its successor.

Changes: names, expressions with their places, decided sentences, corrected limits and kept weights
of the unit become the successor's, each saying where it was learned (`inherited_from`). Where the
successor decided about the same name or expression itself, its decision stands and the unit's stays
with the unit; where it had not, the unit's decision counts. Weights come into use only where the
successor has none of its own; the others may be chosen. A training under way ends unfinished. Names
linked to the unit, in any office, point at the successor.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Max

from luoshi.desks.lessons.domain.retraining import as_shipped
from luoshi.desks.lessons.enums import UNFINISHED, ExpressionState, NameState, VersionState
from luoshi.desks.lessons.models import (
    Expression,
    GateVersion,
    GrammarCase,
    LearnedName,
    Sighting,
    TrainingRow,
)
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.organizations.models import Unit

BY = ("decided_by_name", "decided_at")


def inherit(*, unit: Unit, into: Unit, actor: Actor, at: datetime) -> None:
    """Hand everything over; one entry says how much, nothing is written where there is nothing."""
    with acting(actor=actor, at=at):
        LearnedName.objects.filter(suggested=unit).update(suggested=into)
        after = {"linked": LearnedName.objects.filter(unit=unit).update(unit=into)}
        after |= names(unit, into, at) | expressions(unit, into, at)
        for key, rows in (("sentences", TrainingRow), ("limits", GrammarCase)):
            after[key] = moved(rows.objects.filter(office=unit), unit, into, at)
        after["versions"] = weights(unit, into, at)
        if any(after.values()):
            record(
                "lessons.inherited",
                actor=actor,
                at=at,
                obj=unit,
                after={name: count for name, count in after.items() if count} | {"into": str(into)},
            )


def moved(rows: Any, unit: Unit, into: Unit, at: datetime) -> int:
    """Let rows of the unit be the successor's; those the unit had inherited itself keep saying
    where they were learned."""
    keys = list(rows.values_list("pk", flat=True))
    own = rows.model.objects.filter(pk__in=keys)
    own.filter(inherited_from=None).update(inherited_from=unit, inherited_at=at)
    count: int = own.update(office=into)
    return count


def names(unit: Unit, into: Unit, at: datetime) -> dict[str, int]:
    """The names the successor does not know; its undecided ones take the unit's decision over."""
    theirs = {row.name: row for row in LearnedName.objects.filter(office=into)}
    rows = LearnedName.objects.filter(office=unit)
    taken = 0
    for row in rows.filter(name__in=theirs).exclude(state=NameState.OFFERED):
        other = theirs[row.name]
        if other.state == NameState.OFFERED:
            taken += take_over(other, row, ("state", "unit_id", *BY), unit, at)
    kept = rows.filter(name__in=theirs).count()
    return {
        "names": moved(rows.exclude(name__in=theirs), unit, into, at),
        "names_decided": taken,
        "names_left": kept - taken,
    }


def expressions(unit: Unit, into: Unit, at: datetime) -> dict[str, int]:
    """The expressions the successor has not met, with their places, and decisions it lacks."""
    theirs = {row.text: row for row in Expression.objects.filter(office=into)}
    rows = Expression.objects.filter(office=unit)
    taken = 0
    for row in rows.filter(text__in=theirs).exclude(state=ExpressionState.OPEN):
        other = theirs[row.text]
        if other.state == ExpressionState.OPEN:
            taken += take_over(other, row, ("state", "words", "rules", *BY), unit, at)
    kept = rows.filter(text__in=theirs).count()
    new = rows.exclude(text__in=theirs)
    places = Sighting.objects.filter(expression__in=new, inherited_from=None)
    places.update(inherited_from=unit, inherited_at=at)
    return {
        "expressions": moved(new, unit, into, at),
        "expressions_decided": taken,
        "expressions_left": kept - taken,
    }


def take_over(other: Any, row: Any, columns: Iterable[str], unit: Unit, at: datetime) -> int:
    """Let an undecided row of the successor say what the unit had decided."""
    for name in columns:
        setattr(other, name, getattr(row, name))
    other.inherited_from, other.inherited_at = row.inherited_from or unit, at
    other.save()
    return 1


def weights(unit: Unit, into: Unit, at: datetime) -> int:
    """The kept weights under the successor's next numbers; the ones in use go on being used where
    the successor keeps none of its own."""
    mine = GateVersion.objects.filter(office=unit)
    mine.filter(state__in=UNFINISHED).update(state=VersionState.FAILED, finished_at=at)
    kept = list(mine.filter(state=VersionState.KEPT, number__gt=0).order_by("number"))
    if not kept:
        return 0
    as_shipped(into.pk, at)
    theirs = GateVersion.objects.filter(office=into)
    alone = not theirs.filter(state=VersionState.KEPT, number__gt=0).exists()
    used = next((row.pk for row in kept if row.active), None) if alone else None
    last = theirs.aggregate(last=Max("number"))["last"]
    mine.filter(active=True).update(active=False)
    if used:
        theirs.filter(active=True).update(active=False)
    for place, row in enumerate(kept, start=1):
        row.number, row.office_id, row.active = last + place, into.pk, row.pk == used
        row.inherited_at = row.inherited_at or at
        row.inherited_from = row.inherited_from or unit
        row.save()
    return len(kept)

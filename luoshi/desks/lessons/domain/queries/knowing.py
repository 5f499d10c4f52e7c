"""What an office knows when it reads a document: unit names, its weights, taught expressions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from luoshi.desks.lessons.enums import ExpressionState, NameState
from luoshi.desks.lessons.models import Expression, GateVersion, LearnedName
from luoshi.foundation.organizations.domain.queries.names import all_names, expand
from luoshi.foundation.organizations.models import CollectiveName, Unit
from luoshi.foundation.reading.drafting import read
from luoshi.foundation.reading.drafts import Draft, Reading, Unread
from luoshi.foundation.reading.gate.weights import BadWeights, Weights
from luoshi.foundation.reading.names import UnitNames
from luoshi.foundation.reading.times.merging import Found

TAUGHT = ("按本机关设定的含义确定时限", "a limit by the meaning this office taught")


@dataclass(frozen=True)
class Known:
    """Handed to one reading; `weights` None = as shipped, `meanings` expression → rules."""

    units: UnitNames
    weights: Weights | None = None
    meanings: Mapping[str, Sequence[dict[str, Any]]] = field(default_factory=dict)

    def read(self, text: str, tables: Sequence[Sequence[Sequence[str]]] = ()) -> Reading:
        """Read a document with everything the office has taught."""
        found = read(text, units=self.units, tables=tables, weights=self.weights)
        return taught(found, self.meanings)


def known_to(office_id: UUID | None) -> Known:
    """What this office's next reading knows."""
    meanings = Expression.objects.filter(office_id=office_id, state=ExpressionState.TAUGHT)
    return Known(
        units=names_of(office_id),
        weights=weights_of(office_id),
        meanings=dict(meanings.values_list("text", "rules")),
    )


def names_of(office_id: UUID | None) -> UnitNames:
    """Every name of the tree and of its groups, and below them the names this office linked: a
    linked name never overrides a real one."""
    rows = LearnedName.objects.filter(
        office_id=office_id, state=NameState.LINKED, unit__is_active=True
    )
    codes = dict(rows.values_list("name", "unit__code"))
    codes |= dict.fromkeys(CollectiveName.objects.values_list("name", flat=True), "")
    return UnitNames(codes | dict(UnitNames.of(all_names()).codes))


def weights_of(office_id: UUID | None) -> Weights | None:
    """The weights in use; None = as shipped. Weights that cannot be read are not used."""
    row = GateVersion.objects.filter(office_id=office_id, active=True).first()
    if row is None or row.weights is None:
        return None
    try:
        return Weights.from_json(row.weights)
    except BadWeights:
        return None


def units_named(office_id: UUID | None, name: str) -> list[Unit]:
    """The units a name of a draft stands for: by the tree first, else as this office linked it."""
    found = expand(name)
    if found:
        return found
    row = LearnedName.objects.filter(
        office_id=office_id, name=name, state=NameState.LINKED, unit__is_active=True
    )
    return [one.unit for one in row.select_related("unit") if one.unit is not None]


def names_to_link(office_id: UUID | None, names: Iterable[str]) -> list[str]:
    """Those of the names that wait for somebody to say which unit they mean."""
    rows = LearnedName.objects.filter(office_id=office_id, state=NameState.OFFERED)
    return list(rows.filter(name__in=set(names)).order_by("name").values_list("name", flat=True))


def taught(found: Reading, meanings: Mapping[str, Sequence[dict[str, Any]]]) -> Reading:
    """The reading with taught expressions in place: exactly those words, nothing alike; the rest
    stays not understood."""
    known = [one for one in found.unread if one.text in meanings]
    if not known:
        return found
    drafts = tuple(with_meanings(draft, known, meanings) for draft in found.drafts)
    rest = tuple(one for one in found.unread if one.text not in meanings)
    return replace(found, drafts=drafts, unread=rest)


def with_meanings(
    draft: Draft, known: Iterable[Unread], meanings: Mapping[str, Sequence[dict[str, Any]]]
) -> Draft:
    """A draft with the limits of the taught expressions inside it."""
    more = [
        Found(one.start, one.end, rule)
        for one in known
        if draft.start <= one.start and one.end <= draft.end
        for rule in meanings[one.text]
    ]
    if not more:
        return draft
    times = tuple(sorted((*draft.times, *more), key=lambda one: one.start))
    return replace(draft, times=times, why=(*draft.why, TAUGHT))

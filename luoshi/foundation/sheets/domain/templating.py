"""Set the columns of an office's export: which, in which order, under which names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Text
from luoshi.foundation.sheets import rules
from luoshi.foundation.sheets.models import ColumnTemplate
from luoshi.foundation.sheets.registry import Column, Listing

LONGEST = 40


@dataclass(frozen=True)
class Named:
    """A column under the name it is written out with."""

    column: Column
    name: str


def columns_of(listing: Listing, office_id: UUID | None) -> list[Named]:
    """The office's own columns of a list, else the usual ones under their usual names."""
    row = ColumnTemplate.objects.filter(office_id=office_id, listing=listing.key).first()
    if row is None:
        return [Named(one, str(one.label)) for one in listing.columns if one.usual]
    found = [(listing.column(key), name) for key, name in row.columns]
    return [Named(one, name or str(one.label)) for one, name in found if one is not None]


def set_columns(
    *, listing: Listing, columns: Sequence[tuple[str, str]], actor: Actor, at: datetime
) -> None:
    """Keep the columns (key, own name or "") in their order; none = back to the usual ones.
    Refused: an unknown column, one twice, two of one name, a name over 40 characters."""
    ensure(rules.may_set_columns(actor))
    errors: list[Text] = []
    keys = [key for key, _name in columns]
    if len(set(keys)) != len(keys) or any(listing.column(key) is None for key in keys):
        errors.append(_("Choose each of the listed columns at most once."))
    found = [(listing.column(key), name.strip()) for key, name in columns]
    names = [name or str(one.label) for one, name in found if one is not None]
    if len(set(names)) != len(names):
        errors.append(_("Two columns have the same name."))
    if any(len(name) > LONGEST for name in names):
        errors.append(_("A name has at most 40 characters."))
    if errors:
        raise Invalid(_("Not set."), {"columns": errors})
    with acting(actor=actor, at=at):
        rows = ColumnTemplate.objects.filter(office_id=actor.unit_id, listing=listing.key)
        before = [list(row.columns) for row in rows]
        rows.delete()
        if columns:
            ColumnTemplate.objects.create(
                office_id=actor.unit_id,
                listing=listing.key,
                columns=[[key, name.strip()] for key, name in columns],
                set_by_name=actor.person_name,
                set_at=at,
            )
        record(
            "sheets.columns_set",
            actor=actor,
            at=at,
            object_kind="sheets.listing",
            object_id=listing.key,
            object_label=str(listing.label),
            before={"columns": before},
            after={"columns": [list(pair) for pair in columns]},
        )

"""Found a publication: a journal, a series of historical materials, a book (features row 92).

Changes: a publication of the office. Refused: by others, without a title, one of the same title,
a last number that is none, a rhythm that its kind does not have.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from luoshi.desks.publications import rules
from luoshi.desks.publications.domain.checking import unlisted, wrong_texts
from luoshi.desks.publications.enums import PERIODS, Kind, Layout, Periodicity
from luoshi.desks.publications.models import IssueSeries, Publication
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.time import office_date
from luoshi.foundation.organizations.models import Unit

NOT_FOUNDED = _("Not founded: something is missing.")


@dataclass(frozen=True)
class Founding:
    """What is founded, as typed. `last_number`: the last one given before it is kept here (of this
    year, where numbers begin anew each year); empty = none."""

    title: str
    kind: str
    periodicity: str
    layout: str = Layout.SINGLE
    last_number: str = ""


def found(founding: Founding, *, actor: Actor, at: datetime) -> Publication:
    """It appears from now on."""
    ensure(rules.may_keep(actor))
    title = founding.title.strip().strip("《》")
    errors = wrong_texts(Publication, {"title": title}, {"title": _("Give it a title.")})
    for name, choices in (("kind", Kind), ("periodicity", Periodicity), ("layout", Layout)):
        errors |= unlisted(getattr(founding, name), choices.values, name)
    periods = PERIODS.get(Kind(founding.kind), ()) if founding.kind in Kind.values else None
    if not errors and periods and founding.periodicity not in periods:
        words = _now(", ").join(str(one.label) for one in periods)
        errors["periodicity"] = [_("One of these fits it: %(words)s.") % {"words": words}]
    last = founding.last_number.strip() or "0"
    if not (last.isascii() and last.isdigit() and len(last) < 5):
        errors["last_number"] = [_("Give a whole number.")]
    if errors:
        raise Invalid(NOT_FOUNDED, errors)
    with acting(actor=actor, at=at):
        office = Unit.objects.select_for_update(no_key=True).get(pk=actor.unit_id)
        if Publication.objects.filter(office=office, title=title).exists():
            raise Invalid(NOT_FOUNDED, {"title": [_("The office has one of this title already.")]})
        row = Publication.objects.create(
            office=office,
            title=title,
            kind=founding.kind,
            periodicity=founding.periodicity,
            layout=founding.layout,
            made_by_name=actor.person_name,
            made_at=at,
        )
        if int(last):
            year = office_date(at).year if row.by_year else 0
            IssueSeries.objects.create(publication=row, year=year, last=int(last))
        after = {"title": title, "kind": row.kind}
        record("publications.founded", actor=actor, at=at, obj=row, after=after)
    return row

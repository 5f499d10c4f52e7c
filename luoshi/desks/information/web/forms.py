"""Parse what the pages of urgent information send; every refusal names the field."""

from datetime import datetime
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from luoshi.desks.information.domain.urgent.reporting import Writing
from luoshi.desks.information.domain.urgent.taking_in import (
    Call,
    Facts,
    checked,
    refuse_unnamed,
)
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.web.moments import instant
from luoshi.foundation.core.web.typed import Fields, text
from luoshi.foundation.organizations.domain.queries.names import expand
from luoshi.foundation.organizations.models import Unit

FACTS = (
    *("title", "place", "source", "kind", "grade", "nature"),
    *("casualties", "losses", "trend", "measures", "leaders", "contact"),
)
CALLED = ("called_from", "called_by", "called_at")
TAKEN = (*FACTS, "happened_at", "aware_at", "daily", *CALLED)
WRITTEN = ("step", "text", "signer", "contact", "late_reason")


def facts_of(post: QueryDict, at: datetime) -> Facts:
    """The facts of a correction."""
    fields = Fields()
    facts = facts_in(post, at, fields)
    refuse_unread(fields, facts, None, at, None)
    return facts


def facts_in(post: QueryDict, at: datetime, fields: Fields) -> Facts:
    """The facts as far as they can be read."""
    words = {name: text(post, name) for name in FACTS if name in post}
    return Facts(
        **{"title": "", "place": "", "source": "", **words},
        happened_at=fields.read(instant, text(post, "happened_at"), "happened_at", at),
        aware_at=fields.read(instant, text(post, "aware_at"), "aware_at", at),
        daily=bool(post.get("daily")),
    )


def taken_of(post: QueryDict, at: datetime, office_id: UUID | None) -> tuple[Facts, Call | None]:
    """The facts of the intake and the call it came by; at three in the morning one answer names
    everything that is wrong."""
    fields = Fields()
    facts, call = facts_in(post, at, fields), fields.read(call_of, post, at)
    refuse_unread(fields, facts, call, at, office_id)
    return facts, call


def refuse_unread(
    fields: Fields, facts: Facts, call: Call | None, at: datetime, office_id: UUID | None
) -> None:
    """Refuse what could not be read, with what is wrong with the rest."""
    what = _("Not taken in: something is missing.")
    times = ("happened_at", "aware_at", "called_at")
    fields.refuse(what, lambda: checked(facts, call, at, office_id), but=times)


def call_of(post: QueryDict, at: datetime) -> Call | None:
    """The telephone report it came by, where one is noted; it came from somewhere."""
    name, by, when = (text(post, part).strip() for part in CALLED)
    if not name:
        refuse_unnamed(said=bool(by or when))
        return None
    fields = Fields()
    unit = fields.read(a_unit, name, "called_from")
    called = fields.read(instant, when, "called_at", at) or at
    if unit is None or fields.errors:
        raise Invalid(_("Not saved."), fields.errors)
    return Call(unit, by, called)


def a_unit(name: str, field: str) -> Unit:
    """The one unit a field names."""
    known = expand(name.strip())
    if len(known) != 1:
        why = _("No unit is called “%(name)s”.") % {"name": name.strip()[:40]}
        raise Invalid(_("Not saved."), {field: [why]})
    unit: Unit = known[0]
    return unit


def writing_of(post: QueryDict) -> Writing:
    """A written report."""
    return Writing(**{name: text(post, name) for name in WRITTEN})

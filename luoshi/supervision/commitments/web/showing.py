"""The words of commitments and their occurrences, as their pages show them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.time import date_text, instant_text, office_date, office_zone
from luoshi.foundation.deadlines.engine.phrases import phrase
from luoshi.foundation.deadlines.engine.trace import Trace
from luoshi.foundation.deadlines.engine.wording import lines
from luoshi.foundation.organizations.domain.queries.holders import current
from luoshi.foundation.organizations.enums import Role
from luoshi.supervision.commitments.domain.occurring import Coming
from luoshi.supervision.commitments.domain.queries.listing import light_of, outcome_label
from luoshi.supervision.commitments.domain.rhythm import kept_rule
from luoshi.supervision.commitments.enums import Outcome
from luoshi.supervision.commitments.models import OFFICE_ROLES, CommitmentVersion, Occurrence
from luoshi.supervision.matters.enums import Light


def language() -> str:
    """The reader's language."""
    return get_language() or "zh-hans"


def rule_words(version: CommitmentVersion) -> str:
    """The rhythm as the reader reads it."""
    return phrase(kept_rule(version.rule), language())


def dress(rows: Iterable[Any], at: datetime) -> None:
    """Give every occurrence its light, its word and how the record counts it; no query."""
    for row in rows:
        row.how = row.outcome(at)
        row.shown = light_of(row, at)
        row.word = outcome_label(row, at) if row.shown in {Light.GREY, Light.RED} else ""
        if row.how in {Outcome.KEPT, Outcome.LATE}:
            row.word = outcome_label(row, at)


def explanation(row: Occurrence) -> dict[str, Any]:
    """How the limit came about: the rhythm, then the engine's steps (B2)."""
    trace = Trace.from_json(row.trace)
    told = _("The rhythm: %(rule)s") % {"rule": rule_words(row.version)}
    return {
        "lines": [told, *lines(trace, language())],
        "provisional": 0 in trace.editions.values(),
    }


def limit_words(coming: Coming) -> str:
    """A computed limit in words, with the hour of an hour limit."""
    due = coming.due
    return instant_text(due.at, language()) if due.hourly else date_text(due.on, language())


def ahead(found: Iterable[Coming]) -> list[dict[str, Any]]:
    """Computed occurrences, for showing what was understood: limit, and the day it rolled from."""
    return [
        {
            "limit": limit_words(one),
            "from": date_text(one.due.raw, language()) if one.due.raw != one.due.on else "",
            "provisional": one.due.provisional,
        }
        for one in found
    ]


def responsible_choices(actor: Actor, at: datetime) -> list[tuple[str, str]]:
    """The posts of an office, then its people; one query."""
    posts = [(f"post:{role.value}", str(role.label)) for role in OFFICE_ROLES]
    held = current(office_date(at)).filter(post__unit_id=actor.unit_id, post__role__in=Role.values)
    rows = held.exclude(post__role__in=("system_admin", "security_admin", "auditor"))
    people: dict[str, str] = {}
    for row in rows.order_by("person__sort_key", "pk"):
        people.setdefault(f"person:{row.person_id}", f"{row.person.full_name} {row.post.title}")
    return [("", "—"), *posts, *people.items()]


def now_typed(at: datetime) -> str:
    """The present moment as the form of keeping shows it."""
    return f"{at.astimezone(office_zone()):%Y-%m-%d %H:%M}"

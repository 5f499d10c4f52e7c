"""Parse what the pages of commitments send; every refusal names the field."""

import re
from datetime import datetime, time
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.time import at_clock, typed_day
from luoshi.foundation.core.web.typed import a_date, a_key, text
from luoshi.supervision.commitments.domain.rhythm import Choice
from luoshi.supervision.commitments.domain.undertaking import Plan
from luoshi.supervision.commitments.models import CommitmentVersion

CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[:：]([0-5][0-9])")
TYPED = (
    *("title", "how", "words", "weekday", "number", "hour", "basis", "starts_on", "ends_on"),
    *("responsible", "evidence", "warning", "kind", "reason"),
)
HOWS = (
    ("words", _("In words, as documents write it")),
    ("week", _("Every week on a weekday")),
    ("month_day", _("Every month by day N")),
    ("month_workday", _("Every month by working day N")),
    ("day", _("Every day at an hour")),
)


def plan_of(post: QueryDict) -> Plan:
    """The form of a commitment or of its change; `responsible` is post:role or person:key."""
    part, _colon, value = post.get("responsible", "").partition(":")
    return Plan(
        title=text(post, "title"),
        choice=Choice(**{name: text(post, name) for name in Choice.__dataclass_fields__}),
        basis=text(post, "basis"),
        starts_on=a_date(post.get("starts_on", ""), "starts_on"),
        ends_on=a_date(post.get("ends_on", ""), "ends_on"),
        role=value if part == "post" else "",
        person_id=a_key(value) if part == "person" else None,
        evidence=bool(post.get("evidence")),
        warning=text(post, "warning") or "1",
        kind=text(post, "kind"),
    )


def kept_values(version: CommitmentVersion, phrase: str, on: str) -> dict[str, Any]:
    """A version as the form of its change shows it."""
    person = f"person:{version.person_id}"
    return {
        "how": "words",
        "words": phrase,
        "basis": version.basis,
        "responsible": person if version.person_id else f"post:{version.role}",
        "evidence": version.evidence,
        "warning": version.warning_workdays,
        "starts_on": on,
    }


def a_moment(words: str, name: str) -> datetime | None:
    """A typed moment, 2026-5-6 15:00 or 2026-05-06T15:00; empty = None (now)."""
    words = words.strip().replace("T", " ")
    if not words:
        return None
    day, _blank, clock = words.partition(" ")
    found = CLOCK.fullmatch(clock.strip())
    try:
        if found is not None:
            return at_clock(typed_day(day), time(int(found[1]), int(found[2])))
    except (ValueError, OverflowError):
        found = None
    why = _("“%(typed)s” is no time: write 2026-5-6 15:00.") % {"typed": words[:30]}
    raise Invalid(_("Not noted."), {name: [why]})

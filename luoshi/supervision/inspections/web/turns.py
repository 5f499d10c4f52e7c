"""Whose turn it is at an inspection: one line on top of its page (ui.md, rule 1)."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from luoshi.foundation.core.time import date_text, last_day
from luoshi.supervision.inspections.enums import (
    PROBLEM_ENDED,
    InspectionState,
    PlanState,
    ReviewState,
)
from luoshi.supervision.inspections.models import Inspection


def turn_of(row: Inspection, context: dict[str, Any]) -> str:
    """What comes next and from whom, for the office and its group; ended ones wait for nobody."""
    if row.state == InspectionState.PLANNED:
        return before_it(row, context)
    if row.state == InspectionState.UNDER_WAY:
        count = len(context["findings"])
        found = ngettext("%(n)d finding recorded", "%(n)d findings recorded", count) % {"n": count}
        words = _("The group records what it finds (%(found)s); then the office concludes.")
        return words % {"found": found}
    if row.state == InspectionState.CONCLUDED:
        return after_it(context)
    return ""


def before_it(row: Inspection, context: dict[str, Any]) -> str:
    """What is missing before it can start."""
    if row.plan.state == PlanState.DRAFTED:
        return _("The plan of %(year)d has to be filed before it can start.") % {
            "year": row.plan.year
        }
    if row.plan.state == PlanState.FILED:
        return _("The secretary-general decides on the plan of %(year)d.") % {"year": row.plan.year}
    if not context["group"]:
        return _("The office names the group: one leader, and who goes along.")
    if context["unexcused"]:
        return _("It passes a limit of frequency: merge it, move it, or get an exception.")
    day = date_text(row.starts_on, get_language() or "zh-hans")
    return _("Ready: the office starts it on %(day)s.") % {"day": day}


def after_it(context: dict[str, Any]) -> str:
    """What is open between conclusion and end, the first thing first."""
    asked = [one for one, _may in context["reviews"] if one.state == ReviewState.ASKED]
    if asked:
        day = date_text(last_day(asked[0].decide_by), get_language() or "zh-hans")
        words = _("Review asked for by %(units)s: decide by %(day)s.")
        return words % {"units": named([one.unit for one in asked]), "day": day}
    silent = [one.unit for one in context["objects"] if one.received_at is None]
    if silent:
        return _("Not signed for yet: %(units)s.") % {"units": named(silent)}
    waiting = [one for one in context["problems"] if one.state not in PROBLEM_ENDED]
    if waiting:
        words = ngettext(
            "%(n)d problem is not struck off: %(units)s.",
            "%(n)d problems are not struck off: %(units)s.",
            len(waiting),
        )
        return words % {"n": len(waiting), "units": named([one.unit for one in waiting])}
    return _("Everything is signed for and struck off: the office closes it.")


def named(units: Sequence[Any]) -> str:
    """Units by name, each once."""
    return "、".join(dict.fromkeys(str(unit) for unit in units))

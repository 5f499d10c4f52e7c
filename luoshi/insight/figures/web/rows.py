"""The words of a ledger row: its light, what is next and by when, its address."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luoshi.foundation.core.templatetags.office import dated
from luoshi.foundation.core.time import last_day, office_date
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.supervision.matters.domain.queries.showing import days_word
from luoshi.supervision.matters.domain.share.stages import behind_briefly
from luoshi.supervision.matters.enums import (
    MATTER_ENDED,
    AssignmentState,
    Light,
    MatterState,
    Turn,
)
from luoshi.supervision.rulebook.enums import Regime

# what a row of the list is made of, and what it may be sorted by
READ = (
    *("number", "title", "regime", "state", "turn", "on_clock", "attention_at", "overdue_at"),
    *("stopped_at", "latest_progress", "last_heard_at", "late_marks", "shares", "year", "serial"),
    *("next_title_zh", "next_title_en", "assigned_at", "ended_at"),
    *("lead_unit__name", "lead_unit__short_name", "wanting_state"),
    *("owing_unit__name", "owing_unit__short_name"),
    *("behind_at", "planned_percent", "reported_percent"),
)


def words(choices: type[TextChoices]) -> dict[str, str]:
    """Value → word in the reader's language, translated once for the whole page."""
    return {value: str(label) for value, label in choices.choices}


def dress(rows: Iterable[Any], at: datetime, language: str) -> None:
    """Give every row the words the page shows, made here once so that the template only prints
    them (fifty rows a page); no query."""
    calendar = current_calendar()
    regimes, turns, states = words(Regime), words(Turn), words(MatterState)
    base = reverse("matters:matter", args=[UUID(int=0)]).removesuffix(f"{UUID(int=0)}/")
    slipping = _("Behind plan")
    zh, this_year, select = language.startswith("zh"), office_date(at).year, _("Select “%s”")
    for row in rows:
        row.shown = row.light(at)
        row.tone = row.shown.value[:1]
        row.url = f"{base}{row.pk}/"
        row.select = select % row.title
        row.number_word = row.number or "—"
        regime = regimes.get(row.regime, "")
        row.under = f"{regime}　{row.latest_progress}" if row.latest_progress else regime
        lead = str(row.lead_unit) if row.lead_unit_id else ""
        row.lead_word = f"{lead} +{row.shares - 1}" if row.shares > 1 else lead
        row.turn_word = turn_word(row, lead, turns)
        row.state_word = states.get(row.state, "")
        row.word = light_word(row, at)
        row.due_word, row.since = due_words(row, at, language, this_year)
        heard = row.last_heard_at
        row.heard = dated(office_date(heard), language, False) if heard else ""
        title = row.next_title_zh if zh else row.next_title_en
        left = days_word(row.overdue_at, at, calendar) if row.overdue_at else ""
        why = behind_briefly(row) if row.word == slipping else ""
        row.detail = why or " · ".join(part for part in (left, title) if part)


def due_words(row: Any, at: datetime, language: str, this_year: int) -> tuple[str, str]:
    """What stands in the column of the next report, and since when where the matter has ended."""
    quiet = silence(row, at)
    if quiet:
        return quiet, ""
    if row.overdue_at:
        on = last_day(row.overdue_at)
        return dated(on, language, on.year != this_year), ""
    if row.ended_at:
        return row.state_word, dated(office_date(row.ended_at), language, False)
    return (row.state_word if row.state != MatterState.ASSIGNED else ""), ""


def turn_word(row: Any, lead: str, turns: dict[str, str]) -> str:
    """Whose turn it is; a unit other than the lead unit by its name."""
    owing = getattr(row, "owing_unit", None)
    if row.turn == Turn.UNIT and owing and row.owing_unit_id != row.lead_unit_id:
        return str(owing)
    return turns.get(row.turn, "")


def light_word(row: Any, at: datetime) -> str:
    """The word of a grey light says why no clock runs, that of a yellow one that a slip is not
    signed for, a report came back or the progress is behind its plan (ui.md 3); the others have
    their own."""
    if row.shown == Light.YELLOW:
        return yellow_word(getattr(row, "wanting_state", None)) or behind_word(row, at)
    if row.shown != Light.GREY:
        return ""
    if row.state in MATTER_ENDED:
        return str(row.state_word)
    if row.stopped_at is not None:
        return _("Clock stopped")
    if row.turn == Turn.REVIEWER:
        return _("In review")
    if row.state != MatterState.ASSIGNED:
        return _("Not assigned")
    return ""


def yellow_word(state: str | None) -> str:
    """Why a share that is in this state asks for attention, where it is not the date."""
    if state == AssignmentState.UNSIGNED:
        return _("Not signed for")
    return _("Returned") if state == AssignmentState.RETURNED else ""


def behind_word(row: Any, at: datetime) -> str:
    """That a planned stage has passed without its progress (R-SUP-5)."""
    return _("Behind plan") if row.behind(at) else ""


def silence(row: Any, at: datetime) -> str:
    """“31 days silent” where attention is wanted although no date runs (TR-08, TR-03)."""
    if row.shown != Light.YELLOW or row.overdue_at is not None or row.behind(at):
        return ""
    since = row.last_heard_at or row.assigned_at
    if since is None:
        return ""
    days = max(0, (office_date(at) - office_date(since)).days)
    return ngettext("%(n)d day silent", "%(n)d days silent", days) % {"n": days}

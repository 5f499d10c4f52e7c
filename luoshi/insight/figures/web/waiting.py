"""The words of a row of Today: act, object, date, one button."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from luoshi.foundation.core.templatetags.office import bilingual, listed
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.insight.figures.domain.today import Waiting
from luoshi.insight.figures.web.rows import behind_word, silence, yellow_word
from luoshi.supervision.matters.domain.queries.showing import days_word
from luoshi.supervision.matters.domain.share.stages import behind_words
from luoshi.supervision.matters.enums import (
    AssignmentState,
    Light,
    MatterState,
    Part,
    ReportState,
)
from luoshi.supervision.matters.models import Assignment


def dress(found: Waiting, at: datetime, language: str) -> None:
    """Give every row its words; no query."""
    calendar = current_calendar()
    zh = language.startswith("zh")
    for row in [*found.red, *found.yellow, *found.to_sign]:
        row.shown = row.light(at)
        row.word = word_of(row, at)
        row.limit = row.overdue_at
        row.detail = days_word(row.limit, at, calendar) if row.limit else silence(row, at)
        if row.shown == Light.YELLOW and row.word == behind_word(row, at):
            row.detail = behind_words(row, language) or row.detail
        row.since = row.last_heard_at or row.assigned_at
        title = row.next_title_zh if zh else row.next_title_en
        share_row(row, title) if isinstance(row, Assignment) else matter_row(row, title)
    for row in found.to_review:
        review_row(row)
    for row in found.objections:
        objection_row(row)
    for row in found.reports:
        own_report_row(row)
    for row in found.to_decide:
        decide_row(row)


def word_of(row: Any, at: datetime) -> str:
    """The light's word; a share knows its own state, a matter that of the share that asks first."""
    if row.shown != Light.YELLOW:
        return ""
    state = row.state if isinstance(row, Assignment) else row.wanting_state
    return yellow_word(state) or behind_word(row, at)


def matter_row(row: Any, title: str) -> None:
    """An overdue or soon due matter of the office: open it."""
    row.url = row.go = reverse("matters:matter", args=[row.pk])
    row.act, row.button, row.post = _("See to it"), _("Open it"), False
    unit = row.owing_unit or row.lead_unit
    row.about = " · ".join(str(p) for p in (row.number, unit, title) if p)


def share_row(row: Any, title: str) -> None:
    """A share of one's own unit: sign for it, or report."""
    matter = row.matter
    row.title = matter.title
    row.url = reverse("matters:matter", args=[matter.pk])
    unsigned = row.state == AssignmentState.UNSIGNED
    row.act, page = share_act(row, unsigned=unsigned)
    row.button, row.go, row.post = row.act, reverse(page, args=[row.pk]), unsigned
    row.about = " · ".join(str(p) for p in (matter.number, title) if p)
    row.since = row.assigned_at


def share_act(row: Assignment, *, unsigned: bool) -> tuple[str, str]:
    """The act a share waits for, and its page; units that are asked, not ordered, confirm receipt
    (S2-90), joint units give the lead unit their opinion (R-PRO-5)."""
    if unsigned:
        word = _("Confirm receipt") if row.courteous else _("Sign for")
        return word, "matters:receipt"
    if row.part == Part.JOINT:
        return _("Opinion"), "matters:opinion"
    return pgettext("action", "Report"), "matters:report"


def review_row(row: Any) -> None:
    """A report that waits for review."""
    row.shown, row.word = Light.GREY, _("In review")
    row.title = row.assignment.matter.title
    row.url = row.go = f"{reverse('matters:reviews')}?open={row.pk}"
    row.act = row.button = _("Review")
    row.post, row.limit, row.since = False, None, row.submitted_at
    row.about = f"{row.assignment.unit} · {row.progress}"
    row.detail = _("sent")


def objection_row(row: Any) -> None:
    """An objection of a unit to its share, to be answered by the office (R-PRO-5)."""
    share = row.assignment
    row.shown, row.word = Light.GREY, str(row.get_state_display())
    row.title = share.matter.title
    row.url = row.go = reverse("matters:changes", args=[share.matter_id])
    row.act, row.button = _("Answer the objection"), _("Answer")
    row.post, row.limit, row.since = False, None, row.raised_at
    row.about = f"{share.unit} · {row.reason}"
    row.detail = _("raised")


def own_report_row(row: Any) -> None:
    """A report of one's own unit: to be signed by the principal, or out of date and to be
    corrected."""
    share = row.assignment
    row.title, row.shown = share.matter.title, Light.GREY
    row.post, row.limit, row.since = False, None, row.submitted_at or row.saved_at
    titles = [bilingual(duty, "title") for duty in row.duties.all()]
    row.about = " · ".join(part for part in (share.matter.number, listed(titles)) if part)
    if row.state == ReportState.SIGNING:
        row.word, row.act = str(row.get_state_display()), _("Sign and send")
        row.url = row.go = reverse("matters:signing", args=[row.pk])
        row.button, row.detail = _("Sign"), _("put forward")
        return
    row.word, row.act = _("Out of date"), _("Correct")
    row.url = reverse("matters:sent", args=[row.pk])
    row.go, row.button = reverse("matters:correction", args=[row.pk]), _("Correct")
    row.detail = _("sent")


def decide_row(row: Any) -> None:
    """A matter to register or to assign."""
    row.shown, row.word = Light.GREY, str(row.get_state_display())
    row.url = row.go = reverse("matters:matter", args=[row.pk])
    row.act = _("Assign") if row.state == MatterState.REGISTERED else _("Register")
    row.button, row.post, row.limit, row.since = row.act, False, None, row.created_at
    row.about = str(row.get_regime_display())
    row.detail = _("drafted")

"""What a report says and what its duties ask of it: parts by name, figures by name (decision 7).

Refused: nothing that changed, contents a duty asks for, lateness without its reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.refusals import Invalid, Text
from luoshi.supervision.matters.models import Matter, ReportDuty
from luoshi.supervision.rulebook.enums import Content, DutyKind

MOST = Decimal(10) ** 14
MOST_HOURS = 1000
TEXTS = (
    "progress",
    "state_change",
    "problems",
    "next_steps",
    "summary",
    "late_reason",
    "signed_by_principal",
)


@dataclass(frozen=True)
class Figure:
    """A named figure with its unit of measure."""

    name: str
    value: Decimal
    measure: str = ""


@dataclass(frozen=True)
class Words:
    """What the unit writes; empty parts stay empty. `percent` of the planned progress and the
    `hours` of writing are said by who wants to."""

    progress: str = ""
    state_change: str = ""
    problems: str = ""
    next_steps: str = ""
    summary: str = ""
    late_reason: str = ""
    signed_by_principal: str = ""
    figures: Sequence[Figure] = ()
    percent: int | None = None
    hours: Decimal | None = None

    def carries(self, content: str) -> bool:
        """Whether the part a duty asks for is there."""
        if content == Content.FIGURES:
            return bool(self.figures)
        return bool(str(getattr(self, content)).strip())


@dataclass(frozen=True)
class Need:
    """A part a duty asks for: a text of the report, any figure, or a figure by its name."""

    key: str
    label: str
    figure: str = ""

    def met(self, words: Words) -> bool:
        """Whether the words carry it."""
        if self.figure:
            return any(figure.name == self.figure for figure in words.figures)
        return words.carries(self.key)


def fits(value: Decimal) -> bool:
    """Whether a figure fits its column."""
    return value.is_finite() and abs(value) < MOST


def misread(words: Words) -> dict[str, list[Text]]:
    """Progress and hours that cannot be."""
    errors: dict[str, list[Text]] = {}
    if words.percent is not None and not 0 <= words.percent <= 100:
        errors["percent"] = [_("Give a whole percentage from 0 to 100.")]
    if words.hours is not None and not fit_hours(words.hours):
        errors["hours"] = [_("Give the hours as a number above 0 and below 1,000.")]
    return errors


def fit_hours(hours: Decimal) -> bool:
    """Whether hours can be kept, which is done to a tenth: less than that would be none."""
    return hours.is_finite() and hours < MOST_HOURS and round(hours, 1) > 0


def named_figures(matter: Matter) -> list[str]:
    """The figures this matter asks for, in their order."""
    return [figure.name for figure in matter.asked_figures.all()]


def needs_of(duty: ReportDuty, named: Sequence[str]) -> list[Need]:
    """What a duty asks for. The figures a matter names belong to every dated or final report; a
    staged report in between says what is new, with or without them (TR-08)."""
    found = [
        Need(part, str(Content(part).label))
        for part in duty.content
        if not (part == Content.FIGURES and named)
    ]
    if duty.kind != DutyKind.STAGED or Content.FIGURES in duty.content:
        found += [Need(Content.FIGURES, name, figure=name) for name in named]
    return found


def lacking(duty: ReportDuty, words: Words, named: Sequence[str]) -> list[str]:
    """Parts this duty asks for that the words do not carry."""
    return [need.label for need in needs_of(duty, named) if not need.met(words)]


def refuse_gaps(
    duties: Sequence[ReportDuty],
    words: Words,
    *,
    named: Sequence[str],
    files: int,
    at: datetime,
) -> None:
    """Collect everything that is missing and refuse once."""
    errors: dict[str, list[object]] = {}
    if not (words.state_change.strip() or words.figures or files):
        errors["state_change"] = [
            _("No change is stated. Give a change of state, a figure or an attachment.")
        ]
    for duty in duties:
        for part in lacking(duty, words, named):
            errors.setdefault("duties", []).append(
                _("“%(title)s” also asks for: %(part)s.") % {"title": duty.title_zh, "part": part}
            )
    late = [duty for duty in duties if duty.due_at and (duty.redo_due_at or duty.due_at) <= at]
    if late and not words.late_reason.strip():
        errors["late_reason"] = [
            _("This report is late and the late mark stays. Give the reason; you can still send.")
        ]
    if errors:
        raise Invalid(_("Not sent yet: something is missing."), errors)  # type: ignore[arg-type]

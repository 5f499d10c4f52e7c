"""Planned progress 进度计划 and what is behind it (R-SUP-5): pure, no query.

A plan is a few stages, each a day and the percentage that is done by its end. A share is behind
from the end of the first day whose percentage was not reported; the unit's own plan goes before the
matter's, of which the days before the slip was issued ask nothing of it. Between two periods the
plan goes on: the unit says how far it is without a duty. Joint units report to the lead unit and
are held against no plan; in review or stopped no clock runs and nothing is behind.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from luoshi.foundation.core.time import date_text, end_of_day, last_day, office_date
from luoshi.supervision.matters.enums import ASSIGNMENT_OPEN, AssignmentState, Part
from luoshi.supervision.matters.models import Assignment, Staged

DAYS = (date(1990, 1, 1), date(2098, 12, 31))  # as far as a clock can be moved on
SAY_MORE = frozenset({AssignmentState.UNSIGNED, AssignmentState.RETURNED})


@dataclass(frozen=True)
class Stage:
    """By the end of this day so many per cent are done; `text` says what that is."""

    on: date
    percent: int
    text: str = ""

    @property
    def passes_at(self) -> datetime:
        """From when on it is being behind."""
        return end_of_day(self.on)


def read(rows: Sequence[Any]) -> list[Stage]:
    """The stages of a row's column, by day; what is no stage (another node may say anything) is
    left out."""
    found = []
    for row in rows if isinstance(rows, list) else ():
        try:
            day, percent = date.fromisoformat(row["on"]), int(row["percent"])
        except (KeyError, TypeError, ValueError, OverflowError):
            continue
        if not (1 <= percent <= 100 and DAYS[0] <= day <= DAYS[1]):
            continue
        found.append(Stage(day, percent, str(row.get("text", ""))))
    return sorted(found, key=lambda one: one.on)


def as_rows(stages: Sequence[Stage]) -> list[dict[str, Any]]:
    """The form in which a row keeps them."""
    return [{"on": one.on.isoformat(), "percent": one.percent, "text": one.text} for one in stages]


def stages_of(share: Assignment) -> list[Stage]:
    """What a share is held against. A unit that came later (reassigned, reopened, added) does not
    answer for days of the matter's plan up to that of its slip."""
    if share.part == Part.JOINT:
        return []
    if share.stages:
        return read(share.stages)
    since = office_date(share.assigned_at)
    return [one for one in read(share.matter.stages) if one.on > since]


def follows(share: Assignment) -> bool:
    """Whether a share goes by the matter's plan: it has none of its own, or one that is the
    matter's with days moved by a stop."""
    return all(isinstance(one, dict) and one.get("moved") is True for one in share.stages)


def unmet(stages: Sequence[Stage], reported: int | None) -> Stage | None:
    """The first stage whose percentage was not reported yet."""
    return next((one for one in stages if one.percent > (reported or 0)), None)


def shifted(share: Assignment, since: date, days: int) -> list[dict[str, Any]]:
    """What a share is held against, with the stages whose day had not passed when the clock was
    stopped moved on by its days (R-SUP-4)."""
    mark = {"moved": True} if follows(share) else {}
    moved = [
        Stage(one.on + timedelta(days=days if one.on >= since else 0), one.percent, one.text)
        for one in stages_of(share)
    ]
    return [row | mark for row in as_rows(moved)]


def behind_words(row: Staged, language: str) -> str:
    """Why: “planned 60 % by 30 June, reported 40 %”."""
    if row.behind_at is None:
        return ""
    given = {
        "planned": row.planned_percent,
        "day": date_text(last_day(row.behind_at), language),
        "reported": row.reported_percent,
    }
    with override(language):
        if row.reported_percent is None:
            return _("planned %(planned)s%% by %(day)s, no progress reported") % given
        return _("planned %(planned)s%% by %(day)s, reported %(reported)s%%") % given


def behind_briefly(row: Staged) -> str:
    """The same in a narrow column, in the reader's language: “planned 60 %, reported 40 %”."""
    if row.behind_at is None:
        return ""
    given = {"planned": row.planned_percent, "reported": row.reported_percent or 0}
    return _("planned %(planned)s%%, reported %(reported)s%%") % given


@dataclass(frozen=True)
class Held:
    """A share against its plan: its own stages (empty = the matter's), why it is behind."""

    share: Assignment
    own: list[Stage]
    why: str
    may_stage: bool


def is_behind(share: Assignment, at: datetime) -> bool:
    """Whether being behind is what is said of a share: it runs, is signed for and not returned,
    which say more."""
    return share.state not in SAY_MORE and share.state in ASSIGNMENT_OPEN and share.behind(at)

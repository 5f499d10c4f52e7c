"""Periods of appraisal: 2026-Q3, 2026-H1, 2026."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.time import at_clock, office_date
from luoshi.foundation.deadlines.engine.months import add_months

KEY = re.compile(r"(20\d\d)(?:-(Q[1-4]|H[12]))?", re.ASCII)
ZH = {"Q1": "第一季度", "Q2": "第二季度", "Q3": "第三季度", "Q4": "第四季度"}
ZH |= {"H1": "上半年", "H2": "下半年", "": "全年"}


@dataclass(frozen=True)
class Period:
    """A quarter, a half-year or a year of the office's calendar."""

    year: int
    part: str = ""

    @property
    def key(self) -> str:
        """As it is stored and stands in addresses."""
        return f"{self.year}-{self.part}" if self.part else str(self.year)

    @property
    def months(self) -> int:
        """How long it is."""
        return {"Q": 3, "H": 6}.get(self.part[:1], 12)

    @property
    def first(self) -> date:
        """The first day."""
        place = int(self.part[1:]) - 1 if self.part else 0
        return date(self.year, place * self.months + 1, 1)

    @property
    def last(self) -> date:
        """The last day."""
        return add_months(self.first, self.months) - timedelta(days=1)

    @property
    def start(self) -> datetime:
        """00:00 of the first day."""
        return at_clock(self.first, time(0))

    @property
    def end(self) -> datetime:
        """24:00 of the last day."""
        return at_clock(self.last + timedelta(days=1), time(0))

    def label(self, language: str) -> str:
        """2026年第三季度, or 2026 Q3."""
        if language.startswith("zh"):
            return f"{self.year}年{ZH[self.part]}"
        return f"{self.year} {self.part}".strip()


def period_of(text: str) -> Period:
    """The period of a key; anything else is refused."""
    found = KEY.fullmatch(text)
    if found is None:
        raise Invalid(
            _("No such period."), {"period": [_("Write it as 2026-Q3, 2026-H1 or 2026.")]}
        )
    return Period(int(found[1]), found[2] or "")


def recent(at: datetime) -> list[Period]:
    """The periods an office chooses from: running and ended quarters, half-years and years of this
    and the last year, the latest first."""
    today = office_date(at)
    parts = ("Q1", "Q2", "H1", "Q3", "Q4", "H2", "")
    found = [Period(year, part) for year in (today.year - 1, today.year) for part in parts]
    return [period for period in reversed(found) if period.first <= today]


def last_quarter(on: date) -> Period:
    """The quarter before the one a date lies in."""
    quarter = (on.month - 1) // 3
    return Period(on.year, f"Q{quarter}") if quarter else Period(on.year - 1, "Q4")

"""The shipped editions of the working-day calendar, with the notice behind each (R-CAL-3).

A span is "MM-DD" or "MM-DD/MM-DD" (inclusive). A year without an edition is provisional: weekends
and the holidays of fixed date only.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache


@dataclass(frozen=True)
class Edition:
    """One year's notice: rest days and make-up working days."""

    year: int
    number: int
    notice: str
    published: date
    rest: frozenset[date]
    work: frozenset[date]


@cache
def fixed_holidays(year: int) -> frozenset[tuple[int, int]]:
    """(month, day) of the holidays whose date needs no notice, by the Holiday Measures in force:
    New Year, Labour Day (three days 2000–2007, two from 2025), National Day (three from 1999)
    (R-CAL-2)."""
    labour = 3 if 2000 <= year <= 2007 else 2 if year >= 2025 else 1
    national = 3 if year >= 1999 else 2
    return frozenset(
        {(1, 1)}
        | {(5, n) for n in range(1, labour + 1)}
        | {(10, n) for n in range(1, national + 1)}
    )


def days(year: int, spans: str) -> frozenset[date]:
    """Expand "01-01/01-03 02-15" of a year into dates."""
    found: set[date] = set()
    for span in spans.split():
        first, _, last = span.partition("/")
        day = date.fromisoformat(f"{year}-{first}")
        end = date.fromisoformat(f"{year}-{last or first}")
        while day <= end:
            found.add(day)
            day += timedelta(days=1)
    return frozenset(found)


def spans(found: Iterable[date]) -> list[str]:
    """Dates as `days` reads them, neighbours as one span: "02-05/02-11", in their order."""
    runs: list[list[date]] = []
    for day in sorted(found):
        if runs and day - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    return [
        f"{run[0]:%m-%d}/{run[-1]:%m-%d}" if len(run) > 1 else f"{run[0]:%m-%d}" for run in runs
    ]


def edition(year: int, number: int, notice: str, published: str, rest: str, work: str) -> Edition:
    """Build an edition from its spans."""
    when = date.fromisoformat(published)
    return Edition(year, number, notice, when, days(year, rest), days(year, work))


REST_2015 = "01-01/01-03 02-18/02-24 04-04/04-06 05-01/05-03 06-20/06-22 09-27 10-01/10-07"
WORK_2015 = "01-04 02-15 02-28 10-10"
SHIPPED = (
    edition(2015, 1, "国办发明电〔2014〕28号", "2014-12-16", REST_2015, WORK_2015),
    edition(
        2015,
        2,
        "国发明电〔2015〕1号",
        "2015-05-13",
        REST_2015 + " 09-03/09-05",
        WORK_2015 + " 09-06",
    ),
    edition(
        2024,
        1,
        "国办发明电〔2023〕7号",
        "2023-10-25",
        "01-01 02-10/02-17 04-04/04-06 05-01/05-05 06-10 09-15/09-17 10-01/10-07",
        "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
    ),
    edition(
        2025,
        1,
        "国办发明电〔2024〕12号",
        "2024-11-12",
        "01-01 01-28/02-04 04-04/04-06 05-01/05-05 05-31/06-02 10-01/10-08",
        "01-26 02-08 04-27 09-28 10-11",
    ),
    edition(
        2026,
        1,
        "国办发明电〔2025〕7号",
        "2025-11-04",
        "01-01/01-03 02-15/02-23 04-04/04-06 05-01/05-05 06-19/06-21 09-25/09-27 10-01/10-07",
        "01-04 02-14 02-28 05-09 09-20 10-10",
    ),
)

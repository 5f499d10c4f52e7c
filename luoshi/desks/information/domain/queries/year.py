"""A whole year of scores: units and engaged officers by their points (R-INF-6, B22).

A published month counts as it was frozen, with its weights; the other months up to now count as
they stand, with the weights in force. The database adds up: a year of a large office is hundreds of
thousands of facts, and a ranking some dozens of lines. `running.points` says the same of one sheet
in Python, and the tests hold the two against each other. A number of items opens as many rows, one
for each item; points open what they are the sum of.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from luoshi.desks.information.domain.queries.counting import SENDER, found_rows
from luoshi.desks.information.domain.running.points import (
    COUNTS,
    Line,
    as_points,
    kind_of,
    ranked,
)
from luoshi.desks.information.enums import WEIGHTS
from luoshi.desks.information.models import ScoreSheet, WeightVersion
from luoshi.foundation.core.time import office_date, office_zone
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.models import Unit

YEARS = 4
WHO = ("id", "research", "officer", "author_name", "unit_code", "unit_name")

# `found` are the facts of the months without a sheet, `frozen` those of sheets; each counts in the
# month that scores.counts_in says, and `live` are those that count in a month without a sheet.
ASKED = """
asked AS (
    SELECT %s::uuid AS office, %s::date AS first, %s::date AS december, %s::date AS today,
        %s::jsonb AS weights, %s::text AS zone, %s::text AS chosen
),
sheets AS (
    SELECT sheet.id, month FROM information_scoresheet AS sheet, asked WHERE office_id = office
),
running AS (
    SELECT month::date AS month
    FROM asked, generate_series(first, least(december, today), interval '1 month') AS month
    EXCEPT SELECT month FROM sheets
),
frozen AS MATERIALIZED (
    SELECT sheet.month, sheet.weights, fact, fact->>'who' AS who, fact->>'row' AS "row"
    FROM asked, information_scoresheet AS sheet, jsonb_array_elements(sheet.facts) AS fact
    WHERE sheet.office_id = office AND (
        sheet.month BETWEEN first AND december
        OR sheet.month IN (
            SELECT date_trunc('month', f_on)::date FROM found WHERE f_row IS NOT NULL
        )
    ) AND {only}
),
live AS MATERIALIZED (
    SELECT found.*,
        CASE WHEN f_officer IS NULL THEN 'unit:' || f_unit_code ELSE 'officer:' || f_officer END
            AS who,
        CASE WHEN f_officer IS NULL THEN f_unit_name ELSE f_author_name END AS name,
        CASE WHEN f_tier = '' THEN f_what ELSE f_what || '-' || f_tier END AS what
    FROM found, asked
    WHERE f_noted IS NULL OR CASE
        WHEN date_trunc('month', f_on)::date IN (SELECT month FROM sheets)
            AND (date_trunc('month', f_on)::date, f_row::text) NOT IN (
                SELECT month, "row" FROM frozen WHERE "row" <> ''
            )
        THEN date_trunc('month', f_noted AT TIME ZONE zone)::date
        ELSE date_trunc('month', f_on)::date END IN (SELECT month FROM running)
)"""

# Hundredths of a point of a fact; a division drops the rest (running.points).
POINTS = """CASE WHEN what = 'submitted' THEN 0 ELSE ({weights}->>what)::bigint * 100
    * CASE WHEN {research} THEN ({weights}->>'research-percent')::bigint ELSE 100 END / 100
    * CASE WHEN {merged} THEN ({weights}->>'merged-percent')::bigint ELSE 100 END / 100 END"""

# One line for everybody. Points and items submitted are those of the sheets' lines and of what is
# live; in the other columns an item counts once, in however many months it does. The name is that
# of the first fact: of the earliest sheet's line, else of the first in the order of a sheet.
RANKING = """
WITH found AS MATERIALIZED ({found}), {asked},
totals AS (
    SELECT line.who, line.name, line.points, line.submitted, to_char(month, 'YYYY-MM') AS place
    FROM asked, information_scoresheet AS sheet, jsonb_to_recordset(sheet.lines)
        AS line(who text, name text, points bigint, submitted bigint)
    WHERE office_id = office AND month BETWEEN first AND december
    UNION ALL
    SELECT who, name, sum({points}), count(*) FILTER (WHERE what = 'submitted'),
        min(concat_ws(' ', 'running', to_char(f_on, 'YYYY-MM-DD'), what, f_id) COLLATE "C")
    FROM live, asked GROUP BY who, name
),
columns AS (
    SELECT who, what, count(*) AS items FROM (
        SELECT who, f_what AS what, f_id AS item FROM live WHERE what <> 'submitted'
        UNION
        SELECT who, split_part(fact->>'what', '-', 1), (fact->>'item')::uuid
        FROM frozen, asked WHERE month BETWEEN first AND december
    ) AS once GROUP BY who, what
)
SELECT who, (array_agg(name ORDER BY place COLLATE "C"))[1], sum(points)::bigint,
    sum(submitted)::bigint,
    coalesce((SELECT items FROM columns AS c WHERE c.who = t.who AND what = 'own'), 0),
    coalesce((SELECT items FROM columns AS c WHERE c.who = t.who AND what = 'adopted'), 0),
    coalesce((SELECT items FROM columns AS c WHERE c.who = t.who AND what = 'instructed'), 0)
FROM totals AS t GROUP BY who
"""
UNREAD = "fact->>'what' <> 'submitted'"
BEHIND = """
WITH found AS MATERIALIZED ({found}), {asked}
SELECT to_char(month, 'YYYY-MM'), item, number, title, what, "on", "row", research, merged,
    {points} AS points
FROM frozen, asked,
    jsonb_to_record(fact) AS one(
        item text, number text, title text, what text, "on" text, research boolean, merged boolean
    )
WHERE month BETWEEN first AND december AND who = chosen
UNION ALL
SELECT 'running', f_id::text, f_number, f_title, what, to_char(f_on, 'YYYY-MM-DD'),
    coalesce(f_row::text, ''), f_research, f_share, {live_points}
FROM live, asked
ORDER BY 1, 6, 5, 2, 7
"""
CHOSEN = """(
    fact->>'who' = chosen
    OR fact->>'row' IN (SELECT f_row::text FROM found WHERE f_row IS NOT NULL)
)"""
BEHIND_NAMES = ("what", "on", "row", "research", "merged", "points")


class Sheet(NamedTuple):
    """A published month."""

    pk: UUID
    month: date

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


@dataclass(frozen=True)
class Year:
    """A year of an office up to a day. `sheets`: its published months in order; `version`: of the
    weights by which the other months count."""

    office_id: UUID | None
    year: int
    today: date
    sheets: Sequence[Sheet]
    version: int
    weights: Mapping[str, int]
    lines: Sequence[Line]

    def ranking(self, *, officers: bool) -> list[Line]:
        """Units, or engaged officers, the most points first; equal points have the same rank."""
        found = ranked([dict(line) for line in self.lines if line["officer"] == officers])
        return [line | {"shown": as_points(line["points"])} for line in found]


def years(request: OfficeRequest) -> range:
    """The last years, the newest first."""
    this = office_date(request.now).year
    return range(this, this - YEARS, -1)


def a_year(request: OfficeRequest) -> int:
    """The year of the address, else this one."""
    given, known = request.GET.get("year", ""), years(request)
    return int(given) if given in map(str, known) else known[0]


def year_of(office_id: UUID | None, year: int, today: date) -> Year:
    """A year of an office up to today; two queries whatever is in it."""
    newest = WeightVersion.objects.filter(office=OuterRef("pk")).order_by("-version")
    sheets = ScoreSheet.objects.filter(office=OuterRef("pk"), month__year=year).order_by("month")
    asked = Unit.objects.filter(pk=office_id).values_list(
        Subquery(newest.values("version")[:1]),
        Subquery(newest.values("weights")[:1]),
        ArraySubquery(sheets.values_list(JSONObject(pk="pk", month="month"))),
    )
    version, weights, published = asked.first() or (None, None, [])
    kept = [Sheet(UUID(one["pk"]), date.fromisoformat(one["month"])) for one in published]
    found = Year(office_id, year, today, kept, version or 0, weights or WEIGHTS, ())
    return replace(found, lines=[line_of(*row) for row in read(found, RANKING, WHO)])


def line_of(who: str, name: str, hundredths: int, *counts: int) -> Line:
    """A line of the ranking, without its rank."""
    return {
        "who": who,
        "name": name,
        "officer": who.startswith("officer:"),
        "points": hundredths,
        **dict(zip(COUNTS, counts, strict=True)),
    }


def read(year: Year, words: str, names: Sequence[str], who: str = "") -> list[tuple[Any, ...]]:
    """What `words` ask of the facts of a year, of everybody or one of them, `names` of the item of
    each; one query."""
    months = [date(year.year, number, 1) for number in range(1, 13)]
    past = {month for month in months if month <= year.today}
    if not past:
        return []
    rows = found_rows(year.office_id, past, unpublished=True, names=names, who=who)
    found, known = rows.query.sql_with_params()
    live = {"weights": "asked.weights", "research": "f_research", "merged": "f_share"}
    kept = {"weights": "frozen.weights", "research": "research", "merged": "merged"}
    text = words.format(
        found=found,
        asked=ASKED.format(only=CHOSEN if who else UNREAD),
        points=POINTS.format(**(kept if who else live)),
        live_points=POINTS.format(**live),
    )
    asked = (
        *(year.office_id, months[0], months[-1], year.today.replace(day=1)),
        *(json.dumps(dict(year.weights)), office_zone().key, who),
    )
    with connection.cursor() as cursor:
        cursor.execute(text, (*known, *asked))
        return cursor.fetchall()


def counted(year: Year, who: str, kind: str) -> list[dict[str, Any]]:
    """The items behind a number of somebody: those that count in a column, or with no `kind` those
    that gave points; each with what counted of it, by its first day. One query."""
    found: dict[str, dict[str, Any]] = {}
    for _part, item, number, title, *rest in read(year, BEHIND, SENDER, who):
        fact = dict(zip(BEHIND_NAMES, rest, strict=True))
        if not opened(fact, kind):
            continue
        new = {"item": item, "number": number, "title": title, "points": 0, "facts": []}
        row = found.setdefault(item, new)
        row["points"] += fact["points"]
        row["facts"].append(fact | {"shown": as_points(fact["points"])})
    for row in found.values():
        row["facts"].sort(key=lambda fact: (fact["on"], fact["what"], fact["row"]))
        row["on"], row["shown"] = row["facts"][0]["on"], as_points(row["points"])
    return sorted(found.values(), key=place)


def opened(fact: Mapping[str, Any], kind: str) -> bool:
    """Whether a fact stands behind the number: of a column, or of the points."""
    return kind_of(fact) == kind if kind in COUNTS else fact["what"] != "submitted"


def place(row: Mapping[str, Any]) -> str:
    """Where a row stands; no other row's."""
    return f"{row['on']}-{row['item']}"

"""The drafting review page: source left, drafts right; whole, or only the parts that changed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.desks.lessons.domain.queries.knowing import names_to_link
from luoshi.desks.meetings.domain import checking
from luoshi.desks.meetings.domain.covering import coverage, with_points
from luoshi.desks.meetings.domain.dating import Days, set_days
from luoshi.desks.meetings.domain.keeping import Unsent, unsent_in
from luoshi.desks.meetings.domain.merging import partners
from luoshi.desks.meetings.domain.queries import showing
from luoshi.desks.meetings.domain.queries.leafing import Leaf
from luoshi.desks.meetings.domain.queries.opening import Opened, beyond, is_shown, opened_at, tally
from luoshi.desks.meetings.domain.queries.sampling import earliest, known_days, samples
from luoshi.desks.meetings.domain.splitting import places
from luoshi.desks.meetings.domain.undoing import last_of, undoable
from luoshi.desks.meetings.enums import DraftState, ReadingState
from luoshi.desks.meetings.models import DraftItem, SourceDocument, UnsentEdit
from luoshi.desks.meetings.web.fetching import number_in, own, own_item
from luoshi.foundation.audit.registry import known
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import a_date

FIRST_OPEN = 20  # points with their forms at once; a document may have hundreds


@dataclass
class Row:
    """A draft in the list; `due`: its nearest date; `held`: a colleague is typing into it; `mine`:
    what the reader typed and has not sent."""

    item: DraftItem
    due: dict[str, Any]
    held: UnsentEdit | None
    mine: UnsentEdit | None
    current: bool = False

    @property
    def mark(self) -> str:
        """The class of its words in the source."""
        return "on" if self.current else self.item.mark


def rows_of(
    items: list[DraftItem], known: Mapping[str, date], unsent: Unsent, today: date
) -> list[Row]:
    """The drafts as rows; limits that many drafts share are computed once."""
    dues: dict[str, dict[str, Any]] = {}
    rows = []
    for item in items:
        key = json.dumps(item.rules, sort_keys=True)
        if key not in dues:
            dues[key] = earliest(item.rules, known, today)
        rows.append(Row(item, dues[key], unsent.held.get(item.pk), unsent.mine.get(item.pk)))
    return rows


def language() -> str:
    """The reader's language for words of the engine."""
    return get_language() or "zh"


def about(request: OfficeRequest, found: SourceDocument, row: Row) -> Any:
    """What the open draft shows; what its reader typed and did not send stands in its fields."""
    current, kept = row.item, row.mine.values if row.mine else {}
    rules = current.rules
    if kept:
        try:
            rules = checking.read_rules(kept["limit_words"], current.rules)
        except Invalid:
            rules = []
    return {
        "samples": samples(
            found, rules, language(), office_date(request.now), unsaid=unsaid(current)
        ),
        "limit": kept.get("limit_words", checking.printed(current.rules)),
        "stored_limit": checking.printed(current.rules),
        "title": kept.get("title", current.title),
        "units": kept.get("units", current.units),
        "report_to": "、".join(kept.get("report_to", current.report_to)),
        "copy_to": "、".join(kept.get("copy_to", current.copy_to)),
        "stale": bool(row.mine and row.mine.revision != current.revision),
        "codes": showing.catalogue_codes(current),
        "twins": showing.twins(found, current),
        "places": places(current, found.text),
        "partners": partners(current),
        "source_words": found.text[current.start : current.end],
        "default_days": checking.default_workdays(current),
        "undoable": undoable(current),
    }


def opened_by(request: OfficeRequest, found: SourceDocument) -> Opened:
    """The draft or the part the address names."""
    return opened_at(
        found, number_in(request.GET.get("item", "")), number_in(request.GET.get("part", ""))
    )


def context_of(request: OfficeRequest, found: SourceDocument) -> dict[str, Any]:
    """Everything the page shows: one leaf of the source with its drafts and points, and how far the
    whole document is."""
    opened = opened_by(request, found)
    unsent = unsent_in(found, request.actor, request.now)
    today = office_date(request.now)
    rows = rows_of(opened.items, known_days(Days.of(found), found.title, today), unsent, today)
    shown = [row for row in rows if is_shown(row.item)]
    current = next((row for row in rows if row.item is opened.current), None)
    if current:
        current.current = True
    edges = beyond(found, opened.leaf)
    numbers = [edges["before"], *(row.item.number for row in shown), edges["after"]]
    place = shown.index(current) + 1 if current in shown else int(current is not None)
    own = current.item.number if current else ""
    last = last_of(found, request.actor)
    names = (unit["name"] for item in opened.items for unit in item.units)
    return {
        "document": found,
        "leaf": opened.leaf,
        "reaching": opened.reaching,
        "rows": shown,
        "folded": [row for row in rows if not is_shown(row.item)],
        "row": current,
        **(about(request, found, current) if current else {}),
        "next": numbers[min(place + 1, len(numbers) - 1)] or own,
        "previous": numbers[max(place - 1, 0)] or own,
        **edges,
        **tally(found),
        "left_here": sum(row.item.state == DraftState.TO_CHECK for row in shown),
        **points_of(found, opened.leaf),
        "last_step": last,
        "last_label": known(last.action).label if last else "",
        "to_link": names_to_link(found.office_id, names),
        "matters": [item.matter for item in opened.items if item.matter_id],
    }


def points_of(found: SourceDocument, leaf: Leaf) -> dict[str, Any]:
    """The coverage of the whole document in numbers; the first open points, those of this leaf
    before the others, and the covered ones of this leaf."""
    covers = coverage(found)
    gaps = [one for one in covers if not one.covered]
    gaps.sort(key=lambda one: not leaf.holds(one.point.start))
    here = [one for one in covers if one.covered and leaf.holds(one.point.start)]
    whole = with_points(found, [*gaps[:FIRST_OPEN], *here])
    return {
        "uncovered": len(gaps),
        "covered": len(covers) - len(gaps),
        "first_open": whole[: len(gaps[:FIRST_OPEN])],
        "more_open": len(gaps[FIRST_OPEN:]),
        "covered_here": whole[len(gaps[:FIRST_OPEN]) :],
    }


@require_safe
def document(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The page; a step's answer and a look for colleagues' steps carry the changed parts only."""
    found = own(request, pk)
    if found.reading != ReadingState.READ:
        return render(request, "meetings/reading/page.html", {"document": found})
    part = request.headers.get("X-Part", "")
    since = number_in(request.headers.get("X-Since", ""))
    if part == "poll" and found.revision == since:
        return HttpResponse(status=204)
    context = context_of(request, found)
    was = number_in(request.headers.get("X-Was", ""))
    rows = [*context["rows"], *context["folded"]]
    same_leaf = any(row.item.number == was for row in rows)
    if part and same_leaf and since >= found.reshaped:
        context["parts"] = [
            row for row in rows if row.item.changed > since or row.item.number == was or row.current
        ]
    else:
        items = [*(row.item for row in rows), *context["reaching"]]
        context["paragraphs"] = showing.paragraphs(found, items, context["leaf"])
    if not part:
        context["earlier"] = showing.earlier_uploads(found)
        return render(request, "meetings/document.html", context)
    answer = render(request, "meetings/parts.html", context)
    answer["X-Part"] = "1"
    return answer


@require_safe
def sample(request: OfficeRequest, pk: UUID, number: int) -> HttpResponse:
    """The dates of a limit as it is being typed."""
    item = own_item(request, pk, number)
    return render(request, "meetings/samples.html", typed_samples(request, item, None))


def typed_samples(request: OfficeRequest, item: DraftItem, days: Days | None) -> dict[str, Any]:
    """The samples of the limit in the address."""
    try:
        rules = checking.read_rules(request.GET.get("limit", ""), item.rules)
    except Invalid:
        return {"samples": [], "unread": True}
    today = office_date(request.now)
    found = samples(item.document, rules, language(), today, days, unsaid(item))
    return {"samples": found}


def unsaid(item: DraftItem) -> Any:
    """The rules as they were read of which the text does not say what they count from."""
    return item.original.get("assumed", ())


def typed_days(values: Any) -> Days:
    """The days of the form. Refused: what is no day."""
    return Days(*(a_date(values.get(name, ""), name) for name in Days.__dataclass_fields__))


def shown_days(request: OfficeRequest, found: SourceDocument) -> Days:
    """The days the page had shown, as its hidden field says; without it, those in force."""
    words = request.POST.get("shown", "").split(" ")
    if len(words) != len(Days.__dataclass_fields__):
        return Days.of(found)
    return typed_days(dict(zip(Days.__dataclass_fields__, words, strict=True)))


@require_http_methods(["GET", "POST"])
def days(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """GET: all due dates as they would be with the days being typed. POST: set these days."""
    found = own(request, pk)
    if request.method == "POST":
        typed = typed_days(request.POST)
        set_days(
            document=found,
            days=typed,
            shown=shown_days(request, found),
            actor=request.actor,
            at=request.now,
        )
        here = f"item={request.headers.get('X-Was', '')}&part={request.POST.get('part', '')}"
        return redirect(f"{request.path.removesuffix('days/')}?{here}#days")
    try:
        typed = typed_days(request.GET)
    except Invalid:
        return render(request, "meetings/days/dues.html", {"no_day": True})
    opened = opened_by(request, found)
    today = office_date(request.now)
    known = known_days(typed, found.title, today)
    rows = rows_of(opened.items, known, Unsent({}, {}), today)
    context: dict[str, Any] = {"rows": rows}
    if opened.current:
        context |= {"row": opened.current, **typed_samples(request, opened.current, typed)}
    return render(request, "meetings/days/dues.html", context)

"""Pages: the book, the intake, one event, the year's figures."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.desks.information import rules
from luoshi.desks.information.domain.queries import figures as numbers
from luoshi.desks.information.domain.queries.lines import above
from luoshi.desks.information.domain.queries.listing import ORDER, SHOWN, Filters, counts, events
from luoshi.desks.information.domain.urgent.ending import past_office
from luoshi.desks.information.domain.urgent.finding import BY_HAND
from luoshi.desks.information.domain.urgent.merging import alike
from luoshi.desks.information.domain.urgent.taking_in import take_in
from luoshi.desks.information.enums import EventState, Fault, Grade, Kind, Nature, Step
from luoshi.desks.information.models import Event, EventReport
from luoshi.desks.information.web import showing
from luoshi.desks.information.web.forms import TAKEN, taken_of
from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, NotVisible
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.time import office_date, office_zone
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import typed
from luoshi.foundation.core.web.typed_texts import typed_texts
from luoshi.foundation.organizations.domain.queries.holders import leaders_over
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.matters import rules as matter_rules
from luoshi.supervision.matters.domain.queries.burden import added
from luoshi.supervision.matters.domain.queries.showing import history_of
from luoshi.supervision.matters.models import Matter
from luoshi.supervision.rulebook.enums import Regime

YEARS = 3
FORMS = {  # the forms of the page, and what says whether they are offered
    "calls": "may_tell",
    "reports": "may_report",
    "findings": "may_find",
    "instructions": "may_instruct",
}


def an_event(request: OfficeRequest, pk: UUID) -> Event:
    """The event in the reader's sight."""
    rows = Event.objects.visible_to(request.actor).select_related("office", "merged_into")
    found: Event | None = rows.filter(pk=pk).first()
    if found is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    return found


@require_safe
def index(request: OfficeRequest) -> HttpResponse:
    """The office's book, the newest event first."""
    ensure(rules.may_see_events(request.actor))
    filters, at = Filters.of(request.GET), request.now
    rows = events(request.actor, filters, at)
    found = page(rows, order=ORDER, cursor=request.GET.get("cursor", ""))
    showing.dress(found.rows, at)
    found_in = counts(request.actor, filters, at)
    this_year = office_date(at).year
    context = {
        "page": found,
        "filters": filters,
        "tabs": [(key, label, found_in[key]) for key, label in SHOWN.items()],
        "total": found_in["all"],
        "grades": Grade.choices,
        "years": range(this_year, this_year - YEARS, -1),
        "may_take_in": bool(rules.may_take_in(request.actor)),
        "may_set": bool(rules.may_set_limits(request.actor)),
    }
    return render(request, "information/urgent/events.html", context)


@require_http_methods(["GET", "POST"])
def new(request: OfficeRequest) -> HttpResponse:
    """Take an event in: four facts, everything on one screen."""
    ensure(rules.may_take_in(request.actor))
    refusal = None
    if request.method == "POST":
        try:
            facts, call = taken_of(request.POST, request.now, request.actor.unit_id)

            def act() -> str:
                made = take_in(facts, call=call, actor=request.actor, at=request.now)
                return reverse("information:event", args=[made.pk])

            return act_once(request, "information:new", act)
        except Invalid as found:
            refusal = found
    to, direct = above(Unit.objects.get(pk=request.actor.unit_id))
    context = choices() | {
        "refusal": refusal,
        "values": typed(request.POST, TAKEN),
        "to": to,
        "direct": direct,
    }
    return render(request, "information/urgent/new.html", context, status=422 if refusal else 200)


def choices() -> dict[str, Any]:
    """The lists of the forms."""
    return {"kinds": Kind.choices, "grades": Grade.choices, "natures": Nature.choices}


@require_safe
def show(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """One event: whose turn, its clock, its way, what was written."""
    return shown(request, an_event(request, pk))


@require_safe
def of_matter(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """From a matter to the event it came from, for those who see both."""
    matters = Matter.objects.visible_to(request.actor).filter(pk=pk)
    rows = Event.objects.visible_to(request.actor).filter(instructions__matter__in=matters)
    found = rows.first()
    if found is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    return redirect("information:event", found.pk)


def shown(request: OfficeRequest, row: Event, refusal: Any = None, form: str = "") -> HttpResponse:
    """The event's page, with what was refused in one of its forms."""
    actor, at = request.actor, request.now
    passages = list(row.passages.order_by("at", "way"))
    reports = list(row.reports.order_by("at", "number"))
    own = [one for one in reports if one.unit_code == row.office.code]
    may_merge, may_tell = bool(rules.may_merge(actor, row)), bool(rules.may_tell(actor, row))
    past, levels = past_office(row), showing.levels_of(passages)
    context = {
        "row": row,
        "clock": showing.clock(row, at, get_language() or "zh-hans"),
        "legs": [*showing.legs(row, passages, levels, at), *showing.days(row, own, at)],
        "passages": passages,
        "reports": reports,
        "past": past,
        "steps": steps(row, bool(own)),
        "draft": drafted(row, own, [one for one in reports if one not in own]),
        "findings": list(row.findings.order_by("found_at", "fault", "leg")),
        "instructed": list(row.instructions.select_related("matter").order_by("noted_at")),
        "alike": alike(row) if may_merge and row.state == EventState.OPEN else [],
        "merged": list(row.merged.order_by("number")),
        "history": history_of("information.event", row.pk),
        "may_tell": may_tell and bool(row.above_code),
        "may_report": may_tell and not past,
        "may_correct": bool(rules.may_correct(actor, row)),
        "may_merge": may_merge,
        "may_find": bool(rules.may_find(actor, row)),
        "may_register": bool(matter_rules.may_draft(actor)),
        "may_instruct": bool(rules.may_instruct(actor, row)),
        "load": load_of(row, office_date(at)) if rules.may_instruct(actor, row) else None,
        "faults": [(one.value, one.label) for one in Fault if one in BY_HAND],
        "leaders": leaders(request),
        "refusal": refusal,
        "form": form,
        "values": request.POST if refusal else {},
        **showing.way(row, passages, levels, copy=bool(past)),
    }
    offered = context.get(FORMS.get(form, ""), False)
    context["typed"] = typed_texts(request) if refusal and not offered else ()
    status = refusal.status if refusal else 200
    return render(request, "information/urgent/event.html", context, status=status)


def load_of(row: Event, on: date) -> dict[str, Any]:
    """What a leader's words on it would ask of each unit (B6)."""
    matter = Matter(
        office_id=row.office_id,
        regime=Regime.INSTRUCTION,
        urgent=True,
        urgent_amount=1,
        urgent_unit="hours",
        urgent_basis=row.number,
        end_on=on,
    )
    return added(matter, [], on)


def steps(row: Event, begun: bool) -> list[tuple[str, Any]]:
    """The reports that can be sent now; where nobody is above, the one that ends it."""
    if not row.above_code:
        return [(Step.FINAL.value, Step.FINAL.label)]
    if not begun:
        return [(Step.FIRST.value, Step.FIRST.label)]
    later = [Step.UPDATE, *([Step.DAILY] if row.daily else []), Step.FINAL]
    return [(one.value, one.label) for one in later]


def drafted(row: Event, own: list[EventReport], came: list[EventReport]) -> str:
    """What the form offers: what the level below wrote last, unless it went on already, or the
    facts as a first report."""
    if came and all(came[-1].text != one.text for one in own):
        return came[-1].text
    if own or not row.above_code:
        return ""
    local = row.happened_at.astimezone(office_zone())
    parts = [f"{local:%-m月%-d日%-H时%-M分}许，{row.place}{row.title}。"]
    told = (("伤亡情况", row.casualties), ("损失情况", row.losses), ("发展趋势", row.trend))
    parts += [f"{head}：{words.rstrip('。')}。" for head, words in told if words]
    if row.measures:
        parts.append(f"已采取措施：{row.measures.rstrip('。')}。")
    if row.leaders:
        parts.append(f"现场负责人：{row.leaders}。")
    parts.append("后续情况续报。")
    return "".join(parts)


def leaders(request: OfficeRequest) -> list[tuple[UUID, str]]:
    """Leaders as choices; a leader's own words need none."""
    if request.actor.role == Role.LEADER:
        return []
    rows = leaders_over(request.actor.unit_id, office_date(request.now))
    return [(row.person_id, f"{row.person.full_name} {row.post.title}") for row in rows]


@require_safe
def figures(request: OfficeRequest) -> HttpResponse:
    """How fast a year's events were reported, by the unit that knew first."""
    ensure(rules.may_see_events(request.actor))
    this_year = office_date(request.now).year
    given = request.GET.get("year", "")
    year = int(given) if given in map(str, range(this_year - YEARS, this_year + 1)) else this_year
    lines = numbers.by_unit(request.actor, year)
    names = ("events", "late", "missing", "false", "concealed")
    total = {name: sum(line[name] for line in lines) for name in names}
    years = range(this_year, this_year - YEARS, -1)
    context = {"lines": lines, "total": total, "year": year, "years": years}
    return render(request, "information/urgent/figures.html", context)

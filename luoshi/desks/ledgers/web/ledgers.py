"""Pages: imports, upload, one import with its rows, and the acts on it."""

from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.desks.ledgers import rules
from luoshi.desks.ledgers.domain import correcting, writing
from luoshi.desks.ledgers.domain.assigning import ask_to_assign, waiting
from luoshi.desks.ledgers.domain.loading import load_of
from luoshi.desks.ledgers.domain.undoing import undo
from luoshi.desks.ledgers.domain.uploading import upload
from luoshi.desks.ledgers.enums import IN_FORCE, RUNNING, Field, Reason, Verdict
from luoshi.desks.ledgers.models import Ledger, LedgerRow
from luoshi.desks.ledgers.tasks import wake
from luoshi.desks.ledgers.web.forms import fields_of, terms_of, values_of
from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, NotVisible, Refused
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import whole
from luoshi.supervision.matters.domain.queries.fetching import visible
from luoshi.supervision.rulebook.enums import Regime

TABS = (*Verdict.values, "skipped", "noted")
NOTED = ~Q(note="")


def address(ledger: Ledger) -> str:
    """The import's page."""
    return reverse("ledgers:ledger", args=[ledger.pk])


def a_ledger(request: OfficeRequest, pk: UUID) -> Ledger:
    """The import in the reader's sight."""
    found: Ledger = visible(Ledger.objects.select_related("attachment"), request.actor, pk)
    return found


@require_safe
def index(request: OfficeRequest) -> HttpResponse:
    """The office's imports, newest first."""
    ensure(rules.may_upload(request.actor))
    rows = Ledger.objects.visible_to(request.actor)
    found = page(rows, order=("-uploaded_at", "id"), cursor=request.GET.get("cursor", ""))
    return render(request, "ledgers/ledgers.html", {"page": found})


@require_http_methods(["GET", "POST"])
def new(request: OfficeRequest) -> HttpResponse:
    """Upload a ledger."""
    ensure(rules.may_upload(request.actor))
    refusal = None
    if request.method == "POST":
        try:
            return receive(request)
        except Invalid as found:
            refusal = found
    context = {"refusal": refusal, "values": request.POST}
    return render(request, "ledgers/upload.html", context, status=422 if refusal else 200)


def receive(request: OfficeRequest) -> HttpResponse:
    """One upload form."""
    given = request.FILES.get("file")
    if given is None:
        raise Invalid(_("Not uploaded."), {"file": [_("Choose a file first.")]})
    raw = request.POST.get("year", "").strip()
    year = whole(raw, "year") if raw else None

    def act() -> str:
        made = upload(
            given.file,  # type: ignore[arg-type]
            name=given.name or "",
            year=year,
            actor=request.actor,
            at=request.now,
        )
        return address(made)

    return act_once(request, "ledgers:new", act)


@require_safe
def show(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """One import: its columns, its rows by what the check says, its next act."""
    return shown(request, a_ledger(request, pk))


def shown(
    request: OfficeRequest, ledger: Ledger, refusal: Invalid | Refused | None = None
) -> HttpResponse:
    """The page, with what was refused on it."""
    counts = counted(ledger)
    first = "wrong" if counts["wrong"] and ledger.state == "checked" else "new"
    tab = request.GET.get("show", first)
    rows = tab_rows(ledger, tab if tab in TABS else first)
    found = page(rows, order=("place",), cursor=request.GET.get("cursor", ""), size=30)
    for row in found.rows:
        row.ledger = ledger
        dress(row)
    actor = request.actor
    may_assign = bool(rules.may_assign(actor, ledger))
    context = {
        "ledger": ledger,
        "page": found,
        "counts": counts,
        "show": tab,
        "refusal": refusal,
        "columns": columns_of(ledger),
        "fields": Field.choices,
        "regimes": Regime.choices,
        "terms": request.POST if refusal else ledger,
        "running": ledger.state in RUNNING,
        "written": ledger.state in IN_FORCE,
        "waiting": waiting(ledger).count() if ledger.state in IN_FORCE else 0,
        "load": load_of(ledger, office_date(request.now)) if may_assign else None,
        "may": {
            "correct": bool(rules.may_correct(actor, ledger)),
            "assign": may_assign,
            "undo": bool(rules.may_undo(actor, ledger)),
        },
    }
    return render(request, "ledgers/ledger.html", context, status=422 if refusal else 200)


def counted(ledger: Ledger) -> dict[str, int]:
    """How many rows each tab opens; one query."""
    kept = Q(skipped=False)
    found: dict[str, int] = LedgerRow.objects.filter(ledger=ledger).aggregate(
        total=Count("pk"),
        left=Count("pk", filter=Q(skipped=True)),
        noted=Count("pk", filter=NOTED),
        done=Count("pk", filter=kept & Q(read__done=True)),
        words=Count("pk", filter=kept & Q(read__day=None) & ~Q(read__limit="")),
        **{one: Count("pk", filter=kept & Q(verdict=one)) for one in Verdict.values},
    )
    return found | {"skipped": found.pop("left")}


def tab_rows(ledger: Ledger, tab: str) -> Any:
    """The rows of one tab."""
    rows = LedgerRow.objects.filter(ledger=ledger).select_related("matter").defer("matter__search")
    if tab == "skipped":
        return rows.filter(skipped=True)
    if tab == "noted":
        return rows.filter(NOTED)
    return rows.filter(verdict=tab, skipped=False)


def columns_of(ledger: Ledger) -> list[dict[str, Any]]:
    """The headings with what each holds."""
    fields = {column: field for field, column in ledger.matched.items()}
    return [
        {"place": place, "heading": heading, "field": fields.get(place, "")}
        for place, heading in enumerate(ledger.columns)
    ]


def dress(row: LedgerRow) -> None:
    """The words of a row: its faults, its changes, the fields to correct."""
    labels: dict[str, Any] = {one.value: one.label for one in Reason}
    names: dict[str, Any] = {one.value: one.label for one in Field}
    row.faults = [  # type: ignore[attr-defined]
        {**one, "word": labels[one["reason"]], "name": names[one["field"]]} for one in row.errors
    ]
    row.differences = [  # type: ignore[attr-defined]
        (names[name], before, after) for name, before, after in row.changes
    ]
    wrong = [one["field"] for one in row.errors]
    row.fields = [  # type: ignore[attr-defined]
        {"key": name, "name": names[name], "value": row.cell(name)}
        for name in Field.values
        if name in wrong
    ]


@require_POST
def matching(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Say what each column holds."""
    ledger = a_ledger(request, pk)
    try:
        correcting.match_columns(
            ledger=ledger,
            fields=fields_of(request.POST, ledger),
            actor=request.actor,
            at=request.now,
        )
    except Invalid as refusal:
        return shown(request, ledger, refusal)
    return redirect(address(ledger))


@require_POST
def row(request: OfficeRequest, pk: UUID, place: int) -> HttpResponse:
    """Correct one row in place, leave it out, or take it in again."""
    ledger = a_ledger(request, pk)
    if not LedgerRow.objects.filter(ledger=ledger, place=place).exists():
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    act = request.POST.get("act", "")
    if act in {"skip", "take"}:
        correcting.skip_rows(
            ledger=ledger,
            places=[place],
            skipped=act == "skip",
            actor=request.actor,
            at=request.now,
        )
    else:
        correcting.correct_row(
            ledger=ledger,
            place=place,
            values=values_of(request.POST),
            actor=request.actor,
            at=request.now,
        )
    return redirect(address(ledger))


@require_POST
def skipping(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Leave every wrong row out."""
    ledger = a_ledger(request, pk)
    correcting.skip_rows(
        ledger=ledger, places=None, skipped=True, actor=request.actor, at=request.now
    )
    return redirect(address(ledger))


@require_POST
def confirmation(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Take the rows over: at once, or by the worker where there are many."""
    ledger = a_ledger(request, pk)

    def act() -> str:
        done = writing.confirm(
            ledger=ledger, terms=terms_of(request.POST), actor=request.actor, at=request.now
        )
        if done.state in RUNNING:
            wake.defer()
        return address(ledger)

    try:
        return act_once(request, "ledgers:confirmation", act)
    except (Invalid, Refused) as refusal:
        return shown(request, ledger, refusal)


@require_POST
def assignment(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Assign what was taken over."""
    ledger = a_ledger(request, pk)
    done = ask_to_assign(ledger=ledger, actor=request.actor, at=request.now)
    if done.state in RUNNING:
        wake.defer()
    return redirect(address(ledger))


@require_POST
def undoing(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Take the whole import back."""
    ledger = a_ledger(request, pk)
    undo(ledger=ledger, actor=request.actor, at=request.now)
    return redirect(address(ledger))

"""The first four of six steps on an empty site; whoever holds the one-time code takes them."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from luoshi.foundation.accounts.domain.throttling import count_use
from luoshi.foundation.accounts.models import Installation, User
from luoshi.foundation.core.refusals import Invalid, NotVisible
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.organizations.domain.workbooks import (
    forget_workbook,
    keep_workbook,
    kept_workbook,
)
from luoshi.foundation.organizations.models import Unit
from luoshi.site.domain import installing

TRIES_A_MINUTE = 10
OPENED = "installing"


@login_not_required
@require_http_methods(["GET", "POST"])
def setup(request: OfficeRequest) -> HttpResponse:
    """The step that is due; not found once the site is set up."""
    finished = Installation.objects.exclude(finished_at=None).exists()
    if finished and request.session.get(OPENED):
        request.session.flush()
        return shown(request, "done")
    if installing.open_installation() is None:
        raise NotVisible(_("This site has been set up already."), code="set-up")
    step = due(request)
    if request.method != "POST":
        return shown(request, step)
    try:
        return ACTS[step](request)
    except Invalid as refusal:
        return shown(request, step, refusal=refusal)


def due(request: OfficeRequest) -> str:
    """Which step comes now, from the facts."""
    if not request.session.get(OPENED):
        return "code"
    if not User.objects.exists():
        return "officers"
    return "calendar" if Unit.objects.exists() else "units"


def shown(request: OfficeRequest, step: str, **more: Any) -> HttpResponse:
    """The page of a step, with the list of all six."""
    year = office_date(request.now).year
    editions = current_calendar().editions
    years = [{"year": each, "edition": editions.get(each)} for each in (year, year + 1)]
    context = {
        "step": step,
        "steps": installing.steps(office_date(request.now)),
        "template": f"site/setup/{step}.html",
        "values": request.POST,
        "years": years,
        **more,
    }
    status = 422 if more.get("refusal") else 200
    return render(request, "site/setup.html", context, status=status)


def take_code(request: OfficeRequest) -> HttpResponse:
    """Step 1."""
    where = request.META.get("REMOTE_ADDR", "")
    count_use("setup", where, limit=TRIES_A_MINUTE, at=request.now)
    installing.check_code(request.POST.get("code", "")[:100], at=request.now)
    request.session.cycle_key()
    request.session[OPENED] = True
    return redirect("site:setup")


def take_officers(request: OfficeRequest) -> HttpResponse:
    """Step 2; the two passwords are shown this once."""
    officers = [
        installing.Officer(
            request.POST.get(f"full_name_{number}", ""), request.POST.get(f"username_{number}", "")
        )
        for number in (1, 2)
    ]
    made = installing.add_officers(officers=officers, at=request.now)
    return shown(request, "passwords", made=made)


def take_units(request: OfficeRequest) -> HttpResponse:
    """Step 3: preview, then write."""
    if request.POST.get("act") != "confirm":
        name, preview = keep_workbook(request.FILES.get("file"))
        request.session["import"] = name
        return shown(request, "units", preview=preview)
    installing.add_units(
        preview=kept_workbook(request.session.get("import", "")),
        office=request.POST.get("office", "")[:100],
        officer_registers=bool(request.POST.get("officer_registers")),
        at=request.now,
    )
    forget_workbook(request.session.pop("import"))
    return redirect("site:setup")


def take_calendar(request: OfficeRequest) -> HttpResponse:
    """Step 4; the code is spent."""
    installing.confirm_calendar(at=request.now)
    return redirect("site:setup")


ACTS = {
    "code": take_code,
    "officers": take_officers,
    "units": take_units,
    "calendar": take_calendar,
}

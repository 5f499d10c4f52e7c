"""Units merged into their successors: what was merged, and the form."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations import rules
from luoshi.foundation.organizations.domain.merging import merge_unit
from luoshi.foundation.organizations.models import UnitMerger
from luoshi.foundation.organizations.web.relations import named


@require_http_methods(["GET", "POST"])
def mergers(request: OfficeRequest) -> HttpResponse:
    """The mergers, the latest first, and a new one."""
    ensure(rules.may_change_units(request.actor))
    refusal = None
    if request.method == "POST":
        try:
            return merge(request)
        except Invalid as found:
            refusal = found
    rows = UnitMerger.objects.select_related("unit", "into")
    context = {
        "page": page(rows, order=("-merged_at", "pk"), cursor=request.GET.get("cursor", "")),
        "refusal": refusal,
        "values": request.POST,
    }
    return render(request, "organizations/mergers.html", context, status=422 if refusal else 200)


def merge(request: OfficeRequest) -> HttpResponse:
    """Merge the two units that were typed, once per form."""
    unit, into = named(request.POST, "unit"), named(request.POST, "into")
    if unit is None or into is None:
        pairs = (("unit", unit), ("into", into))
        errors = {name: [_("No unit has this name.")] for name, found in pairs if found is None}
        raise Invalid(_("Unit not merged."), errors)

    def act() -> str:
        basis = request.POST.get("basis", "")
        merge_unit(unit=unit, into=into, basis=basis, actor=request.actor, at=request.now)
        return reverse("organizations:mergers")

    return act_once(request, "organizations:mergers", act)

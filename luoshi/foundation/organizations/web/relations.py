"""What one unit may ask of another: look up, override with a basis, undo that."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations import rules
from luoshi.foundation.organizations.domain.queries.names import unit_by_name
from luoshi.foundation.organizations.domain.queries.relations import relation
from luoshi.foundation.organizations.domain.relating import relate, unrelate
from luoshi.foundation.organizations.enums import Relation
from luoshi.foundation.organizations.models import AuthorityOverride, Unit


@require_http_methods(["GET", "POST"])
def relations(request: OfficeRequest) -> HttpResponse:
    """The overrides by pinyin of the upper unit, and the relation between two typed units."""
    ensure(rules.may_change_units(request.actor))
    refusal = None
    if request.method == "POST":
        try:
            act(request)
            return redirect("organizations:relations")
        except Invalid as found:
            refusal = found
    rows = AuthorityOverride.objects.select_related("upper", "lower")
    order = ("upper__sort_key", "lower__sort_key", "pk")
    context = {
        "page": page(rows, order=order, cursor=request.GET.get("cursor", "")),
        "relations": Relation.choices,
        "refusal": refusal,
        "values": request.POST if refusal else request.GET,
        "asked": asked(request),
    }
    status = 422 if refusal else 200
    return render(request, "organizations/relations.html", context, status=status)


def act(request: OfficeRequest) -> None:
    """Set an override, or remove one."""
    if request.POST.get("remove"):
        rows = AuthorityOverride.objects.select_related("upper", "lower")
        known = [row for row in rows if str(row.pk) == request.POST["remove"]]
        if known:
            unrelate(override=known[0], actor=request.actor, at=request.now)
        return
    upper, lower = named(request.POST, "upper"), named(request.POST, "lower")
    pairs = (("upper", upper), ("lower", lower))
    errors = {name: [_("No unit has this name.")] for name, unit in pairs if unit is None}
    if upper is None or lower is None:
        raise Invalid(_("Not saved."), errors)
    relate(
        upper=upper,
        lower=lower,
        relation=request.POST.get("relation", ""),
        basis=request.POST.get("basis", ""),
        actor=request.actor,
        at=request.now,
    )


def named(values: Any, name: str) -> Unit | None:
    """The unit typed into a field."""
    text = values.get(name, "").strip()[:100].replace("\x00", "")
    return unit_by_name(text) if text else None


def asked(request: OfficeRequest) -> dict[str, Any] | None:
    """The relation in force between the two units of the question, if both are known."""
    upper, lower = named(request.GET, "upper"), named(request.GET, "lower")
    if upper is None or lower is None:
        return None
    return {"upper": upper, "lower": lower, "relation": relation(upper, lower).label}

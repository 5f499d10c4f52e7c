"""Leaders in charge: who is named for which unit and matter, the form to name one, all that was
said."""

from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import a_key, needed_date, text, typed
from luoshi.foundation.organizations.domain.queries.holders import leaders_over
from luoshi.supervision.chasing import rules
from luoshi.supervision.chasing.domain.naming import Charge, charge_from, name_leader
from luoshi.supervision.chasing.domain.queries.charges import said, standing

TYPED = ("unit", "matter", "leader", "from_on", "basis")
ORDER = ("-named_at", "id")


@require_http_methods(["GET", "POST"])
def leaders(request: OfficeRequest) -> HttpResponse:
    """GET: the leaders in force, or (`show=all`) all that was said. POST names one."""
    actor = request.actor
    ensure(rules.may_see_nudges(actor))
    office, refusal = actor.unit_id or UUID(int=0), None
    if request.method == "POST":
        ensure(rules.may_name_leader(actor, office))
        try:
            charge = charge_of(request.POST, office)
            name_leader(office_id=office, charge=charge, actor=actor, at=request.now)
            return redirect("chasing:leaders")
        except Invalid as found:
            refusal = found
    every = request.GET.get("show") == "all"
    rows = said(office) if every else standing(office, request.now)
    today = office_date(request.now)
    values = typed(request.POST if refusal else request.GET, TYPED)
    context = {
        "page": page(rows, order=ORDER, cursor=request.GET.get("cursor", "")),
        "every": every,
        "refusal": refusal,
        "values": values | {"from_on": values["from_on"] or today.isoformat()},
        "choices": choices(office, request) if rules.decides(actor, office) else [],
        "may_name": rules.decides(actor, office),
    }
    return render(request, "chasing/leaders.html", context, status=422 if refusal else 200)


def choices(office: UUID, request: OfficeRequest) -> list[tuple[str, str]]:
    """Nobody, and the leaders here and above, each once."""
    rows = leaders_over(office, office_date(request.now)).filter(delegated_from=None)
    people = {
        str(row.person_id): f"{row.person.full_name} · {row.post.unit} {row.post.title}"
        for row in rows
    }
    return [("", str(_("Nobody"))), *people.items()]


def charge_of(post: QueryDict, office: UUID) -> Charge:
    """The typed form; anything else than a key of the list names no leader."""
    leader = text(post, "leader").strip()
    person = a_key(leader)
    if leader and person is None:
        raise Invalid(_("Not named."), {"leader": [_("Choose one of the listed values.")]})
    return charge_from(
        office_id=office,
        unit=text(post, "unit"),
        number=text(post, "matter"),
        person_id=person,
        from_on=needed_date(text(post, "from_on"), "from_on"),
        basis=text(post, "basis"),
    )

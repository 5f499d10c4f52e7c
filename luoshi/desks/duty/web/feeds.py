"""One's own duties as a calendar address; what a calendar program is answered."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.desks.duty import rules
from luoshi.desks.duty.domain.queries.finding import a_person, own
from luoshi.desks.duty.domain.watch.feeding import calendar_of, end_feed, feed_of, make_feed
from luoshi.desks.duty.models import DutyPerson
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import NotVisible
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest

MOST = 64


@require_http_methods(["GET", "POST"])
def address(request: OfficeRequest) -> HttpResponse:
    """Make, show once, or end the reader's own address."""
    ensure(rules.may_see(request.actor))
    listed = Q(ends_on=None) | Q(ends_on__gte=office_date(request.now))
    rows = own(DutyPerson, request).filter(listed, account_id=request.user.pk)
    mine = rows.order_by("-starts_on").first()
    if mine is None:
        raise NotVisible(_("You are not on the list of duty of this office."), code="not-visible")
    secret = ""
    if request.method == "POST":
        if request.POST.get("act") == "end":
            end_feed(mine, actor=request.actor, at=request.now)
            return redirect("duty:feed-address")
        secret = make_feed(mine, actor=request.actor, at=request.now)
    has = mine.feeds.filter(ended_at=None).exists()
    url = request.build_absolute_uri(f"/duty/feed/{secret}.ics") if secret else ""
    return render(request, "duty/people/feed.html", {"person": mine, "has": has, "url": url})


@require_POST
def ending(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Who keeps the list ends somebody's address."""
    row = a_person(request, pk)
    end_feed(row, actor=request.actor, at=request.now)
    return redirect("duty:person", row.pk)


@login_not_required
@require_safe
def feed(request: OfficeRequest, secret: str) -> HttpResponse:
    """The calendar of whoever the secret belongs to; anything else is not found."""
    found = feed_of(secret, request.now) if len(secret) <= MOST else None
    if found is None:
        raise Http404
    answer = HttpResponse(
        calendar_of(found, request.now), content_type="text/calendar; charset=utf-8"
    )
    answer["Cache-Control"] = "private, no-store"
    return answer

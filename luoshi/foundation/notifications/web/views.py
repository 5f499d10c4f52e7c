"""The inbox."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.notifications.domain.marking import inbox as notices
from luoshi.foundation.notifications.domain.marking import mark_read, week_start


@require_http_methods(["GET", "POST"])
def inbox(request: OfficeRequest) -> HttpResponse:
    """One's own notices, newest first (`week`: this week's); POST marks them read."""
    if request.method == "POST":
        mark_read(person_id=request.user.pk, notice_id=None, at=request.now)
        return redirect("notifications:inbox")
    rows = notices(request.user.pk, request.now)
    if request.GET.get("week"):
        rows = rows.filter(deliver_at__gte=week_start(request.now))
    found = page(rows, order=("-deliver_at", "id"), cursor=request.GET.get("cursor", ""))
    return render(request, "notifications/inbox.html", {"page": found})

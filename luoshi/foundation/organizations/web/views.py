"""Switch the post one acts in."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from luoshi.foundation.core.web.requests import OfficeRequest


@require_POST
def switch(request: OfficeRequest) -> HttpResponse:
    """Act in another of one's own current posts; anything else is ignored."""
    wanted = request.POST.get("appointment", "")
    if any(str(post.pk) == wanted for post in request.posts):
        request.session["appointment"] = wanted
    return redirect("/")

"""Switch the post one acts in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST


@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Act in another of one's own current posts; anything else is ignored."""
    wanted = request.POST.get("appointment", "")
    if any(str(post.pk) == wanted for post in request.posts):
        request.session["appointment"] = wanted
    return redirect("/")

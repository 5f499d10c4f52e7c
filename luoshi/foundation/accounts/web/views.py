"""Password, preferences, open sessions, language."""

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from luoshi.foundation.accounts.domain.passwords import change
from luoshi.foundation.accounts.domain.preferring import prefer
from luoshi.foundation.accounts.domain.sessions import end_own
from luoshi.foundation.accounts.domain.signing_in import person
from luoshi.foundation.accounts.models import SignIn
from luoshi.foundation.accounts.passwords import profile
from luoshi.foundation.accounts.web.middleware import COOKIE, LANGUAGES
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.web.requests import OfficeRequest


@require_http_methods(["GET", "POST"])
def password(request: OfficeRequest) -> HttpResponse:
    """Change one's own password; the other sessions end."""
    refusal = None
    if request.method == "POST":
        try:
            change(
                user=request.user,
                old=request.POST.get("old", ""),
                new=request.POST.get("new", ""),
                actor=person(request.user),
                at=request.now,
                session_key=request.session.session_key or "",
            )
        except Invalid as found:
            refusal = found
        else:
            update_session_auth_hash(request, request.user)
            request.session.pop("noted", None)  # its key is new
            return redirect("/")
    context = {
        "refusal": refusal,
        "handed_out": request.user.must_change_password,
        "rules": profile().help,
    }
    return render(request, "accounts/password.html", context, status=422 if refusal else 200)


@require_http_methods(["GET", "POST"])
def preferences(request: OfficeRequest) -> HttpResponse:
    """Language, appearance, single keys."""
    if request.method == "POST":
        prefer(
            user=request.user,
            language=request.POST.get("language", ""),
            theme=request.POST.get("theme", "auto"),
            single_keys=bool(request.POST.get("single_keys")),
        )
        return redirect("accounts:preferences")
    return render(request, "accounts/preferences.html")


@require_http_methods(["GET", "POST"])
def sessions(request: OfficeRequest) -> HttpResponse:
    """One's own open sessions; any other one can be ended."""
    if request.method == "POST":
        end_own(
            user=request.user,
            session_key=request.POST.get("session", "")[:40],
            actor=person(request.user),
            at=request.now,
        )
        return redirect("accounts:sessions")
    rows = SignIn.objects.filter(user=request.user)
    context = {"rows": rows, "this": request.session.session_key}
    return render(request, "accounts/sessions.html", context)


@login_not_required
@require_POST
def language(request: OfficeRequest) -> HttpResponse:
    """Choose the language of the sign-in page on this device."""
    response = redirect("accounts:sign-in")
    wanted = request.POST.get("language", "")
    if wanted in LANGUAGES:
        response.set_cookie(COOKIE, wanted, max_age=31536000, samesite="Lax", httponly=True)
    return response

"""Sign-in, sign-out, password, preferences."""

from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from luoshi.foundation.accounts.domain.passwords import change, expired
from luoshi.foundation.accounts.domain.preferring import prefer
from luoshi.foundation.accounts.domain.sessions import end_own
from luoshi.foundation.accounts.domain.signing_in import signed_in, signed_out
from luoshi.foundation.accounts.models import SignIn
from luoshi.foundation.accounts.web.middleware import COOKIE, LANGUAGES
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.web.requests import OfficeRequest


@login_not_required
@require_http_methods(["GET", "POST"])
def sign_in(request: OfficeRequest) -> HttpResponse:
    """The door. The answer is the same for a wrong name and a wrong password."""
    refusal = None
    if request.method == "POST":
        name, word = request.POST.get("username", "")[:40], request.POST.get("password", "")[:128]
        user = authenticate(request, username=name, password=word)
        if user is not None and expired(user, timezone.now()):
            refusal = Invalid(
                _("Not signed in: the handed-out password has expired."),
                {"username": [_("It is good for 24 hours. Ask the security administrator.")]},
            )
        elif user is not None:
            login(request, user)
            request.session["began"] = request.now.isoformat()
            signed_in(user=user, address=request.META.get("REMOTE_ADDR", ""), at=request.now)
            target = request.POST.get("next", "")
            safe = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
            return redirect(target if safe and target else "/")
        elif getattr(request, "axes_locked_out", False):
            refusal = Invalid(
                _("Not signed in: too many wrong tries."),
                {"username": [_("Wait 30 minutes, or ask the security administrator.")]},
            )
        else:
            refusal = Invalid(
                _("Not signed in."), {"username": [_("User name or password is not right.")]}
            )
    status = 422 if refusal else 200
    context = {"refusal": refusal, "next": request.GET.get("next", request.POST.get("next", ""))}
    return render(request, "accounts/sign_in.html", context, status=status)


@require_POST
def sign_out(request: OfficeRequest) -> HttpResponse:
    """End the session."""
    signed_out(user=request.user, at=request.now)
    logout(request)
    return redirect("accounts:sign-in")


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
                actor=own_actor(request),
                at=request.now,
                session_key=request.session.session_key or "",
            )
        except Invalid as found:
            refusal = found
        else:
            update_session_auth_hash(request, request.user)
            request.session.pop("noted", None)  # its key is new
            return redirect("/")
    context = {"refusal": refusal, "handed_out": request.user.must_change_password}
    return render(request, "accounts/password.html", context, status=422 if refusal else 200)


def own_actor(request: OfficeRequest) -> Actor:
    """The person as such, without any post."""
    user = request.user
    return Actor(
        kind="person", person_id=user.pk, person_name=user.full_name, username=user.username
    )


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
            actor=own_actor(request),
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

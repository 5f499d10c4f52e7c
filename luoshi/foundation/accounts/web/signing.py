"""The door: password, then the code of the second factor where one is enrolled; and the way out."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from luoshi.foundation.accounts.domain.passwords import expired
from luoshi.foundation.accounts.domain.signing_in import signed_in, signed_out
from luoshi.foundation.accounts.domain.throttling import count_use
from luoshi.foundation.accounts.models import User
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import a_path

WAITS = timedelta(minutes=5)
TRIES_A_MINUTE = 20


@login_not_required
@require_http_methods(["GET", "POST"])
def sign_in(request: OfficeRequest) -> HttpResponse:
    """One address, two steps. The answer is the same for a wrong name and a wrong password."""
    if request.method != "POST":
        return shown(request)
    if "code" in request.POST:
        return take_code(request)
    name, word = request.POST.get("username", "")[:40], request.POST.get("password", "")[:128]
    count_use("sign-in", name.lower(), limit=TRIES_A_MINUTE, at=timezone.now())
    user: Any = authenticate(request, username=name, password=word)
    target = request.POST.get("next", "")
    if user is None:
        return shown(request, refused(request, _("User name or password is not right.")))
    if expired(user, timezone.now()):
        return shown(
            request,
            Invalid(
                _("Not signed in: the handed-out password has expired."),
                {"username": [_("It is good for 24 hours. Ask the security administrator.")]},
            ),
        )
    if not user.factor_since:
        return enter(request, user, target)
    request.session.cycle_key()
    request.session["pending"] = [user.username, timezone.now().isoformat(), target]
    return shown(request)


def take_code(request: OfficeRequest) -> HttpResponse:
    """The second step, within five minutes of the first."""
    if waiting(request) is None:
        request.session.pop("pending", None)
        text = _("The password step has expired; begin again.")
        return shown(request, Invalid(_("Not signed in."), {"username": [text]}))
    name, _began, target = request.session["pending"]
    count_use("sign-in", name.lower(), limit=TRIES_A_MINUTE, at=timezone.now())
    user: Any = authenticate(request, username=name, code=request.POST["code"][:40])
    if user is None:
        return shown(request, refused(request, _("The code does not fit, or was used already.")))
    del request.session["pending"]
    return enter(request, user, target, factor=True)


def waiting(request: OfficeRequest) -> User | None:
    """Whose password was right less than five minutes ago in this browser."""
    pending = request.session.get("pending")
    if not pending or datetime.fromisoformat(pending[1]) + WAITS < timezone.now():
        return None
    return User.objects.filter(username=pending[0]).first()


def refused(request: OfficeRequest, why: str) -> Invalid:
    """The refusal of a wrong try; five of them lock the account for 30 minutes."""
    if getattr(request, "axes_locked_out", False):
        request.session.pop("pending", None)
        return Invalid(
            _("Not signed in: too many wrong tries."),
            {"username": [_("Wait 30 minutes, or ask the security administrator.")]},
        )
    return Invalid(_("Not signed in."), {"username": [why]})


def enter(request: OfficeRequest, user: User, target: str, *, factor: bool = False) -> HttpResponse:
    """Begin the session under a new key."""
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    request.session["began"] = request.now.isoformat()
    request.session["proved"] = timezone.now().isoformat()
    request.session["factor"] = factor
    signed_in(user=user, address=request.META.get("REMOTE_ADDR", ""), at=request.now)
    return redirect(a_path(target, "/"))


def shown(request: OfficeRequest, refusal: Invalid | None = None) -> HttpResponse:
    """The step that is due."""
    context = {
        "refusal": refusal,
        "next": request.GET.get("next", request.POST.get("next", "")),
        "second": request.method == "POST" and waiting(request) is not None,
    }
    locked = getattr(request, "axes_locked_out", False)
    status = 429 if locked else 422 if refusal else 200
    return render(request, "accounts/sign_in.html", context, status=status)


def lockout_page(_request: HttpRequest, shown_page: HttpResponse, _who: object) -> HttpResponse:
    """The answer to a locked account is the sign-in page itself, which says so and until when."""
    return shown_page


@require_POST
def sign_out(request: OfficeRequest) -> HttpResponse:
    """End the session."""
    signed_out(user=request.user, at=request.now)
    logout(request)
    return redirect("accounts:sign-in")

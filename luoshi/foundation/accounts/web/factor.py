"""Enrol one's second factor; confirm again who one is before a dangerous act."""

from typing import Any

import segno
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from luoshi.foundation.accounts import codes
from luoshi.foundation.accounts.domain.enrolling import begin_enrolment, confirm_enrolment
from luoshi.foundation.accounts.domain.proving import prove_again
from luoshi.foundation.accounts.domain.signing_in import person
from luoshi.foundation.accounts.domain.throttling import count_use
from luoshi.foundation.accounts.models import SecondFactor
from luoshi.foundation.core.refusals import Invalid, TooMany
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import a_path

TRIES_A_MINUTE = 5


@require_http_methods(["GET", "POST"])
def factor(request: OfficeRequest) -> HttpResponse:
    """State of one's factor; begin, then confirm with the first code; recovery codes shown once."""
    refusal: Invalid | TooMany | None = None
    made: list[str] = []
    user, actor = request.user, person(request.user)
    if request.method == "POST" and request.POST.get("act") == "begin":
        begin_enrolment(user=user, actor=actor, at=request.now)
        return redirect("accounts:factor")
    if request.method == "POST":
        count_use("code", user.pk, limit=TRIES_A_MINUTE, at=timezone.now())
        try:
            made = confirm_enrolment(
                user=user,
                code=request.POST.get("code", "")[:40],
                actor=actor,
                at=request.now,
                clock=timezone.now(),
                session_key=request.session.session_key or "",
            )
            request.session["factor"] = True
        except Invalid as found:
            refusal = found
    context = {"refusal": refusal, "codes": made, **setup(request)}
    return render(request, "accounts/factor.html", context, status=422 if refusal else 200)


def setup(request: OfficeRequest) -> dict[str, Any]:
    """The seed that waits for its first code, as picture and as text; how many codes are left."""
    user = request.user
    row = SecondFactor.objects.filter(user=user).first()
    seed = row.pending_seed if row else ""
    picture = segno.make(codes.address_of(seed, user.username), error="m") if seed else None
    return {
        "picture": picture.svg_data_uri(scale=5, light="white") if picture else "",
        "seed": " ".join(seed[start : start + 4] for start in range(0, len(seed), 4)),
        "left": user.recovery_codes.filter(used_at=None).count(),
        "required": request.access[1],
    }


@require_http_methods(["GET", "POST"])
def proof(request: OfficeRequest) -> HttpResponse:
    """Code, or password where no factor is enrolled; good for ten minutes (row 6)."""
    refusal = None
    target = request.GET.get("next", request.POST.get("next", ""))
    if request.method == "POST":
        count_use("code", request.user.pk, limit=TRIES_A_MINUTE, at=timezone.now())
        try:
            prove_again(
                user=request.user,
                password=request.POST.get("password", "")[:128],
                code=request.POST.get("code", "")[:40],
                actor=person(request.user),
                at=request.now,
                clock=timezone.now(),
            )
            request.session["proved"] = timezone.now().isoformat()
            return redirect(a_path(target, "/"))
        except Invalid as found:
            refusal = found
    context = {"refusal": refusal, "next": target}
    return render(request, "accounts/proof.html", context, status=422 if refusal else 200)

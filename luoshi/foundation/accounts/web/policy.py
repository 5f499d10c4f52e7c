"""The access policy: the security administrator's page."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from luoshi.foundation.accounts import rules
from luoshi.foundation.accounts.domain.policing import policy, set_policy
from luoshi.foundation.accounts.enums import FactorFrom, PasswordProfile
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.web.requests import OfficeRequest


@require_http_methods(["GET", "POST"])
def access_policy(request: OfficeRequest) -> HttpResponse:
    """Who needs a second factor; which password rules hold."""
    ensure(rules.may_set_policy(request.actor))
    refusal = None
    if request.method == "POST":
        try:
            set_policy(
                second_factor_from=request.POST.get("second_factor_from", ""),
                password_profile=request.POST.get("password_profile", ""),
                actor=request.actor,
                at=request.now,
            )
            return redirect("accounts:policy")
        except Invalid as found:
            refusal = found
    context = {
        "refusal": refusal,
        "policy": policy(),
        "levels": FactorFrom.choices,
        "profiles": PasswordProfile.choices,
    }
    return render(request, "accounts/policy.html", context, status=422 if refusal else 200)

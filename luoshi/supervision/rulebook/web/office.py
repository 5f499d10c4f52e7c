"""The office's own windows and numbers: shown to its people, changed by its secretary-general."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import a_key
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Post
from luoshi.supervision.rulebook import rules
from luoshi.supervision.rulebook.domain.queries.settings import settings_of
from luoshi.supervision.rulebook.domain.settling import may_settle, name_chief, settle
from luoshi.supervision.rulebook.web.forms import whole

WINDOWS = (
    "unsigned_workdays",
    "objection_workdays",
    "opinion_days",
    "document_days",
    "minutes_days",
)


@require_http_methods(["GET", "POST"])
def office(request: OfficeRequest) -> HttpResponse:
    """Read or change them; what is refused stands beside its field with what was typed."""
    ensure(rules.may_read_rules(request.actor))
    refusal = None
    if request.method == "POST":
        try:
            settle(
                office_id=request.actor.unit_id,
                values=values_of(request.POST),
                actor=request.actor,
                at=request.now,
            )
            name_chief(
                office_id=request.actor.unit_id,  # type: ignore[arg-type]
                post=chosen(request.POST.get("chief_post", "")),
                actor=request.actor,
                at=request.now,
            )
            return redirect(f"{reverse('rulebook:office')}?saved=1")
        except Invalid as wrong:
            refusal = wrong
    settings = settings_of(request.actor.unit_id)  # type: ignore[arg-type]
    names = ("number_prefix", *WINDOWS)
    context = {
        "settings": settings,
        "values": {name: given(request, settings, name, bool(refusal)) for name in names},
        "registers": settings.officer_registers,
        "posts": posts_of(request),
        "chief": str(settings.chief_post_id or ""),
        "chief_title": settings.chief_post,
        "may_settle": bool(may_settle(request.actor)),
        "saved": request.GET.get("saved") == "1",
        "refusal": refusal,
    }
    return render(request, "rulebook/office.html", context, status=422 if refusal else 200)


def given(request: OfficeRequest, settings: Any, name: str, refused: bool) -> str:
    """What the field shows: the typed text after a refusal, else what is stored."""
    return request.POST.get(name, "") if refused else str(getattr(settings, name))


def values_of(post: QueryDict) -> dict[str, Any]:
    """The form; what is no whole number is left to the range to refuse."""
    found: dict[str, Any] = {name: whole(post.get(name, "")) for name in WINDOWS}
    found["number_prefix"] = post.get("number_prefix", "").strip()
    found["officer_registers"] = "officer_registers" in post
    return found


def posts_of(request: OfficeRequest) -> list[tuple[str, str]]:
    """The posts that may lead the supervision section, and none."""
    rows = Post.objects.filter(unit_id=request.actor.unit_id, role=Role.SUPERVISION_OFFICER)
    none = ("", str(_("No section chief: the secretary-general alone decides")))
    return [none, *((str(row.pk), row.title) for row in rows.order_by("title"))]


def chosen(raw: str) -> Post | None:
    """The post of the form; nothing chosen is none."""
    key = a_key(raw)
    return Post.objects.filter(pk=key).first() if key else None

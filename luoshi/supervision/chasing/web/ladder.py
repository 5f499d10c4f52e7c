"""The office's ladder: the version in force, a change with its effect first, the history."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.supervision.chasing import rules
from luoshi.supervision.chasing.domain.laddering import (
    effect,
    faults,
    ladder_of,
    set_ladder,
)
from luoshi.supervision.chasing.enums import LADDER, Audience, Level, Step
from luoshi.supervision.chasing.models import LadderVersion


@require_http_methods(["GET", "POST"])
def ladder(request: OfficeRequest) -> HttpResponse:
    """GET: the ladder. POST act=preview: what would move. POST act=save: a new version."""
    actor, office = request.actor, request.actor.unit_id
    ensure(rules.may_see_nudges(actor))
    if office is None:
        return redirect("chasing:nudges")
    steps, refusal, seen = ladder_of(office), None, None
    if request.method == "POST":
        ensure(rules.may_set_ladder(actor, office))
        try:
            steps = steps_from(request.POST)
            if request.POST.get("act") == "save":
                reason = request.POST.get("reason", "")
                set_ladder(
                    office_id=office, steps=steps, reason=reason, actor=actor, at=request.now
                )
                return redirect("chasing:ladder")
            wrong = faults(steps)
            if wrong:
                raise Invalid(_("Not changed."), wrong)
            seen = effect(office_id=office, steps=steps, at=request.now)
        except Invalid as found:
            refusal = found
    context = {
        "steps": [shown(step) for step in steps],
        "audiences": Audience.choices,
        "refusal": refusal,
        "effect": seen,
        "reason": request.POST.get("reason", ""),
        "may_set": bool(rules.may_set_ladder(actor, office)),
        "versions": LadderVersion.objects.filter(office_id=office)[:20],
    }
    return render(request, "chasing/ladder.html", context, status=422 if refusal else 200)


def shown(step: Step) -> dict[str, Any]:
    """A step as the form shows it."""
    return {
        "level": step.level.value,
        "label": step.level.label,
        "workdays": step.workdays,
        "audiences": [who.value for who in step.audiences],
        "words": [str(who.label) for who in step.audiences],
        "word_zh": step.word_zh,
        "word_en": step.word_en,
    }


def steps_from(post: QueryDict) -> tuple[Step, ...]:
    """The form's five levels; a number that is none is named."""
    found, errors = [], {}
    for step in LADDER:
        key = step.level.value
        raw = post.get(f"workdays-{key}", "").strip()
        sign = raw.removeprefix("-")
        if not (sign.isascii() and sign.isdigit() and len(sign) < 4):
            errors[f"workdays-{key}"] = [_("Give a whole number.")]
            continue
        who = [one for one in post.getlist(f"audience-{key}") if one in Audience.values]
        found.append(
            Step(
                Level(key),
                int(raw),
                tuple(Audience(one) for one in who),
                post.get(f"word_zh-{key}", "").strip()[:12],
                post.get(f"word_en-{key}", "").strip()[:30],
            )
        )
    if errors:
        raise Invalid(_("Not changed."), errors)
    return tuple(found)

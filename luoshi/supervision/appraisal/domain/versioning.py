"""Scoring rules as versions (R-SUP-8): drafted, changed while unused, frozen by the first use."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Text
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.appraisal import rules
from luoshi.supervision.appraisal.domain.computing import weights_of
from luoshi.supervision.appraisal.domain.scoring import Weight, Weights
from luoshi.supervision.appraisal.enums import FactKind
from luoshi.supervision.appraisal.models import ScoringItem, ScoringVersion
from luoshi.supervision.matters.domain.transitions import locked

MOST = Decimal(1000)


def draft_version(
    *,
    title: str,
    basis: str,
    weights: Weights,
    actor: Actor,
    at: datetime,
    objection_workdays: int = 5,
) -> ScoringVersion:
    """Write the next version of the actor's office."""
    ensure(rules.may_work(actor))
    refuse_unusable(title, basis, weights, objection_workdays)
    with acting(actor=actor, at=at):
        office = locked(Unit.objects, actor.unit_id)
        last = ScoringVersion.objects.filter(office=office).order_by("-number").first()
        version = ScoringVersion.objects.create(
            office=office,
            number=last.number + 1 if last else 1,
            title=title.strip(),
            basis=basis.strip(),
            base=weights.base,
            floor=weights.floor,
            objection_workdays=objection_workdays,
            drafted_by_name=actor.person_name,
            drafted_at=at,
        )
        put_items(version, weights)
        record("appraisal.drafted", actor=actor, at=at, obj=version, after=as_words(version))
    return version


def change_version(
    *,
    version: ScoringVersion,
    title: str,
    basis: str,
    weights: Weights,
    actor: Actor,
    at: datetime,
    objection_workdays: int = 5,
) -> ScoringVersion:
    """Change a version by which nothing was published yet."""
    ensure(rules.may_change(actor, version))
    refuse_unusable(title, basis, weights, objection_workdays)
    with acting(actor=actor, at=at):
        version = locked(ScoringVersion.objects, version.pk)
        ensure(rules.may_change(actor, version))
        before = as_words(version)
        version.title, version.basis = title.strip(), basis.strip()
        version.base, version.floor = weights.base, weights.floor
        version.objection_workdays = objection_workdays
        version.save()
        put_items(version, weights)
        after = as_words(version)
        record("appraisal.changed", actor=actor, at=at, obj=version, before=before, after=after)
    return version


def put_items(version: ScoringVersion, weights: Weights) -> None:
    """Rewrite the items of an unused version."""
    version.items.all().delete()
    ScoringItem.objects.bulk_create(
        ScoringItem(version=version, kind=kind, points=weight.points, cap=weight.cap)
        for kind, weight in weights.items.items()
    )


def as_words(version: ScoringVersion) -> dict[str, Any]:
    """A version as the trail keeps it."""
    found = weights_of(version)
    items = {
        kind: f"{weight.points}" + (f" ≤{weight.cap}" if weight.cap is not None else "")
        for kind, weight in sorted(found.items.items())
    }
    return {"base": str(version.base), "floor": str(version.floor), "items": items}


def refuse_unusable(title: str, basis: str, weights: Weights, objection_workdays: int) -> None:
    """Refuse rules without title or basis, unknown kinds, and numbers out of reach."""
    errors: dict[str, list[Text]] = too_long(ScoringVersion, {"title": title, "basis": basis})
    for name, text in (("title", title), ("basis", basis)):
        if not text.strip():
            errors[name] = [_("Give a title and the document these rules rest on.")]
    if not 0 < weights.base <= MOST or not 0 <= weights.floor <= weights.base:
        errors["base"] = [_("Give a base between 1 and 1000, and a floor between 0 and the base.")]
    if not 1 <= objection_workdays <= 60:
        errors["objection_workdays"] = [_("Give 1 to 60 working days for objections.")]
    for kind, weight in weights.items.items():
        if kind not in FactKind.values or not usable(weight):
            errors[f"points_{kind}"] = [
                _("Give points between -1000 and 1000, and a cap of at least 0.")
            ]
    if errors:
        raise Invalid(_("Not saved."), errors)


def usable(weight: Weight) -> bool:
    """Whether points and cap fit, with one decimal at most."""
    numbers = [weight.points] + ([] if weight.cap is None else [weight.cap])
    tenths = all(n.is_finite() and n * 10 == (n * 10).to_integral_value() for n in numbers)
    return tenths and abs(weight.points) < MOST and (weight.cap is None or 0 <= weight.cap < MOST)

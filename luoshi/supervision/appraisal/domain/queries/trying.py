"""Weights as the address gives them, and what they would change (B22). Nothing is saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.refusals import Invalid, Text
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.appraisal.domain.computing import played, weights_of
from luoshi.supervision.appraisal.domain.periods import Period
from luoshi.supervision.appraisal.domain.queries.asking import asked_period, version_of
from luoshi.supervision.appraisal.domain.queries.showing import publications_for
from luoshi.supervision.appraisal.domain.scoring import EXAMPLE, ZERO, Weight, Weights
from luoshi.supervision.appraisal.domain.simulating import Move, compare
from luoshi.supervision.appraisal.enums import FactKind
from luoshi.supervision.appraisal.models import Publication, ScoringVersion

MOST = Decimal(1000)


def number(given: Mapping[str, str], name: str, errors: dict[str, list[Text]]) -> Decimal | None:
    """A typed number below 1000 with one decimal; empty = None; others are named in `errors`."""
    raw = given.get(name, "").strip().replace("−", "-")
    if not raw:
        return None
    try:
        value = Decimal(raw)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or abs(value) > MOST or value * 10 != (value * 10).to_integral_value():
        errors[name] = [_("Give a number below 1000 with one decimal at most.")]
        return None
    return value


def typed_weights(given: Mapping[str, str]) -> Weights:
    """The weights as typed; everything that is no number is refused at once."""
    errors: dict[str, list[Text]] = {}
    items = {}
    for kind in FactKind.values:
        points = number(given, f"points_{kind}", errors)
        cap = number(given, f"cap_{kind}", errors)
        if cap is not None and cap < 0:
            errors[f"cap_{kind}"] = [_("A cap is at least 0.")]
        items[kind] = Weight(points if points is not None else ZERO, cap)
    base, floor = number(given, "base", errors), number(given, "floor", errors)
    if base is None:
        errors.setdefault("base", [_("Give the base.")])
    if errors:
        raise Invalid(_("Not usable."), errors)
    return Weights(base if base is not None else ZERO, floor if floor is not None else ZERO, items)


@dataclass(frozen=True)
class Trial:
    """What the address asks: a period under the version's weights and under those typed."""

    period: Period
    version: ScoringVersion | None
    frozen: Publication | None
    before: Weights
    after: Weights
    moves: list[Move]
    refusal: Invalid | None


def trial_of(request: OfficeRequest) -> Trial:
    """The trial of the address; weights that are no numbers are refused and change nothing."""
    period, version = asked_period(request), version_of(request)
    before = after = weights_of(version) if version else EXAMPLE
    refusal = None
    if "base" in request.GET:
        try:
            after = typed_weights(request.GET)
        except Invalid as found:
            refusal = found
    office = Unit.objects.get(pk=request.actor.unit_id)
    rows = publications_for(request.actor).filter(period=period.key)
    frozen = rows.order_by("-edition").first()

    moves = compare(
        *(played(weights, frozen, office, period, request.now) for weights in (before, after))
    )
    return Trial(period, version, frozen, before, after, moves, refusal)

"""Publish a month's score sheet, and set the weights (R-INF-6, B22).

Changes: a sheet, frozen with what it counted and the version of its weights, told to everybody it
ranks; a new version of the
weights, for sheets published from then on. Refused: others than the secretary-general, a month that
is not over or is published, weights that are no numbers, no basis.
"""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from luoshi.desks.information import rules
from luoshi.desks.information.domain.queries.scores import facts_of, month_after, weights_of
from luoshi.desks.information.domain.running.announcing import tell_ranked
from luoshi.desks.information.domain.running.points import sheet
from luoshi.desks.information.enums import WEIGHTS
from luoshi.desks.information.models import ScoreSheet, WeightVersion
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.audit.hashing import canonical
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import fitted, unsaid
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused, Text
from luoshi.foundation.core.time import office_date
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.commitments.domain.fulfilling import kept_by

MOST = 1000
NO_BASIS = _("Name the document this rests on.")
SHEETS = "information.scores"  # the kind of commitment a published sheet keeps (TR-22)


def publish_sheet(*, month: date, actor: Actor, at: datetime) -> ScoreSheet:
    """Freeze a month that is over; the office's monthly commitment to it, if it undertook one, is
    kept."""
    ensure(rules.may_publish_scores(actor))
    first = month.replace(day=1)
    if month_after(first) > office_date(at):
        raise Refused(
            _("Not published: the month is not over."),
            next_steps=(_("Publish it from the first day of the next month on."),),
            code="month-running",
        )
    with acting(actor=actor, at=at):
        Unit.objects.select_for_update(no_key=True).get(pk=actor.unit_id)
        if ScoreSheet.objects.filter(office_id=actor.unit_id, month=first).exists():
            raise Refused(
                _("Not published again: this month's sheet stays as it is."),
                next_steps=(_("What was noted later counts in the month it was noted."),),
                code="sheet-published",
            )
        version, weights = weights_of(actor.unit_id)
        facts = facts_of(actor.unit_id, first)
        row = ScoreSheet(
            office_id=actor.unit_id,
            month=first,
            version=version,
            weights=dict(weights),
            facts=facts,
            lines=sheet(facts, weights),
            published_by_name=actor.person_name,
            published_at=at,
        )
        row.digest = digest_of(row)
        row.save(force_insert=True)
        after = {"month": str(row), "version": version, "sha256": row.digest}
        record("information.scores_published", actor=actor, at=at, obj=row, after=after)
        period = f"{month_after(first):%Y-%m}"
        tell_ranked(row, at=at)
        kept_by(SHEETS, row.office_id, at, str(row), period=period, actor=actor)
    return row


def digest_of(row: ScoreSheet) -> str:
    """SHA-256 of what was counted, how, and the outcome."""
    said: dict[str, Any] = {"facts": row.facts, "weights": row.weights, "lines": row.lines}
    return hashlib.sha256(canonical(said).encode()).hexdigest()


def set_weights(
    *, weights: Mapping[str, int], basis: str, actor: Actor, at: datetime
) -> WeightVersion:
    """The next version; what is published keeps its own."""
    ensure(rules.may_set_weights(actor))
    what = _("Not changed.")
    if errors := faults(weights) | unsaid(basis, "basis", NO_BASIS):
        raise Invalid(what, errors)
    words = fitted(WeightVersion, "basis", basis, what=what)
    with acting(actor=actor, at=at):
        Unit.objects.select_for_update(no_key=True).get(pk=actor.unit_id)
        version, before = weights_of(actor.unit_id)
        row = WeightVersion.objects.create(
            office_id=actor.unit_id,
            version=version + 1,
            weights={name: weights[name] for name in WEIGHTS},
            basis=words,
            made_by_name=actor.person_name,
            made_at=at,
        )
        after = {"weights": row.weights, "reason": words}
        record(
            "information.weights_set",
            actor=actor,
            at=at,
            obj=row,
            before={"weights": dict(before)},
            after=after,
        )
    return row


def faults(weights: Mapping[str, int]) -> dict[str, list[Text]]:
    """Every weight is a whole number from 0 to 1,000."""
    return {
        name: [_("From 0 to 1,000.")]
        for name in WEIGHTS
        if not isinstance(weights.get(name), int) or not 0 <= weights[name] <= MOST
    }

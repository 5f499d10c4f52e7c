"""What a matter is measured by: the figures every dated report gives, and the least grade of
evidence it needs before it is concluded (B8). Part of the plan, changed by the assigning office."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.domain.report.contents import fits
from luoshi.supervision.matters.domain.transitions import locked
from luoshi.supervision.matters.enums import EvidenceGrade
from luoshi.supervision.matters.models import Matter, MatterFigure

MOST_FIGURES = 20


@dataclass(frozen=True)
class AskedFigure:
    """A figure asked for: name, unit of measure, target (None = no target)."""

    name: str
    measure: str = ""
    target: Decimal | None = None


def set_measures(
    *,
    matter: Matter,
    figures: Sequence[AskedFigure],
    least_evidence: int | None,
    actor: Actor,
    at: datetime,
) -> Matter:
    """Replace the figures asked for and the least grade (None = the office's). Reports already
    sent stay as they are; those still owed ask for the new figures."""
    ensure(rules.may_edit(actor, matter))
    with acting(actor=actor, at=at):
        matter = locked(Matter.objects, matter.pk)
        ensure(rules.may_edit(actor, matter))
        refuse_bad(figures, least_evidence)
        before = measures_of(matter)
        matter.least_evidence = least_evidence
        matter.save(update_fields=("least_evidence",))
        matter.asked_figures.all().delete()
        MatterFigure.objects.bulk_create(
            MatterFigure(
                matter=matter,
                place=place,
                name=figure.name.strip(),
                measure=figure.measure.strip(),
                target=figure.target,
            )
            for place, figure in enumerate(figures, start=1)
        )
        after = measures_of(matter)
        record("matters.measured", actor=actor, at=at, obj=matter, before=before, after=after)
    return matter


def measures_of(matter: Matter) -> dict[str, object]:
    """Figures and grade as the trail keeps them."""
    rows = MatterFigure.objects.filter(matter=matter)
    figures = [f"{row.name} {row.target or ''} {row.measure}".strip() for row in rows]
    return {"figures": figures, "least_evidence": matter.least_evidence}


def refuse_bad(figures: Sequence[AskedFigure], least_evidence: int | None) -> None:
    """Refuse names given twice or missing, targets that do not fit, an unknown grade."""
    errors: dict[str, list[object]] = {}
    names = [figure.name.strip() for figure in figures]
    if not all(names):
        errors["figure_name"] = [_("Give every figure a name.")]
    elif len(set(names)) != len(names):
        errors["figure_name"] = [_("Each figure stands once.")]
    if len(figures) > MOST_FIGURES:
        errors["figure_name"] = [_("At most 20 figures; ask for less.")]
    for figure in figures:
        texts = {"name": figure.name, "measure": figure.measure}
        for name, words in too_long(MatterFigure, texts).items():
            errors[f"figure_{name}"] = list(words)
        if figure.target is not None and not fits(figure.target):
            errors["figure_target"] = [_("Give figures below 100,000,000,000,000.")]
    if least_evidence is not None and least_evidence not in EvidenceGrade.values:
        errors["least_evidence"] = [_("Choose one of the five grades.")]
    if errors:
        raise Invalid(_("Not saved: something does not fit."), errors)  # type: ignore[arg-type]

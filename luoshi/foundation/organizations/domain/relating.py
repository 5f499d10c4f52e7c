"""Say what one unit may ask of another where the tree does not (decision 9, S2-89/90)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.organizations import rules
from luoshi.foundation.organizations.enums import Relation
from luoshi.foundation.organizations.models import AuthorityOverride, Unit


def relate(
    *, upper: Unit, lower: Unit, relation: str, basis: str, actor: Actor, at: datetime
) -> AuthorityOverride:
    """Set the relation between two units with its basis. Refused: a unit with itself, no basis."""
    ensure(rules.may_change_units(actor))
    errors = too_long(AuthorityOverride, {"basis": basis.strip()})
    if upper.pk == lower.pk:
        errors["lower"] = [_("Two different units are needed.")]
    if relation not in Relation.values:
        errors["relation"] = [_("Choose one of the listed values.")]
    if not basis.strip():
        errors["basis"] = [_("Name the document this rests on.")]
    if errors:
        raise Invalid(_("Not saved."), errors)
    with acting(actor=actor, at=at):
        row, _made = AuthorityOverride.objects.update_or_create(
            upper=upper, lower=lower, defaults={"relation": relation, "basis": basis.strip()}
        )
        after = {"upper": str(upper), "lower": str(lower), "relation": relation, "basis": basis}
        record("organizations.related", actor=actor, at=at, obj=row, after=after)
    return row


def unrelate(*, override: AuthorityOverride, actor: Actor, at: datetime) -> None:
    """Take an override away: the tree decides again."""
    ensure(rules.may_change_units(actor))
    with acting(actor=actor, at=at):
        before = {"upper": str(override.upper), "lower": str(override.lower)}
        record("organizations.unrelated", actor=actor, at=at, obj=override, before=before)
        override.delete()

"""Put a closed file away (归档, R-SUP-1): by whom, when, for how long it is kept.

Changes: an `Archiving` row; the matter is read-only already and stays so. A matter that is taken
up again leaves the archive by itself and is archived anew when it ends again. Refused: open
matters, other offices, tokens, a second time.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import kept, record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.domain.transitions import locked
from luoshi.supervision.matters.enums import Retention
from luoshi.supervision.matters.models import Archiving, Matter


def archive(
    *, matter: Matter, retention: str, actor: Actor, at: datetime, remark: str = ""
) -> Archiving:
    """Archive an ended matter for a period of retention."""
    ensure(rules.may_archive(actor, matter))
    errors = dict(too_long(Archiving, {"remark": remark.strip()}))
    if retention not in Retention.values:
        errors["retention"] = [_("Choose how long the file is kept.")]
    if errors:
        raise Invalid(_("Not archived."), errors)
    with acting(actor=actor, at=at):
        matter = locked(Matter.objects, matter.pk)
        ensure(rules.may_archive(actor, matter))
        row = Archiving.objects.create(
            matter=matter,
            retention=retention,
            remark=remark.strip(),
            archived_by_id=actor.person_id,
            archived_by_name=actor.person_name,
            archived_at=at,
        )
        after = {"retention": kept(row.get_retention_display), "reason": row.remark}
        record("matters.archived", actor=actor, at=at, obj=matter, after=after)
    return row

"""The second office agrees to the joint issue of this text (S3-55).

Changes: one `JointAgreement` with the revision that was read. Refused: other offices, tokens, a
text that was changed after it was read.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Refused
from luoshi.supervision.lists import rules
from luoshi.supervision.lists.models import JointAgreement, SupervisionPointsList
from luoshi.supervision.matters.domain.transitions import locked


def agreed(points_list: SupervisionPointsList) -> bool:
    """Whether the second office agreed to exactly this text; a list of one office needs nobody."""
    if points_list.joint_office_id is None:
        return True
    found = JointAgreement.objects.filter(points_list=points_list).first()
    return found is not None and found.revision == points_list.revision


def agree(
    *, points_list: SupervisionPointsList, revision: int, actor: Actor, at: datetime
) -> JointAgreement:
    """Agree to the text as read; an earlier agreement is replaced."""
    ensure(rules.may_agree(actor, points_list))
    with acting(actor=actor, at=at):
        found = locked(SupervisionPointsList.objects, points_list.pk)
        ensure(rules.may_agree(actor, found))
        if found.revision != revision:
            raise Refused(
                _("Not agreed: the list was changed after you opened it."),
                next_steps=(_("Read the list again, then agree."),),
                source="S3-55",
                code="edited-meanwhile",
            )
        row, _made = JointAgreement.objects.update_or_create(
            points_list=found,
            defaults={
                "agreed_by_id": actor.person_id,
                "agreed_by_name": actor.person_name,
                "agreed_at": at,
                "revision": revision,
            },
        )
        record("lists.agreed", actor=actor, at=at, obj=found, after={"unit": actor.unit_name})
    return row

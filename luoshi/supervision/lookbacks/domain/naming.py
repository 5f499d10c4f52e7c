"""Name who checks an item: an officer of the office who did not conclude the matter."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.accounts.models import User
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.time import office_date
from luoshi.foundation.notifications.domain.sending import Message, send
from luoshi.foundation.organizations.domain.queries.holders import people_in
from luoshi.supervision.lookbacks import rules
from luoshi.supervision.lookbacks.models import LookBackItem
from luoshi.supervision.matters.domain.transitions import locked
from luoshi.supervision.matters.rules import REGISTERING_ROLES

WITH = ("matter", "closure", "round")


def checkers_for(item: LookBackItem, at: datetime) -> list[User]:
    """Who may check: the office's officers, without the one who concluded."""
    people = people_in(item.matter.office_id, REGISTERING_ROLES, office_date(at))
    return [person for person in people if person.pk != item.closure.concluded_by_id]


def name_checker(
    *, item: LookBackItem, person_id: UUID, actor: Actor, at: datetime
) -> LookBackItem:
    """Give an item to its checker, who finds a notice. Refused: who concluded the matter, people
    of other offices, items that are checked."""
    ensure(rules.may_name(actor, item))
    found = [person for person in checkers_for(item, at) if person.pk == person_id]
    if not found:
        text = _("Choose an officer of this office who did not conclude the matter.")
        raise Invalid(_("Not named."), {"checker": [text]})
    person = found[0]
    with acting(actor=actor, at=at):
        item = locked(LookBackItem.objects.select_related(*WITH), item.pk)
        ensure(rules.may_name(actor, item))
        before = {"checker": item.checker_name}
        item.checker, item.checker_name = person, person.full_name
        item.save(update_fields=("checker", "checker_name"))
        number, title = item.matter.number, item.matter.title
        message = Message(
            kind="lookback",
            title_zh=f"请回头看：{number} {title}",
            title_en=f"Please look back on: {number} {title}",
            url=f"/lookbacks/items/{item.pk}/",
            key=f"lookback|{item.pk}",
        )
        send(message, to=[person], unit_id=item.matter.office_id, at=at)
        record(
            "lookbacks.checker_named",
            actor=actor,
            at=at,
            obj=item.matter,
            before=before,
            after={"reason": person.full_name},
        )
    return item

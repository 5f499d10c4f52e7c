"""A leader wrote on an item (S2-56); the words can become a matter (features row 74).

Changes: the words, the item's first day of instruction, its sender is told; or a matter of the
regime "instruction", registered and assigned through supervision's own verbs by who may. Refused:
no words, no leader, no evidence, a day to come, a second matter from the same words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luoshi.desks.information import rules
from luoshi.desks.information.domain.fate.evidence import Shown, columns, faults, keep_files
from luoshi.desks.information.domain.fate.handing import Work, matter_of
from luoshi.desks.information.domain.fate.handing import checked as checked_work
from luoshi.desks.information.domain.items.submitting import locked
from luoshi.desks.information.domain.items.telling import tell_senders
from luoshi.desks.information.enums import Tier
from luoshi.desks.information.models import Item, ItemInstruction
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.core.time import office_date
from luoshi.foundation.notifications.domain.sending import Message, send
from luoshi.foundation.organizations.domain.queries.holders import leaders_over, people_in
from luoshi.foundation.organizations.models import Appointment, Unit
from luoshi.supervision.matters import rules as matter_rules
from luoshi.supervision.rulebook.enums import Regime


@dataclass(frozen=True)
class LeaderWords:
    """What was written and by whom: a leader with an account here, or a name and title."""

    tier: str
    text: str
    leader_id: UUID | None = None
    name: str = ""
    title: str = ""


def instruct_on(
    *, item: Item, words: LeaderWords, shown: Shown, actor: Actor, at: datetime
) -> ItemInstruction:
    """Write a leader's words down; those who register matters in the office are told."""
    ensure(rules.may_follow(actor, item))
    post = leading_post(words, actor, at)
    said = {
        "leader_name": post.person.full_name if post else words.name.strip(),
        "leader_title": post.post.title if post else words.title.strip(),
        "text": words.text.strip(),
    }
    errors = faults(ItemInstruction, item, shown, said, at)
    if words.tier not in Tier.values:
        errors["tier"] = [_("Choose one of the list.")]
    if not said["leader_name"]:
        errors["leader"] = [_("Choose a leader or write the name.")]
    if not said["text"]:
        errors["text"] = [_("Write the words of the instruction.")]
    if errors:
        raise Invalid(_("Not written down: something is missing."), errors)
    with acting(actor=actor, at=at):
        row = locked(item)
        ensure(rules.may_follow(actor, row))
        made = ItemInstruction.objects.create(
            item=row,
            tier=words.tier,
            leader=post.person if post else None,
            **said,
            **columns(shown, actor, at),
        )
        keep_files(made, shown, actor=actor, at=at)
        row.instructed_on = min(filter(None, (row.instructed_on, made.on)))
        row.save(update_fields=("instructed_on",))
        by = made.leader_name
        told = (f"{by}同志对信息作出批示", f"Instruction of {by}")
        tell_senders(row, told, f"instructed{made.pk}", at=at)
        tell_registering(row, made, actor, at)
        after = {"text": made.text[:200], "reason": by, "on": made.on.isoformat()}
        record("information.written_on", actor=actor, at=at, obj=row, after=after)
    return made


def register_words(
    *,
    instruction: ItemInstruction,
    units: Sequence[Unit],
    until: date | None,
    actor: Actor,
    at: datetime,
) -> ItemInstruction:
    """Make a leader's words a matter that these units have, the first leading."""
    ensure(rules.may_become_matter(actor, instruction.item))
    work = Work(instruction.text, units, until, Regime.INSTRUCTION, instruction)
    checked_work(work, at, matter=True)
    with acting(actor=actor, at=at):
        item = locked(instruction.item)
        row = ItemInstruction.objects.select_for_update().get(pk=instruction.pk)
        ensure(rules.may_become_matter(actor, item))
        if row.matter_id is not None:
            raise Refused(
                _("Not registered again."),
                _("It is a matter already: %(matter)s.") % {"matter": row.matter},
                next_steps=(_("Reload the page to see what happened."),),
                code="already-filed",
            )
        row.matter = matter_of(item, work, actor=actor, at=at)
        row.save(update_fields=("matter",))
        after = {"text": row.text[:200], "reason": row.leader_name, "matter": str(row.matter)}
        record("information.words_registered", actor=actor, at=at, obj=item, after=after)
    return row


def leading_post(words: LeaderWords, actor: Actor, at: datetime) -> Appointment | None:
    """The post of the leader that was chosen; None where a name was written."""
    if words.leader_id is None:
        return None
    posts = leaders_over(actor.unit_id, office_date(at))
    found = posts.filter(person_id=words.leader_id).first()
    if found is None:
        why = _("Choose a leader who holds a leading post here or above.")
        raise Invalid(_("Not written down."), {"leader": [why]}, code="no-such-leader")
    return found


def tell_registering(item: Item, made: ItemInstruction, actor: Actor, at: datetime) -> None:
    """A notice to those who register matters in the office."""
    people = people_in(item.office_id, matter_rules.REGISTERING_ROLES, office_date(at))
    message = Message(
        kind="instruction",
        title_zh=f"{made.leader_name}对信息的批示待立项：{made.text[:80]}",
        title_en=f"{made.leader_name} on an item, to register: {made.text[:80]}",
        url=f"/information/{item.pk}/#instructions",
        key=f"item-instruction|{made.pk}",
    )
    others = [person for person in people if person.pk != actor.person_id]
    send(message, to=others, unit_id=item.office_id, at=at)

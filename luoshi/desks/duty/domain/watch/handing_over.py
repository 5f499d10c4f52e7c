"""Hand duty over with what is pending, and sign for it: both sign, nothing is forgotten (R-DUT-2).

Changes: a hand-over of a shift with the open lines of the log and what other desks have open, as
they stand; then the second signature. Refused: a shift that has not begun, twice, no words, nobody
who comes next, not by who was on duty.
"""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from luoshi.desks.duty import rules
from luoshi.desks.duty.domain.roster.notifying import tell_people
from luoshi.desks.duty.models import DutyPerson, Handover, LogNote, Shift
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import fitted
from luoshi.foundation.core.navigation.bar import Reader
from luoshi.foundation.core.navigation.handing import OPEN
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Refused

NOT_HANDED = _("Not handed over.")
MOST_NAMED = 20


def hand_over(
    shift: Shift, *, words: str, actor: Actor, at: datetime, taker: DutyPerson | None = None
) -> Handover:
    """Sign off. `taker`: who comes, where that is not the next of the roster."""
    ensure(rules.may_hand_over(actor, shift))
    missing = _("Say how things stand, or that nothing is pending.")
    text = fitted(Handover, "words", words, what=NOT_HANDED, missing=missing)
    with acting(actor=actor, at=at):
        row = (
            Shift.objects.select_for_update(of=("self",)).select_related("person").get(pk=shift.pk)
        )
        ensure(rules.may_hand_over(actor, row))
        if row.starts_at > at:
            raise Refused(NOT_HANDED, _("This shift has not begun."), code="not-begun")
        if Handover.objects.filter(shift=row).exists():
            raise Refused(NOT_HANDED, _("It is handed over already."), code="handed-over")
        comes = taker or next_person(row)
        if comes is None or comes.office_id != row.office_id or comes.pk == row.person_id:
            raise Refused(
                NOT_HANDED,
                _("The roster names nobody who comes next."),
                next_steps=(_("Choose who takes over."),),
                code="nobody-next",
            )
        open_notes = LogNote.objects.filter(office_id=row.office_id).waiting()
        made = Handover.objects.create(
            office_id=row.office_id,
            shift=row,
            giver=row.person,
            taker=comes,
            words=text,
            notes=[str(key) for key in open_notes.order_by("at").values_list("pk", flat=True)],
            others=open_elsewhere(row, at),
            given_at=at,
        )
        tell_people(
            [comes],
            key=f"handover|{made.pk}",
            title_zh=f"请接班签字：{row.person}，待办{len(made.notes)}项",
            title_en=f"Sign for duty handed over by {row.person}: {len(made.notes)} open",
            at=at,
            url="/duty/tonight/",
        )
        after = {"name": f"{made.giver} → {made.taker}", "count": len(made.notes)}
        record("duty.handed_over", actor=actor, at=at, obj=made, after=after)
    return made


def next_person(shift: Shift) -> DutyPerson | None:
    """Who holds the same post next, by the roster."""
    following = Shift.objects.in_force().filter(
        office_id=shift.office_id, post=shift.post, starts_at__gte=shift.ends_at
    )
    found = following.select_related("person").order_by("starts_at").first()
    return found.person if found else None


def open_elsewhere(shift: Shift, at: datetime) -> list[dict[str, Any]]:
    """What other desks have open for this office, named as it reads now."""
    person = shift.person.account_id if shift.person else None
    reader = Reader(shift.office_id, person or shift.office_id, at)
    found = []
    for one in OPEN:
        rows = one.rows(reader)
        names = [str(row) for row in rows[:MOST_NAMED]]
        if names:
            with override("zh-hans"):
                label_zh = str(one.label)
            with override("en"):
                label_en = str(one.label)
            found.append(
                {
                    "zh": label_zh,
                    "en": label_en,
                    "url": reverse(one.url_name),
                    "count": rows.count(),
                    "names": names,
                }
            )
    return found


def take_over(handover: Handover, *, words: str, actor: Actor, at: datetime) -> Handover:
    """The second signature, with a remark where something is not as it was said."""
    ensure(rules.may_take_over(actor, handover))
    text = fitted(Handover, "taken_words", words, what=_("Not signed."))
    with acting(actor=actor, at=at):
        row = (
            Handover.objects.select_for_update(of=("self",))
            .select_related("giver", "taker")
            .get(pk=handover.pk)
        )
        ensure(rules.may_take_over(actor, row))
        row.taken_at, row.taken_words = at, text
        row.save()
        after = {"name": f"{row.giver} → {row.taker}", "reason": text}
        record("duty.taken_over", actor=actor, at=at, obj=row, after=after)
    return row

"""Hand duty over with what is pending, and sign for it: both sign, nothing is forgotten (R-DUT-2).

Changes: a hand-over of a shift with the open lines of the log and what other desks have open, as
they stand; written again until the other signs; then the second signature. Refused: a shift that
has not begun, one that both have signed for, a form older than what somebody saved meanwhile, no
words, nobody who comes next, not by who was on duty.
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

NOT_HANDED, NOT_SIGNED = _("Not handed over."), _("Not signed.")
MOST_NAMED = 20


def hand_over(
    shift: Shift,
    *,
    words: str,
    actor: Actor,
    at: datetime,
    taker: DutyPerson | None = None,
    revision: int = 0,
) -> Handover:
    """Sign off. `taker`: who comes, where that is not the next of the roster; `revision`: of the
    hand-over the form was opened with, 0 = none was saved yet."""
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
        saved = saved_of(row)
        refuse_older(saved, revision)
        comes = taker or next_person(row)
        if comes is None or comes.office_id != row.office_id or comes.pk == row.person_id:
            raise Refused(
                NOT_HANDED,
                _("The roster names nobody who comes next."),
                next_steps=(_("Choose who takes over."),),
                code="nobody-next",
            )
        made = saved or Handover(office_id=row.office_id, shift=row)
        before = {} if saved is None else facts(saved)
        former = None if saved is None else saved.taker
        fill(made, row, comes, text, at)
        made.revision = revision + 1
        made.save()
        tell(made, [one for one in (comes, former) if one is not None], at)
        action = "duty.handed_over" if saved is None else "duty.handover_changed"
        record(action, actor=actor, at=at, obj=made, before=before, after=facts(made))
    return made


def saved_of(shift: Shift) -> Handover | None:
    """The hand-over of a shift that is saved, for this act alone."""
    rows = Handover.objects.select_for_update(of=("self",)).select_related("giver", "taker")
    return rows.filter(shift=shift).first()


def refuse_older(saved: Handover | None, revision: int) -> None:
    """What both have signed stays; what was saved meanwhile is not written over unseen."""
    if saved is None:
        return
    who = {"giver": saved.giver, "taker": saved.taker}
    if saved.taken_at is not None:
        raise Refused(
            NOT_HANDED,
            _("It is handed over already: %(giver)s to %(taker)s, both have signed.") % who,
            next_steps=(_("Write what is to be added into the log; your text is kept."),),
            code="handed-over",
        )
    if saved.revision != revision:
        raise Refused(
            NOT_HANDED,
            _("It was handed over meanwhile, %(giver)s to %(taker)s. Your text is kept.") % who,
            next_steps=(_("Compare with the saved version below, then save again."),),
            code="edited-meanwhile",
        )


def fill(made: Handover, shift: Shift, comes: DutyPerson, text: str, at: datetime) -> None:
    """The words and what is open at this instant."""
    open_notes = LogNote.objects.filter(office_id=shift.office_id).waiting()
    giver: Any = shift.person  # somebody: the rule lets nobody hand over for no one
    made.giver, made.taker, made.words, made.given_at = giver, comes, text, at
    made.notes = [str(key) for key in open_notes.order_by("at").values_list("pk", flat=True)]
    made.others = open_elsewhere(shift, at)


def facts(row: Handover) -> dict[str, Any]:
    """For the trail."""
    return {"name": f"{row.giver} → {row.taker}", "count": len(row.notes), "words": row.words}


def tell(made: Handover, people: list[DutyPerson], at: datetime) -> None:
    """Who comes on duty, and who does not any more, hear of it."""
    tell_people(
        {one.pk: one for one in people}.values(),
        key=f"handover|{made.pk}|{made.revision}",
        title_zh=f"请接班签字：{made.giver}交{made.taker}，待办{len(made.notes)}项",
        title_en=f"Duty: {made.giver} to {made.taker}, to be signed for, {len(made.notes)} open",
        at=at,
        url="/duty/tonight/",
    )


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


def take_over(
    handover: Handover, *, words: str, actor: Actor, at: datetime, revision: int | None = None
) -> Handover:
    """The second signature, with a remark where something is not as it was said. `revision`: of the
    hand-over that was read, None = as it stands."""
    ensure(rules.may_take_over(actor, handover))
    text = fitted(Handover, "taken_words", words, what=NOT_SIGNED, field="words")
    with acting(actor=actor, at=at):
        row = (
            Handover.objects.select_for_update(of=("self",))
            .select_related("giver", "taker")
            .get(pk=handover.pk)
        )
        ensure(rules.may_take_over(actor, row))
        if revision is not None and row.revision != revision:
            raise Refused(
                NOT_SIGNED,
                _("%(name)s changed the hand-over meanwhile.") % {"name": row.giver},
                next_steps=(_("Read it again below, then sign."),),
                code="edited-meanwhile",
            )
        row.taken_at, row.taken_words = at, text
        row.save()
        after = {"name": f"{row.giver} → {row.taker}", "reason": text}
        record("duty.taken_over", actor=actor, at=at, obj=row, after=after)
    return row

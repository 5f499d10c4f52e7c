"""Swap a shift: asked, agreed to by the other, approved by the office (R-DUT-5).

Changes: the swap; on approval the people of one or two shifts, both told, the level above too.
Refused: a shift that began, a swap with oneself or with somebody who is on duty then or away, too
little rest after it, a second swap of the same shift while one is open, no reason.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luoshi.desks.duty import rules
from luoshi.desks.duty.domain.queries.conflicts import against, worded
from luoshi.desks.duty.domain.roster.editing import hold
from luoshi.desks.duty.domain.roster.lapsing import lapse
from luoshi.desks.duty.domain.roster.notifying import notify, tell_people
from luoshi.desks.duty.domain.roster.telling import tell_above
from luoshi.desks.duty.enums import OPEN_SWAPS, SwapState
from luoshi.desks.duty.models import DutyPerson, Shift, Swap
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import fitted
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused, Text

NOT_ASKED = _("Not asked.")


def ask(
    shift: Shift,
    *,
    taker: DutyPerson,
    other: Shift | None,
    reason: str,
    actor: Actor,
    at: datetime,
) -> Swap:
    """`other`: the taker's shift that comes back in exchange; None = taken over."""
    ensure(rules.may_ask_swap(actor, shift))
    missing = _("Give the reason.")
    words = fitted(Swap, "reason", reason, what=NOT_ASKED, missing=missing)
    with acting(actor=actor, at=at):
        row, back = both(shift, other)
        ensure(rules.may_ask_swap(actor, row))
        refuse_open(row, back)
        refuse_unfit(row, back, taker, at, what=NOT_ASKED)
        made = Swap.objects.create(
            shift=row, other=back, asker=row.person, taker=taker, reason=words, asked_at=at
        )
        tell_people(
            [taker],
            key=f"swap|{made.pk}|asked",
            title_zh=f"{row.person}申请换班：{row.day}",
            title_en=f"{row.person} asks for a swap: {row.day}",
            at=at,
            url="/duty/swaps/",
        )
        after = {"name": str(taker), "day": str(row.day), "reason": words}
        record("duty.swap_asked", actor=actor, at=at, obj=made, after=after)
    return made


def both(shift: Shift, other: Shift | None) -> tuple[Shift, Shift | None]:
    """The shifts of a swap, locked in one order."""
    keys = sorted({shift.pk} | ({other.pk} if other else set()), key=str)
    rows = Shift.objects.select_for_update(of=("self",)).select_related(
        "roster", "person", "office"
    )
    found = {row.pk: row for row in rows.filter(pk__in=keys).order_by("pk")}
    return found[shift.pk], found[other.pk] if other else None


def refuse_open(row: Shift, back: Shift | None) -> None:
    """One open swap a shift."""
    keys = [one.pk for one in (row, back) if one is not None]
    if Swap.objects.filter(shift__in=keys, state__in=OPEN_SWAPS).exists():
        raise Refused(
            NOT_ASKED,
            _("A swap of this shift is open already."),
            next_steps=(_("Withdraw that one first."),),
            code="swap-open",
        )


def refuse_unfit(
    row: Shift, back: Shift | None, taker: DutyPerson, at: datetime, *, what: Text
) -> None:
    """Both must be able to hold what they would get."""
    asker = row.person
    errors: list[Text] = []
    if row.starts_at <= at or (back is not None and back.starts_at <= at):
        errors.append(_("The shift has begun: hand over instead."))
    if asker is None or taker.pk == asker.pk or taker.office_id != row.office_id:
        errors.append(_("Choose another person of this office."))
    if back is not None and back.person_id != taker.pk:
        errors.append(_("The shift in exchange is not theirs."))
    if not errors and asker is not None:
        errors += fits(row, taker, back)
        if back is not None:
            errors += fits(back, asker, row)
    if errors:
        raise Invalid(what, {"taker": errors})


def fits(shift: Shift, person: DutyPerson, given: Shift | None) -> list[Text]:
    """What stands against a person on a shift once `given` is not theirs any more."""
    return worded(against(shift, [person], without=given)[person.pk], person, shift)


def agree(swap: Swap, *, actor: Actor, at: datetime) -> Swap:
    """The other says yes."""
    return answer(swap, SwapState.AGREED, "", actor=actor, at=at)


def decline(swap: Swap, *, words: str, actor: Actor, at: datetime) -> Swap:
    """The other says no."""
    return answer(swap, SwapState.DECLINED, words, actor=actor, at=at)


def answer(swap: Swap, state: SwapState, words: str, *, actor: Actor, at: datetime) -> Swap:
    """What the other says; the asker is told."""
    ensure(rules.may_answer_swap(actor, swap))
    said = fitted(Swap, "answer", words, what=pgettext_lazy("answer", "Not sent."))
    with acting(actor=actor, at=at):
        row = locked(swap)
        ensure(rules.may_answer_swap(actor, row))
        row.state, row.answer = state, said
        row.agreed_at = at if state == SwapState.AGREED else None
        row.save()
        yes = state == SwapState.AGREED
        tell_people(
            [row.asker],
            key=f"swap|{row.pk}|{state}",
            title_zh=f"换班{'已同意，待批准' if yes else '未同意'}：{row.shift.day}",
            title_en=f"Swap {'agreed to, to be approved' if yes else 'declined'}: {row.shift.day}",
            at=at,
            url="/duty/swaps/",
        )
        record(f"duty.swap_{state.value}", actor=actor, at=at, obj=row, after={"reason": said})
    return row


def withdraw(swap: Swap, *, actor: Actor, at: datetime) -> Swap:
    """Who asked does not ask any more."""
    ensure(rules.may_withdraw_swap(actor, swap))
    with acting(actor=actor, at=at):
        row = locked(swap)
        ensure(rules.may_withdraw_swap(actor, row))
        row.state, row.decided_at = SwapState.WITHDRAWN, at
        row.save()
        record("duty.swap_withdrawn", actor=actor, at=at, obj=row)
    return row


def approve(swap: Swap, *, actor: Actor, at: datetime) -> Swap:
    """The roster moves; what no longer fits is refused and nothing moves."""
    ensure(rules.may_decide_swap(actor, swap))
    with acting(actor=actor, at=at):
        shift, back = both(swap.shift, swap.other)
        row = locked(swap)
        ensure(rules.may_decide_swap(actor, row))
        hold([row.asker, row.taker])
        refuse_unfit(shift, back, row.taker, at, what=_("Not approved."))
        if shift.person_id != row.asker_id:
            raise Refused(_("Not approved."), _("The roster was changed meanwhile."), code="moved")
        row.state, row.decided_at, row.decided_by_name = SwapState.APPROVED, at, actor.person_name
        row.save()
        moved = [(shift, row.taker), *([(back, row.asker)] if back is not None else [])]
        for one, person in moved:
            one.person, one.fixed, one.changed_reason = person, True, row.reason
            one.save()
        lapse([one.pk for one, _person in moved], at=at)
        for one, _person in moved:
            notify(one, [row.asker, row.taker], at=at)
        tell_above(shift.office, [one for one, _person in moved], actor=actor, at=at)
        after = {"name": f"{row.asker} → {row.taker}", "day": str(shift.day)}
        record("duty.swap_approved", actor=actor, at=at, obj=row, after=after)
    return row


def locked(swap: Swap) -> Swap:
    """The swap, for this act alone."""
    rows = Swap.objects.select_for_update(of=("self",))
    return rows.select_related("shift__roster", "asker", "taker").get(pk=swap.pk)

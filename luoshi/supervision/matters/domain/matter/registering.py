"""Register a matter (立项): propose, approve or refuse, number.

Changes: state and number. Where the office's setting says "officer registers", the officer's
confirmation is the approval; otherwise the secretary-general approves (R-SUP-1).
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import fitted
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.time import date_text, office_date
from luoshi.foundation.notifications.domain.sending import send
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.domain.indexing import index_matter
from luoshi.supervision.matters.domain.queries.similar import Similar, similar_to
from luoshi.supervision.matters.domain.telling import message, tell_office
from luoshi.supervision.matters.domain.transitions import MATTER_MOVES, locked, move
from luoshi.supervision.matters.enums import Answer, MatterState
from luoshi.supervision.matters.models import KnownSimilar, Matter, NumberSeries, Proposal
from luoshi.supervision.rulebook.domain.queries.settings import settings_of


def propose(*, matter: Matter, actor: Actor, at: datetime, despite: str = "") -> Matter:
    """Put a drafted matter before the one who approves. Refused: a similar matter without a reason
    to go on (`despite`)."""
    ensure(rules.may_register(actor, matter))
    with acting(actor=actor, at=at):
        matter = locked(Matter.objects, matter.pk)
        ensure(rules.may_register(actor, matter))
        know_similar(matter, despite, actor, at)
        move(matter, MatterState.PROPOSED, MATTER_MOVES)
        matter.save(update_fields=("state",))
        row = Proposal.objects.create(
            matter=matter,
            proposed_by_id=actor.person_id,
            proposed_by_name=actor.person_name,
            proposed_at=at,
        )
        words = ("立项报批", "Proposed for registration")
        approvers = (Role.SECRETARY_GENERAL,)
        tell_office(
            matter, kind="proposed", words=words, key=row.pk, at=at, roles=approvers, page=""
        )
        record("matters.proposed", actor=actor, at=at, obj=matter)
    return matter


def approve_to_register(*, matter: Matter, actor: Actor, at: datetime, despite: str = "") -> Matter:
    """Approve and number a drafted or proposed matter. Refused: officers of an office whose
    secretary-general approves; tokens; a similar matter without a reason to go on (`despite`)."""
    settings = settings_of(matter.office_id)
    ensure(rules.may_approve(actor, matter, officer_registers=settings.officer_registers))
    with acting(actor=actor, at=at):
        matter = locked(Matter.objects, matter.pk)
        ensure(rules.may_approve(actor, matter, officer_registers=settings.officer_registers))
        know_similar(matter, despite, actor, at)
        answer_proposal(matter, Answer.ACCEPTED, "", actor, at)
        move(matter, MatterState.REGISTERED, MATTER_MOVES)
        matter.year = office_date(at).year
        matter.serial = next_serial(matter.office, matter.year)
        matter.number = number_text(settings.number_prefix, matter.year, matter.serial)
        matter.registered_at = at
        matter.save(update_fields=("state", "year", "serial", "number", "registered_at"))
        index_matter(matter)
        record(
            "matters.registered", actor=actor, at=at, obj=matter, after={"number": matter.number}
        )
    return matter


def refuse_registration(*, matter: Matter, reason: str, actor: Actor, at: datetime) -> Matter:
    """Refuse a proposal with a reason; the matter is drafted again and its proposer is told."""
    ensure(rules.may_refuse_registration(actor, matter))
    what, missing = _("Registration not refused."), _("Give the reason; the proposer reads it.")
    why = fitted(Proposal, "answer", reason, what=what, missing=missing, field="reason")
    with acting(actor=actor, at=at):
        matter = locked(Matter.objects, matter.pk)
        ensure(rules.may_refuse_registration(actor, matter))
        move(matter, MatterState.DRAFTED, MATTER_MOVES)
        matter.save(update_fields=("state",))
        row = answer_proposal(matter, Answer.REJECTED, why, actor, at)
        if row is not None and row.proposed_by is not None:
            words = ("立项退回", "Registration refused")
            told = message(matter, "proposal_refused", words, row.pk, "")
            send(told, to=[row.proposed_by], unit_id=matter.office_id, at=at)
        after = {"reason": why}
        record("matters.proposal_refused", actor=actor, at=at, obj=matter, after=after)
    return matter


def answer_proposal(
    matter: Matter, state: str, words: str, actor: Actor, at: datetime
) -> Proposal | None:
    """Write the answer on the proposal that waits; None where an officer registers at once."""
    row = Proposal.objects.filter(matter=matter, state=Answer.PENDING).first()
    if row is not None:
        row.state, row.answer = state, words
        row.answered_by_name, row.answered_at = actor.person_name, at
        row.save()
    return row


def know_similar(matter: Matter, despite: str, actor: Actor, at: datetime) -> None:
    """Refuse a matter that looks like another, until somebody says why both are needed; the reason
    is kept beside the pair (R-SUP-1: one matter, one file)."""
    known = set(KnownSimilar.objects.filter(matter=matter).values_list("other_id", flat=True))
    new = [one for one in similar_to(matter) if one.matter.pk not in known]
    if not new:
        return
    if not despite.strip():
        raise Invalid(
            _("Not registered yet: a similar matter exists."),
            {"despite": [sentence(one) for one in new]},
            next_steps=(_("Merge this one into it, or say why both are needed."),),
            code="similar-exists",
        )
    what = _("Not registered yet: the reason is too long.")
    why = fitted(KnownSimilar, "reason", despite, what=what, field="despite")
    KnownSimilar.objects.bulk_create(
        KnownSimilar(
            matter=matter,
            other=one.matter,
            percent=one.percent,
            reason=why,
            known_by_name=actor.person_name,
            known_at=at,
        )
        for one in new
    )
    after = {"reason": despite.strip(), "similar": [str(one.matter) for one in new]}
    record("matters.similar_known", actor=actor, at=at, obj=matter, after=after)


def sentence(one: Similar) -> str:
    """What stands in the ledger already, in one line."""
    row = one.matter
    told = {"name": str(row), "percent": one.percent, "units": "、".join(one.units)}
    if row.assigned_at is None:
        return _("%(name)s (%(percent)d %% alike) is registered already.") % told
    told["day"] = date_text(office_date(row.assigned_at), "zh", year=True)
    if one.same_unit:
        return (
            _("%(name)s (%(percent)d %% alike): already assigned on %(day)s to the same unit.")
            % told
        )
    return _("%(name)s (%(percent)d %% alike): already assigned on %(day)s to %(units)s.") % told


def next_serial(office: Unit, year: int) -> int:
    """Take the next serial of this office and year; locks the series until commit, and a serial is
    never given twice, whatever becomes of its matter."""
    series, _made = NumberSeries.objects.get_or_create(office=office, year=year)
    series = locked(NumberSeries.objects, series.pk)
    series.last += 1
    series.save(update_fields=("last",))
    return series.last


def number_text(prefix: str, year: int, serial: int) -> str:
    """督〔2026〕18号: issuer code, year in hexagonal brackets, no leading zero."""
    return f"{prefix}〔{year}〕{serial}号"

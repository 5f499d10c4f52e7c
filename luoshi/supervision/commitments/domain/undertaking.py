"""Undertake a recurring commitment (TR-22, S2-35).

Changes: a commitment with its first version, and the occurrences that are near. Refused: by others,
no title or basis, no rhythm the engine can compute, nobody responsible, an end before its first
occurrence, a start before today, a kind that the office keeps already.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.accounts.models import User
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Text
from luoshi.foundation.core.time import office_date
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.deadlines.engine.phrases import phrase
from luoshi.foundation.deadlines.engine.rule import Recurring
from luoshi.foundation.organizations.domain.queries.holders import current
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.commitments import rules
from luoshi.supervision.commitments.domain.drawing import draw
from luoshi.supervision.commitments.domain.occurring import Terms, next_few
from luoshi.supervision.commitments.domain.rhythm import Choice, rhythm_of
from luoshi.supervision.commitments.kinds import KINDS
from luoshi.supervision.commitments.models import (
    READING_ROLES,
    Commitment,
    CommitmentVersion,
)

NOT_DONE = _("Not undertaken: something is missing.")
MOST_WARNING = 20
FURTHEST = timedelta(days=366)


@dataclass(frozen=True)
class Plan:
    """What is undertaken, as typed. `role` or `person_id`: whose turn it is; `warning`: working
    days before the limit from which it shows yellow."""

    title: str
    choice: Choice
    basis: str
    starts_on: date | None = None
    ends_on: date | None = None
    role: str = ""
    person_id: UUID | None = None
    evidence: bool = False
    warning: str = "1"
    kind: str = ""


@dataclass
class Checked:
    """A plan that can be kept: its terms and who is responsible."""

    terms: Terms
    role: str = ""
    person: User | None = None
    errors: dict[str, list[Text]] = field(default_factory=dict)


def undertake(*, plan: Plan, actor: Actor, at: datetime) -> Commitment:
    """It holds from its first day on."""
    ensure(rules.may_undertake(actor))
    known = checked(plan, actor.unit_id, at, NOT_DONE)
    title = plan.title.strip()
    if plan.kind and plan.kind not in KINDS:
        raise Invalid(NOT_DONE, {"kind": [_("Choose one of the list.")]})
    with acting(actor=actor, at=at):
        office = Unit.objects.select_for_update(no_key=True).get(pk=actor.unit_id)
        same = Commitment.objects.filter(office=office, kind=plan.kind, ended_at=None)
        if plan.kind and same.exists():
            why = _("The office keeps this kind already.")
            raise Invalid(NOT_DONE, {"kind": [why]})
        row = Commitment.objects.create(
            office=office,
            title=title,
            kind=plan.kind,
            starts_on=known.terms.starts_on,
            ends_on=known.terms.ends_on,
            made_by_name=actor.person_name,
            made_at=at,
        )
        version = add_version(
            row, 1, known, evidence=plan.evidence, reason="", by=actor.person_name, at=at
        )
        draw(row, at)
        after = {"title": title, "rule": words_of(known.terms.rule), "who": kept_who(version)}
        record("commitments.undertaken", actor=actor, at=at, obj=row, after=after)
    return row


def checked(plan: Plan, office_id: UUID | None, at: datetime, what: Text) -> Checked:
    """The plan's terms; everything that is wrong is refused at once."""
    today = office_date(at)
    errors: dict[str, list[Text]] = {}
    rule: Recurring | None = None
    try:
        rule = rhythm_of(plan.choice, what)
    except Invalid as wrong:
        errors |= {name: list(texts) for name, texts in wrong.errors.items()}
    errors |= too_long(Commitment, {"title": plan.title})
    errors |= too_long(CommitmentVersion, {"basis": plan.basis})
    if not plan.basis.strip():
        errors["basis"] = [_("Name the document or decision this rests on.")]
    if not plan.title.strip():
        errors["title"] = [_("Say what is undertaken.")]
    starts_on = plan.starts_on or today
    if starts_on < today:
        errors["starts_on"] = [_("It begins today or later; it never reaches back.")]
    elif starts_on > today + FURTHEST:
        errors["starts_on"] = [_("It begins within a year.")]
    role, person, why = responsible(plan, office_id, today)
    if why:
        errors["responsible"] = [why]
    warning = plan.warning.strip()
    short = len(warning) <= len(str(MOST_WARNING))
    if not (short and warning.isascii() and warning.isdigit() and int(warning) <= MOST_WARNING):
        errors["warning"] = [_("From %(low)d to %(high)d.") % {"low": 0, "high": MOST_WARNING}]
    if rule is not None and not errors:
        basis = plan.basis.strip()
        terms = Terms(rule, basis, int(warning), starts_on, plan.ends_on)
        if next_few(terms, number=1, calendar=current_calendar(), on=starts_on):
            return Checked(terms, role, person)
        errors["ends_on"] = [_("It ends before it falls due for the first time.")]
    raise Invalid(what, errors)


def responsible(plan: Plan, office_id: UUID | None, on: date) -> tuple[str, User | None, Text]:
    """(post, person, what is wrong): one of the office's posts, or one of its people."""
    if plan.person_id is not None:
        held = current(on).filter(post__unit_id=office_id, person_id=plan.person_id).first()
        if held is None:
            return "", None, _("This person holds no post of the office.")
        return "", held.person, ""
    if plan.role not in READING_ROLES:
        return "", None, _("Say whose turn it is: a post or a person.")
    return plan.role, None, ""


def add_version(
    row: Commitment,
    number: int,
    known: Checked,
    *,
    evidence: bool,
    reason: str,
    by: str,
    at: datetime,
) -> CommitmentVersion:
    """A version of the commitment. Part of the caller's act; the entry is the caller's too."""
    terms = known.terms
    return CommitmentVersion.objects.create(
        commitment=row,
        number=number,
        rule=terms.rule.to_json(),
        basis=terms.basis,
        role=known.role,
        person=known.person,
        person_name=known.person.full_name if known.person else "",
        evidence=evidence,
        warning_workdays=terms.warning_workdays,
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
        reason=reason,
        made_by_name=by,
        made_at=at,
    )


def words_of(rule: Recurring) -> str:
    """The rule as papers and the trail keep it."""
    return phrase(rule, "zh")


def kept_who(version: CommitmentVersion) -> str:
    """Whose turn it is, as the trail keeps it: the person's name or the post's key."""
    return version.person_name or version.role

"""Change an office's settings: by a supervision officer's chief or the secretary-general."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ALLOWED, Decision, Denied, ensure, rule
from luoshi.foundation.core.refusals import Forbidden, Invalid, Text
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Post
from luoshi.supervision.rulebook.domain.queries.settings import settings_of
from luoshi.supervision.rulebook.models import OfficeSettings

REVIEWING_ROLES = (Role.SUPERVISION_OFFICER, Role.SECRETARY_GENERAL)
RANGES = {
    "warning_workdays": (1, 20),
    "redo_workdays": (1, 30),
    "unsigned_workdays": (1, 10),
    "least_evidence": (1, 5),
    "spot_percent": (0, 100),
    "objection_workdays": (1, 15),
    "opinion_days": (1, 90),
    "document_days": (1, 365),
    "minutes_days": (1, 365),
    "report_cap": (1, 500),
}
FIELDS = ("officer_registers", "number_prefix", "principal_signs", "reduction_mode", *RANGES)
WORD = re.compile(r"[A-Za-z\u3400-\u9fff]{1,12}")
MOST_PHRASES, LONGEST_PHRASE = 20, 100


@rule
def may_settle(actor: Actor) -> Decision:
    """The secretary-general of the office, or the installation."""
    if actor.kind == "system" or (actor.role == Role.SECRETARY_GENERAL and actor.is_person):
        return ALLOWED
    return Denied(
        Forbidden(
            _("Not changed."),
            _("The secretary-general decides the office's settings."),
            code="not-secretary-general",
        )
    )


def settle(*, office_id: Any, values: dict[str, Any], actor: Actor, at: datetime) -> OfficeSettings:
    """Set some fields of an office's settings; refused: values outside their ranges, a word before
    numbers that is empty, too long, or no word (R-DOC-12: 督〔2026〕1号)."""
    ensure(may_settle(actor))
    if actor.kind == "person" and actor.unit_id != office_id:
        raise Forbidden(_("Not changed."), _("These are another office's settings."))
    errors: dict[str, list[Text]] = {
        name: [_("From %(low)d to %(high)d.") % {"low": low, "high": high}]
        for name, (low, high) in RANGES.items()
        if name in values and not low <= values[name] <= high
    }
    if not WORD.fullmatch(values.get("number_prefix", "督")):
        errors["number_prefix"] = [_("One to twelve characters or letters, for example 督.")]
    if errors:
        raise Invalid(_("Not changed: a value is out of range."), errors)
    with acting(actor=actor, at=at):
        settings = settings_of(office_id)
        before = {name: getattr(settings, name) for name in FIELDS}
        for name in FIELDS:
            setattr(settings, name, values.get(name, before[name]))
        settings.save()
        after = {name: getattr(settings, name) for name in FIELDS}
        record("rulebook.settled", actor=actor, at=at, obj=settings, before=before, after=after)
    return settings


def name_chief(*, office_id: UUID, post: Post | None, actor: Actor, at: datetime) -> OfficeSettings:
    """Say which post leads the supervision section; None: none does. Its holder grants exceptions
    for held nudges as second person. Refused: a post of another office or without supervision."""
    ensure(may_settle(actor))
    if actor.kind == "person" and actor.unit_id != office_id:
        raise Forbidden(_("Not changed."), _("These are another office's settings."))
    fits = post is None or (post.unit_id == office_id and post.role == Role.SUPERVISION_OFFICER)
    if not fits:
        why = _("Choose a supervision officer's post of this office.")
        raise Invalid(_("Not changed: a value is out of range."), {"chief_post": [why]})
    with acting(actor=actor, at=at):
        settings = settings_of(office_id)
        before = {"chief_post": str(settings.chief_post or "")}
        settings.chief_post = post
        settings.save()
        after = {"chief_post": str(post or "")}
        record("rulebook.settled", actor=actor, at=at, obj=settings, before=before, after=after)
    return settings


@rule
def may_phrase(actor: Actor, office_id: Any) -> Decision:
    """The phrases for returning a report: anybody who reviews in the office."""
    if actor.unit_id == office_id and actor.is_person and actor.role in REVIEWING_ROLES:
        return ALLOWED
    return Denied(
        Forbidden(
            _("Not changed."),
            _("The office that reviews reports keeps its own phrases."),
            code="not-your-office",
        )
    )


def rephrase(
    *, office_id: Any, phrases: Sequence[str], actor: Actor, at: datetime
) -> OfficeSettings:
    """Replace the office's phrases for returning a report; none = the shipped ones again. Refused:
    too many, too long."""
    ensure(may_phrase(actor, office_id))
    kept = list(dict.fromkeys(text.strip() for text in phrases if text.strip()))
    if len(kept) > MOST_PHRASES or any(len(text) > LONGEST_PHRASE for text in kept):
        raise Invalid(
            _("Not changed."),
            {"phrases": [_("At most 20 phrases of at most 100 characters, one a line.")]},
        )
    with acting(actor=actor, at=at):
        settings = settings_of(office_id)
        before = {"phrases": settings.return_phrases}
        settings.return_phrases = kept
        settings.save()
        after = {"phrases": kept}
        record("rulebook.settled", actor=actor, at=at, obj=settings, before=before, after=after)
    return settings

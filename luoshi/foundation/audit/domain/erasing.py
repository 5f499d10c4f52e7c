"""Erase the detail of entries whose basis to be kept has gone (security.md 6)."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit import rules
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.audit.models import Detail, Entry
from luoshi.foundation.audit.registry import known
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused


def erase(*, entries: Sequence[Entry], basis: str, actor: Actor, at: datetime) -> None:
    """Delete names, texts and salt of these entries; the chain stays whole and an entry says who
    erased which numbers on what basis. Refused: no basis, and acts whose record the law keeps."""
    ensure(rules.may_erase(actor))
    if not basis.strip():
        raise Invalid(_("Not erased."), {"basis": [_("Name the legal basis.")]})
    kept = [entry for entry in entries if known(entry.action).erasure != "detail"]
    if kept or not entries:
        raise Refused(
            _("Not erased."),
            _("The record of this act has to be kept by law."),
            next_steps=(_("Its reading can be restricted; it is not erased."),),
            code="kept-by-law",
        )
    places = sorted([entry.chain_id, entry.seq] for entry in entries)
    with acting(actor=actor, at=at):
        Detail.objects.filter(entry__in=[entry.pk for entry in entries]).delete()
        record(
            "audit.erased",
            actor=actor,
            at=at,
            object_kind="audit",
            object_id="trail",
            after={"basis": basis.strip(), "entries": places},
            erased=places,
        )

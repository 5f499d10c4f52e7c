"""What becomes of an item by API: adoptions, leaders' words, handing over, results, the lineage
(S2-55…57, B10). Files that show it are added on the page. A matter is registered by a person: a
token proposes it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from ninja import Router

from luoshi.desks.information import rules
from luoshi.desks.information.api import item_shaping as shaping
from luoshi.desks.information.api.acting import an_item, once, units_of
from luoshi.desks.information.api.item_schemas import (
    AdoptionIn,
    ItemHandoverIn,
    ItemInstructionIn,
    ItemOut,
    ItemResultIn,
    Lineage,
    ShownIn,
    WordsMatterIn,
)
from luoshi.desks.information.domain.fate.adopting import Adopted, adopt
from luoshi.desks.information.domain.fate.answering import Outcome, answer
from luoshi.desks.information.domain.fate.evidence import Shown
from luoshi.desks.information.domain.fate.handing import Work, make_matter
from luoshi.desks.information.domain.fate.handing import request as ask_units
from luoshi.desks.information.domain.fate.instructing import (
    LeaderWords,
    instruct_on,
    register_words,
)
from luoshi.desks.information.domain.queries.lineage import lineage
from luoshi.desks.information.models import Item, ItemInstruction
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, NotVisible
from luoshi.foundation.core.web.problems import READ
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.api.tokens import scoped
from luoshi.supervision.matters.api.schemas import KEY, WRITE, Key

router = Router(tags=["information"])
ITEM = "/information-items/{uuid:pk}"


def follow(
    request: OfficeRequest, pk: UUID, key: str, act: Callable[[Item, dict[str, Any]], object]
) -> Any:
    """One step of an item's fate; the answer is the item as it stands then."""
    actor = scoped(request, "matters:write")
    row, by = an_item(actor, pk), {"actor": actor, "at": request.now}

    def acted() -> tuple[int, Any]:
        act(row, by)
        return 201, shaping.shaped(an_item(actor, pk), actor, request.now)

    return once(request, key, acted)


def shown_in(body: ShownIn) -> Shown:
    """The day and the words that show it."""
    return Shown(on=body.on, evidence=body.evidence)


@router.post(f"{ITEM}/adoptions", response={201: ItemOut} | WRITE)
def note_adoption(request: OfficeRequest, pk: UUID, body: AdoptionIn, key: Key = KEY) -> Any:
    """A higher level printed it; its sender is told."""
    said = Adopted(**body.dict(exclude={"on", "evidence"}))
    return follow(
        request, pk, key, lambda row, by: adopt(item=row, adopted=said, shown=shown_in(body), **by)
    )


@router.post(f"{ITEM}/instructions", response={201: ItemOut} | WRITE)
def note_instruction(
    request: OfficeRequest, pk: UUID, body: ItemInstructionIn, key: Key = KEY
) -> Any:
    """A leader wrote on it; those who register matters are told."""
    said = LeaderWords(
        tier=body.tier,
        text=body.text,
        leader_id=body.leader_id,
        name=body.leader_name,
        title=body.leader_title,
    )
    return follow(
        request,
        pk,
        key,
        lambda row, by: instruct_on(item=row, words=said, shown=shown_in(body), **by),
    )


@router.post("/information-instructions/{uuid:pk}/matter", response={201: ItemOut} | WRITE)
def propose_words(request: OfficeRequest, pk: UUID, body: WordsMatterIn, key: Key = KEY) -> Any:
    """A leader's words become a matter of these units, proposed for a person to register."""
    actor = scoped(request, "matters:write")
    rows = ItemInstruction.objects.select_related("item__office", "matter")
    found = rows.filter(pk=pk, item__in=Item.objects.visible_to(actor)).first()
    if found is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    ensure(rules.may_become_matter(actor, found.item))
    units = units_of(body.units, "units", _("Not registered."))
    return follow(
        request,
        found.item_id,
        key,
        lambda _row, by: register_words(instruction=found, units=units, until=body.until, **by),
    )


@router.post(f"{ITEM}/handovers", response={201: ItemOut} | WRITE)
def hand_over_item(request: OfficeRequest, pk: UUID, body: ItemHandoverIn, key: Key = KEY) -> Any:
    """Ask units to look into it, or propose it as a matter."""
    verb: Callable[..., object] = make_matter if body.way == "matter" else ask_units
    may = rules.may_become_matter if body.way == "matter" else rules.may_hand
    actor = scoped(request, "matters:write")
    ensure(may(actor, an_item(actor, pk)))
    units = units_of(body.units, "units", pgettext_lazy("item", "Not handed over."))
    work = Work(words=body.words, units=units, until=body.until)
    return follow(request, pk, key, lambda row, by: verb(item=row, work=work, **by))


@router.post(f"{ITEM}/results", response={201: ItemOut} | WRITE)
def note_result(request: OfficeRequest, pk: UUID, body: ItemResultIn, key: Key = KEY) -> Any:
    """What became of it: the desk, or a unit it was handed to; its sender is told."""

    def act(row: Item, by: dict[str, Any]) -> object:
        handover = row.handovers.filter(pk=body.handover_id).first() if body.handover_id else None
        if body.handover_id and handover is None:
            why = _("Choose one of the list.")
            raise Invalid(_("Not written down: something is missing."), {"handover_id": [why]})
        said = Outcome(body.text, body.rule_title, body.rule_number, handover)
        return answer(item=row, outcome=said, shown=shown_in(body), **by)

    return follow(request, pk, key, act)


@router.get(f"{ITEM}/lineage", response={200: Lineage} | READ)
def read_lineage(request: OfficeRequest, pk: UUID) -> Any:
    """From the suggestion to the result or rule, each link with its day and evidence (B10)."""
    actor = scoped(request, "matters:read")
    return {"items": [shaping.link(one) for one in lineage(an_item(actor, pk), actor)]}

"""What an address of drafting means to its reader: documents, drafts and points of the office."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luoshi.desks.meetings import rules
from luoshi.desks.meetings.models import DraftItem, NumberedPoint, SourceDocument
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import NotVisible
from luoshi.foundation.core.web.requests import OfficeRequest


def not_found() -> NotVisible:
    """Nothing there, or nothing for this reader."""
    return NotVisible(_("Not found, or outside your scope."), code="not-visible")


def number_in(text: str) -> int:
    """A whole number of a form; -1 where it is none."""
    return int(text) if text.isdecimal() and len(text) < 10 else -1


def own(request: OfficeRequest, pk: UUID) -> SourceDocument:
    """A document of the reader's own office."""
    ensure(rules.may_upload(request.actor))
    rows = SourceDocument.objects.filter(office_id=request.actor.unit_id)
    found = rows.select_related("attachment").filter(pk=pk).first()
    if found is None:
        raise not_found()
    return found


def own_item(request: OfficeRequest, pk: UUID, number: int) -> DraftItem:
    """A draft of such a document, at the revision the page showed."""
    return item_of(own(request, pk), number, request.POST.get("revision", ""))


def item_of(document: SourceDocument, number: int, shown: str = "") -> DraftItem:
    """A draft by its number, at the revision a page showed."""
    found = document.items.filter(number=number).first()
    if found is None:
        raise not_found()
    found.document = document
    found.revision = int(shown) if shown.isdecimal() else found.revision
    return found


def own_point(request: OfficeRequest, pk: UUID, point: UUID) -> NumberedPoint:
    """A numbered point of such a document."""
    document = own(request, pk)
    found = document.points.filter(pk=point).first()
    if found is None:
        raise not_found()
    found.document = document
    return found

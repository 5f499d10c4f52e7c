"""Documents received and sent, a receipt board and standing orders as they are written out (row
52)."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from luoshi.desks.documents import rules
from luoshi.desks.documents.domain.queries import boards
from luoshi.desks.documents.domain.queries.orders import orders_of
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import NotVisible
from luoshi.foundation.core.time import instant_text
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import a_key
from luoshi.foundation.exchange.models import Addressee
from luoshi.foundation.sheets.registry import Column, Value


def received(request: OfficeRequest) -> "QuerySet[Any]":
    """What came for the unit, the newest first; `show=waiting`: not signed for yet."""
    ensure(rules.may_see_documents(request.actor))
    rows = boards.arrivals(request.actor, request.GET.get("show", ""))
    return rows.order_by("-arrived_at", "id")


def sent(request: OfficeRequest) -> "QuerySet[Any]":
    """What the unit sent, the newest first; `order`: by that standing order."""
    ensure(rules.may_see_documents(request.actor))
    rows, order = boards.sent(request.actor), a_key(request.GET.get("order", ""))
    rows = rows.filter(origin__order=order) if order else rows
    waiting = Count("addressees", filter=Q(addressees__state__in=boards.NOT_YET))
    return rows.annotate(waiting=waiting).order_by("-sent_at", "id")


def receipts(request: OfficeRequest) -> "QuerySet[Any]":
    """The board of one `dispatch`, narrowed to a state by `show`, in the order of the tree."""
    ensure(rules.may_see_documents(request.actor))
    key = a_key(request.GET.get("dispatch", ""))
    if key is None:
        return Addressee.objects.none()
    found = boards.sent(request.actor).filter(pk=key).first()
    if found is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    return boards.addressees(found, request.GET.get("show", "")).order_by(*boards.ORDER)


def orders(request: OfficeRequest) -> "QuerySet[Any]":
    """The unit's standing orders, the newest first."""
    ensure(rules.may_order(request.actor))
    return orders_of(request.actor).order_by("-set_at", "id")


def moment(name: str) -> Value:
    """A column that writes an instant."""

    def written(row: Any, at: datetime) -> str:
        value = getattr(row, name)
        return instant_text(value, get_language() or "zh-hans") if value else ""

    return written


SIGNED = pgettext_lazy("document", "Signed for")
RECEIVED = (
    Column("title", _("Document"), lambda row, at: row.title),
    Column("number", _("Number"), lambda row, at: row.number),
    Column("from", pgettext_lazy("document", "From"), lambda row, at: row.issuer),
    Column("received", pgettext_lazy("document", "Received"), moment("arrived_at")),
    Column("opened", pgettext_lazy("document", "Opened"), moment("opened_at")),
    Column("signed", SIGNED, moment("signed_at")),
    Column("state", _("State"), lambda row, at: str(row.get_state_display())),
    Column("person", _("By"), lambda row, at: row.person),
    Column("reason", _("Reason"), lambda row, at: row.reason),
)
SENT = (
    Column("title", _("Document"), lambda row, at: row.title),
    Column("number", _("Number"), lambda row, at: row.number),
    Column("sent", pgettext_lazy("document", "Sent"), moment("sent_at")),
    Column("by", _("By"), lambda row, at: row.sent_by_name),
    Column("units", _("Units"), lambda row, at: row.units),
    Column("waiting", _("Not signed for"), lambda row, at: row.waiting),
    Column("recalled", pgettext_lazy("document", "Recalled"), moment("recalled_at")),
    Column("reason", _("Reason"), lambda row, at: row.recall_reason),
)
RECEIPTS = (
    Column("unit", _("Unit"), lambda row, at: str(row.unit)),
    Column("state", _("State"), lambda row, at: str(row.get_state_display())),
    Column("delivered", pgettext_lazy("document", "Delivered"), moment("delivered_at")),
    Column("opened", pgettext_lazy("document", "Opened"), moment("opened_at")),
    Column("signed", SIGNED, moment("signed_at")),
    Column("person", _("By"), lambda row, at: row.person),
    Column("reason", _("Reason"), lambda row, at: row.reason),
)
ORDERS = (
    Column("from", pgettext_lazy("document", "From"), lambda row, at: str(row.node)),
    Column("units", _("Units"), lambda row, at: "、".join(str(unit) for unit in row.to.all())),
    Column("words", _("Covering note"), lambda row, at: row.words),
    Column("count", pgettext_lazy("order", "Carried out"), lambda row, at: row.count),
    Column("by", _("Ordered"), lambda row, at: row.set_by_name),
    Column("on", _("Date"), moment("set_at")),
    Column("ended", pgettext_lazy("order", "Ended"), moment("ended_at")),
    Column("reason", _("Reason"), lambda row, at: row.end_reason),
)

"""The columns of an office's exports by API. The rows themselves are read from the lists' own
addresses; a file is written out on the page, where the trail says who took it."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import NotVisible
from luoshi.foundation.core.web.problems import READ
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.api.tokens import scoped
from luoshi.foundation.sheets import rules
from luoshi.foundation.sheets.domain.templating import columns_of, set_columns
from luoshi.foundation.sheets.registry import LISTINGS, Listing

router = Router(tags=["exports"])


class ExportColumnIn(Schema):
    """A column by its key, under the office's own name ("" = the usual one)."""

    model_config = ConfigDict(extra="forbid")
    key: str = Field(max_length=60)
    name: str = Field("", max_length=300, pattern=r"^[^\x00]*$")


class ExportColumnsIn(Schema):
    """The columns in their order; none = back to the usual ones."""

    model_config = ConfigDict(extra="forbid")
    columns: list[ExportColumnIn] = Field(max_length=100)


class ColumnOut(Schema):
    """A column as it is written out."""

    key: str
    name: str


class ColumnsOut(Schema):
    """The columns of an export in their order, and every key the list knows."""

    label: str
    columns: list[ColumnOut]
    known: list[str]


def a_listing(request: OfficeRequest, key: str, scope: str) -> Listing:
    """The list of this name, for those who set its columns."""
    ensure(rules.may_set_columns(scoped(request, scope)))
    found = LISTINGS.get(key)
    if found is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    return found


def shaped(listing: Listing, request: OfficeRequest) -> dict[str, Any]:
    """The columns as they are."""
    named = columns_of(listing, request.actor.unit_id)
    return {
        "label": str(listing.label),
        "columns": [{"key": one.column.key, "name": one.name} for one in named],
        "known": [one.key for one in listing.columns],
    }


@router.get("/exports/{slug:key}/columns", response={200: ColumnsOut} | READ)
def read_columns(request: OfficeRequest, key: str) -> Any:
    """Which columns the office's export of a list has, under which names."""
    return shaped(a_listing(request, key, "matters:read"), request)


@router.put("/exports/{slug:key}/columns", response={200: ColumnsOut} | READ)
def put_columns(request: OfficeRequest, key: str, body: ExportColumnsIn) -> Any:
    """Set them; the same body twice changes nothing."""
    listing = a_listing(request, key, "matters:write")
    wanted = [(one.key, one.name) for one in body.columns]
    set_columns(listing=listing, columns=wanted, actor=request.actor, at=request.now)
    return shaped(listing, request)

"""Acts that need a proof not older than ten minutes, as data: route → when it applies (row 6,
ASVS 7.5.1). Restore, key change and erasure are commands at the machine."""

from collections.abc import Callable
from typing import Any

from luoshi.foundation.core.refusals import Refusal
from luoshi.foundation.sheets.registry import LISTINGS

MANY_ROWS = 1000


def on_post(request: Any) -> bool:
    """The act itself, not the page that offers it."""
    return bool(request.method == "POST")


def grants_access(request: Any) -> bool:
    """Activation, a handed-out password, a factor reset; suspension and unlocking stay quick."""
    return on_post(request) and request.POST.get("act") in {"activate", "password", "factor"}


def begins_factor(request: Any) -> bool:
    """A change of the authenticator in use."""
    return on_post(request) and request.user.factor_since is not None


def many_rows(request: Any) -> bool:
    """An export of more than 1,000 rows of whatever list; what the list itself refuses is refused
    by its page."""
    listing = LISTINGS.get(request.resolver_match.kwargs.get("key", ""))
    if listing is None:
        return False
    try:
        rows = listing.rows(request)
    except Refusal:
        return False
    return bool(rows.order_by()[: MANY_ROWS + 1].count() > MANY_ROWS)


DANGEROUS: dict[str, Callable[[Any], bool]] = {
    "accounts:factor": begins_factor,
    "accounts:policy": on_post,
    "exchange:acceptance": on_post,
    "exchange:key-acceptance": on_post,
    "exchange:key-revocation": on_post,
    "organizations:access": grants_access,
    "organizations:appointments": on_post,
    "organizations:ending": on_post,
    "organizations:mergers": on_post,
    "organizations:relations": on_post,
    "organizations:tokens": on_post,
    "organizations:revocation": on_post,
    "organizations:phone": on_post,
    "bulletins:list": on_post,
    "sheets:export": many_rows,
}

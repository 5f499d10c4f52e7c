"""Acts that need a proof not older than ten minutes, as data: route → when it applies (row 6,
ASVS 7.5.1). Restore, key change and erasure are commands at the machine."""

from collections.abc import Callable
from typing import Any

from luoshi.insight.figures.domain.ledger import Filters, matters

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
    """An export of more than 1,000 rows."""
    rows = matters(request.actor, Filters.of(request.GET), request.now)
    return rows.order_by()[: MANY_ROWS + 1].count() > MANY_ROWS


DANGEROUS: dict[str, Callable[[Any], bool]] = {
    "accounts:factor": begins_factor,
    "accounts:policy": on_post,
    "organizations:access": grants_access,
    "organizations:appointments": on_post,
    "organizations:ending": on_post,
    "organizations:relations": on_post,
    "organizations:tokens": on_post,
    "organizations:revocation": on_post,
    "organizations:phone": on_post,
    "bulletins:list": on_post,
    "figures:export": many_rows,
}

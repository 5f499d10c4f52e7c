"""Fetch through what the actor may see; invisible is not found (security row 9)."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.refusals import NotVisible


def visible(rows: Any, actor: Any, key: UUID) -> Any:
    """The row with this id within the actor's sight, or `NotVisible`. Asked without an order: for
    one, Django would compare every selected column."""
    rows = rows.visible_to(actor).filter(pk=key).order_by()[:1] if actor else ()
    found = next(iter(rows), None)
    if found is None:
        raise NotVisible(
            _("Not found, or outside your scope."),
            _("If you need it, contact the supervision office."),
            code="not-visible",
        )
    return found

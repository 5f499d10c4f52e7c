"""A person's own look of the ledger: density, columns, saved views. No business fact, so no trail
entry. Refused: unknown words, a view without a name, more than twenty views."""

from collections.abc import Iterable
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.accounts.models import User
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.rows.questions import Question
from luoshi.insight.figures.enums import Column, Density
from luoshi.insight.figures.models import LedgerLook

MOST = 20
SOMEBODY = UUID(int=2)  # stands in for a person
PASSING = {"cursor", "view"}


def look_of(user: User) -> LedgerLook:
    """The kept look, or the usual one."""
    kept = looks().ask({SOMEBODY: user.pk})
    return kept[0] if kept else LedgerLook(person=user)


@cache
def looks() -> Question:
    """The question of `look_of` about somebody: every page of the ledger asks it."""
    return Question(LedgerLook.objects.filter(pk=SOMEBODY))


def keep_look(*, user: User, density: str, shown: Iterable[str]) -> LedgerLook:
    """Save density and columns; refuses unknown words."""
    wanted = set(shown)
    if density not in Density.values or not wanted <= set(Column.values):
        raise Invalid(_("Not saved."), {"density": [_("Choose one of the listed values.")]})
    hidden = [column for column in Column.values if column not in wanted]
    look, _made = LedgerLook.objects.update_or_create(
        person=user, defaults={"density": density, "hidden": hidden}
    )
    return look


def keep_view(*, user: User, name: str, query: str) -> LedgerLook:
    """Save the filter under a name; the same name is replaced."""
    name = name.replace("\x00", "").strip()[:40]
    if not name:
        raise Invalid(_("Not saved."), {"name": [_("Give the view a name.")]})
    look = look_of(user)
    views = [view for view in look.views if view["name"] != name]
    if len(views) >= MOST:
        raise Invalid(_("Not saved."), {"name": [_("There are 20 views; remove one first.")]})
    look.views = [*views, {"name": name, "query": lasting(query)}]
    look.save()
    return look


def drop_view(*, user: User, name: str) -> LedgerLook:
    """Remove a saved view; an unknown name changes nothing."""
    look = look_of(user)
    look.views = [view for view in look.views if view["name"] != name]
    look.save()
    return look


def lasting(query: str) -> str:
    """The query string without what belongs to one visit."""
    parts = parse_qsl(query[:600].replace("\x00", ""))
    return urlencode([(key, value) for key, value in parts if key not in PASSING])


def current_view(look: LedgerLook, query: str) -> dict[str, Any] | None:
    """The saved view the address shows, if any."""
    wanted = sorted(parse_qsl(lasting(query)))
    found = (view for view in look.views if sorted(parse_qsl(view["query"])) == wanted)
    return next(found, None)

"""Parse what the pages of a list send."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.organizations.domain.queries.names import unit_by_name
from luoshi.supervision.lists.domain.copying import Choice
from luoshi.supervision.lists.domain.drafting import Head
from luoshi.supervision.lists.domain.pasting import Typed, point_of
from luoshi.supervision.lists.models import ListPoint, SupervisionPointsList

NAMES = ("year", "title", "reference", "method", "purpose", "joint_office")


def head_of(post: QueryDict) -> Head:
    """The head's form; a year that is no number and an unknown office are named."""
    errors: dict[str, list[Any]] = {}
    raw = post.get("year", "").strip()
    if not (raw.isascii() and raw.isdigit() and len(raw) == 4):
        errors["year"] = [_("Give a year between 2000 and 2090.")]
    name = post.get("joint_office", "").strip().replace("\x00", "")
    joint = unit_by_name(name) if name else None
    if name and joint is None:
        errors["joint_office"] = [_("No unit is called “%(name)s”.") % {"name": name[:40]}]
    if errors:
        raise Invalid(_("Not saved."), errors)
    return Head(
        year=int(raw),
        title=post.get("title", ""),
        reference=post.get("reference", ""),
        method=post.get("method", ""),
        purpose=post.get("purpose", ""),
        joint_office=joint,
    )


def typed(post: QueryDict) -> dict[str, Any]:
    """What was typed into the head's form."""
    return {name: post.get(name, "") for name in NAMES}


def kept(found: SupervisionPointsList) -> dict[str, Any]:
    """A list's head as the form shows it."""
    values = {name: getattr(found, name) or "" for name in NAMES if name != "joint_office"}
    return values | {"joint_office": str(found.joint_office or "")}


def one_point(post: QueryDict) -> Typed:
    """The form of one point."""
    cells = [post.get(name, "").replace("\x00", "") for name in ("text", "lead", "joint", "limit")]
    point, errors = point_of(cells, _("This point"))
    if point is None or errors:
        raise Invalid(_("Not saved."), {"text": errors})
    return point


def choices_of(post: QueryDict, points: Sequence[ListPoint]) -> Mapping[UUID, Choice]:
    """The copy form: per point kept or not, its text, the reason why it is dropped."""
    found = {}
    for point in points:
        text = post.get(f"text-{point.pk}", point.text).replace("\x00", "")
        found[point.pk] = Choice(
            keep=post.get(f"keep-{point.pk}", "1") == "1",
            text=text,
            reason=post.get(f"reason-{point.pk}", "").replace("\x00", ""),
        )
    return found

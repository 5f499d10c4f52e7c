"""Parse what the pages of this room send."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.organizations.domain.queries.names import expand, unit_by_name
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.inspections.domain.finding import Found
from luoshi.supervision.inspections.domain.preparing import Member, Outline
from luoshi.supervision.inspections.domain.problem.raising import Raised
from luoshi.supervision.inspections.models import Inspection
from luoshi.supervision.matters.web.forms import a_date

TEXTS = ("title", "kind", "content", "scope", "basis", "starts_on", "ends_on")


def word(post: QueryDict, name: str) -> str:
    """One field's text without characters that cannot be stored."""
    return post.get(name, "").replace("\x00", "")


def units_of(text: str, name: str) -> list[Unit]:
    """Units by name, short name, alias or collective name, separated by 、 or lines."""
    found: list[Unit] = []
    for part in text.replace("\n", "、").replace(",", "、").replace("，", "、").split("、"):
        if not part.strip():
            continue
        units = expand(part.strip())
        if not units:
            wrong = _("No unit is called “%(name)s”.") % {"name": part.strip()[:40]}
            raise Invalid(_("Not saved."), {name: [wrong]})
        found.extend(unit for unit in units if unit not in found)
    return found


def outline_of(post: QueryDict) -> Outline:
    """The form of an inspection; everything that cannot be read is told at once."""
    errors: dict[str, Sequence[Any]] = {}

    def read(parse: Callable[[str, str], Any], name: str) -> Any:
        """A field's value; what is wrong with it goes to `errors`."""
        try:
            return parse(word(post, name), name)
        except Invalid as wrong:
            errors.update(wrong.errors)
            return None

    found = Outline(
        title=word(post, "title"),
        kind=word(post, "kind"),
        content=word(post, "content"),
        scope=word(post, "scope"),
        basis=word(post, "basis"),
        methods=post.getlist("methods"),
        objects=read(units_of, "objects") or [],
        starts_on=read(a_date, "starts_on"),
        ends_on=read(a_date, "ends_on"),
        department=read(department_of, "department"),
    )
    if errors:
        raise Invalid(_("Not saved."), errors)
    return found


def department_of(text: str, name: str) -> Unit | None:
    """The department that inspects; empty = the office."""
    unit = unit_by_name(text.strip()) if text.strip() else None
    if text.strip() and unit is None:
        wrong = _("No unit is called “%(name)s”.") % {"name": text.strip()[:40]}
        raise Invalid(_("Not saved."), {name: [wrong]})
    return unit


def typed(post: QueryDict) -> dict[str, Any]:
    """What was typed, for showing it again."""
    values: dict[str, Any] = {name: word(post, name) for name in (*TEXTS, "objects", "department")}
    return values | {"methods": post.getlist("methods")}


def kept(row: Inspection) -> dict[str, Any]:
    """An inspection as the form shows it."""
    values = {name: getattr(row, name) for name in TEXTS}
    units = row.objects_inspected.select_related("unit")
    return values | {
        "starts_on": row.starts_on.isoformat(),
        "ends_on": row.ends_on.isoformat(),
        "objects": "、".join(str(one.unit) for one in units),
        "department": str(row.department),
        "methods": row.methods,
    }


def members_of(post: QueryDict, people: dict[str, UUID]) -> Sequence[Member]:
    """The rows of the group's form; a name that belongs to an account of the office is linked."""
    lists = {name: post.getlist(name) for name in ("part", "standing", "title")}

    def at(name: str, place: int) -> str:
        return lists[name][place] if place < len(lists[name]) else ""

    found = []
    for place, raw in enumerate(post.getlist("name")):
        name = raw.replace("\x00", "").strip()
        if not name:
            continue
        standing = at("standing", place)
        person = people.get(name) if standing == "staff" else None
        title = at("title", place).replace("\x00", "")
        found.append(Member(name, at("part", place), standing, title, person))
    return found


def found_of(post: QueryDict) -> Found:
    """The form of a finding."""
    return Found(
        unit=unit_by_name(word(post, "unit").strip()),
        kind=word(post, "kind"),
        facts=word(post, "facts"),
        method=word(post, "method"),
        category=word(post, "category"),
        requirement=word(post, "requirement"),
        limit_on=a_date(word(post, "limit_on"), "limit_on"),
    )


def raised_of(post: QueryDict) -> Raised:
    """The form of a problem."""
    return Raised(
        unit=unit_by_name(word(post, "unit").strip()),
        description=word(post, "description"),
        category=word(post, "category"),
        requirement=word(post, "requirement"),
        limit_on=a_date(word(post, "limit_on"), "limit_on"),
    )

"""Find units by any of their names; expand collective names; search for the picker."""

import re
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.refusals import Invalid, Text
from luoshi.foundation.organizations.models import CollectiveName, Unit

SEPARATED = re.compile(r"[、，,；;\r\n]")
MOST_TOLD = 20


def named(name: str) -> "QuerySet[Unit]":
    """The active units of that name, short name or alias; no query yet."""
    match = Q(name=name) | Q(short_name=name) | Q(aliases__name=name)
    return Unit.objects.filter(match, is_active=True).distinct()


def unit_by_name(name: str) -> Unit | None:
    """The unit of that name, short name or alias; None when unknown or ambiguous."""
    found = list(named(name)[:2])
    return found[0] if len(found) == 1 else None


def expand(name: str) -> list[Unit]:
    """The units a name stands for: one unit, the members of a collective name, or none."""
    unit = unit_by_name(name)
    if unit is not None:
        return [unit]
    group = CollectiveName.objects.filter(name=name, role_word=False).first()
    return list(group.members.filter(is_active=True)) if group else []


def listed(words: str, *, field: str, what: Text) -> list[Unit]:
    """The units a typed text names, one a line or separated by 、，；, each once, in its order; a
    collective name stands for its members. Refused as `what`: names nobody bears, each
    named (the first twenty)."""
    found: dict[UUID, Unit] = {}
    unknown: list[Text] = []
    for word in filter(None, (one.strip() for one in SEPARATED.split(words))):
        known = expand(word)
        found |= {unit.pk: unit for unit in known if unit.pk not in found}
        if not known:
            unknown.append(_("No unit is called “%(name)s”.") % {"name": word[:40]})
    if unknown:
        raise Invalid(what, {field: unknown[:MOST_TOLD]})
    return list(found.values())


def search_units(text: str, *, limit: int = 20) -> list[Unit]:
    """Units whose name, short name or alias holds the text, or whose pinyin initials begin so."""
    text = text.strip()
    if not text:
        return []
    match = Q(name__contains=text) | Q(short_name__contains=text) | Q(aliases__name__contains=text)
    if text.isascii():
        match |= Q(initials__startswith=text.lower())
    return list(Unit.objects.filter(match, is_active=True).distinct()[:limit])


def all_names() -> dict[str, list[str]]:
    """Unit code → every name it goes by, for the reading room."""
    names: dict[UUID, list[str]] = {}
    codes = {}
    for unit in Unit.objects.filter(is_active=True):
        codes[unit.pk] = unit.code
        names[unit.pk] = [unit.name, unit.short_name]
    for pk, alias in Unit.objects.filter(is_active=True).values_list("pk", "aliases__name"):
        if alias:
            names[pk].append(alias)
    return {codes[pk]: known for pk, known in names.items()}

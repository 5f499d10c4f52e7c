"""Import a unit tree from XLSX: read, check every row, preview, then write what was confirmed.

Sheet 1: 单位编码 单位名称 简称 别名 层级 系统 上级编码; sheet 2: 集合名称 成员编码 说明.
Idempotent by code; nothing is written while a row is wrong.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from pypinyin import lazy_pinyin
from python_calamine import CalamineError, CalamineWorkbook

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.organizations import rules
from luoshi.foundation.organizations.domain.seating import seat_paths
from luoshi.foundation.organizations.enums import Level, System
from luoshi.foundation.organizations.models import CollectiveName, Unit, UnitAlias
from luoshi.foundation.organizations.signals import tree_changed

COLUMNS = (
    "name",
    "short_name",
    "level",
    "system",
    "parent",
    "path",
    "seat_path",
    "sort_key",
    "initials",
)
HEADER = ("单位编码", "单位名称", "简称", "别名", "层级", "系统", "上级编码")
LEVELS = {
    "省": Level.PROVINCE,
    "市": Level.CITY,
    "县（区）": Level.COUNTY,
    "县": Level.COUNTY,
    "区": Level.COUNTY,
    "乡镇": Level.TOWNSHIP,
}
SYSTEMS = {
    "党委": System.PARTY,
    "政府": System.GOVERNMENT,
    "政协": System.CPPCC,
    "协会": System.ASSOCIATION,
    "企业": System.ENTERPRISE,
}


@dataclass
class UnitRow:
    """One row as read; `errors` are sentences for the preview."""

    row: int
    code: str
    name: str
    short_name: str
    aliases: list[str]
    level: str
    system: str
    parent: str
    errors: list[str] = field(default_factory=list)
    change: str = "new"


@dataclass
class GroupRow:
    """A collective name with the codes of its members; none = a role word."""

    name: str
    members: list[str]


@dataclass
class Preview:
    """What an import would do."""

    units: list[UnitRow]
    groups: list[GroupRow]

    @property
    def wrong(self) -> list[UnitRow]:
        """Rows that cannot be taken."""
        return [row for row in self.units if row.errors]


def split(text: Any) -> list[str]:
    """Names or codes separated by ； ; or 、."""
    plain = str(text).replace("；", ";").replace("、", ";")
    return [part.strip() for part in plain.split(";") if part.strip()]


def text_of(value: Any) -> str:
    """A cell as text; a whole float loses its point (Excel's way with codes)."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def read_tree(path: Path) -> Preview:
    """Read and check a workbook; raises `Invalid` when it is no unit tree at all."""
    try:
        book = CalamineWorkbook.from_path(str(path))
        sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    except (CalamineError, OSError) as error:
        raise Invalid(
            _("Not imported."), {"file": [_("This is not a readable XLSX workbook.")]}
        ) from error
    if not sheets or tuple(text_of(cell) for cell in sheets[0][0][:7]) != HEADER:
        raise Invalid(
            _("Not imported."),
            {"file": [_("The first row must read: %(header)s") % {"header": " ".join(HEADER)}]},
        )
    units = [
        UnitRow(
            row=number,
            code=text_of(cells[0]),
            name=text_of(cells[1]),
            short_name=text_of(cells[2]) or text_of(cells[1]),
            aliases=split(cells[3]),
            level=text_of(cells[4]),
            system=text_of(cells[5]),
            parent=text_of(cells[6]),
        )
        for number, cells in enumerate(sheets[0][1:], start=2)
        if any(text_of(cell) for cell in cells)
    ]
    groups = (
        [GroupRow(text_of(c[0]), split(c[1])) for c in sheets[1][1:] if text_of(c[0])]
        if len(sheets) > 1
        else []
    )
    check(units)
    return Preview(units, groups)


def check(units: Sequence[UnitRow]) -> None:
    """Find the errors of each row, and whether it is new, changed or unchanged."""
    seen: dict[str, UnitRow] = {}
    stored = {unit.code: unit for unit in Unit.objects.select_related("parent")}
    for row in units:
        if not row.code or not row.name:
            row.errors.append(_("Code and name are needed."))
        if row.code in seen:
            row.errors.append(_("Code %(code)s stands twice.") % {"code": row.code})
        if row.level not in LEVELS:
            row.errors.append(_("Unknown level “%(word)s”.") % {"word": row.level})
        if row.system not in SYSTEMS:
            row.errors.append(_("Unknown system “%(word)s”.") % {"word": row.system})
        if row.parent and row.parent not in seen and row.parent not in stored:
            row.errors.append(_("Superior %(code)s is not above this row.") % {"code": row.parent})
        seen[row.code] = row
        known = stored.get(row.code)
        if known is not None and not known.is_active:
            row.errors.append(_("The unit %(code)s is closed.") % {"code": row.code})
        if known is not None and not row.errors:
            same = (known.name, known.short_name, known.level, known.system) == (
                row.name,
                row.short_name,
                LEVELS[row.level],
                SYSTEMS[row.system],
            )
            row.change = "same" if same else "changed"


def write_tree(preview: Preview, *, actor: Actor, at: datetime) -> int:
    """Write a checked tree; returns the number of units. Refused while a row is wrong."""
    ensure(rules.may_change_units(actor))
    if preview.wrong:
        raise Invalid(
            _("Not imported: some rows are wrong."),
            {"file": [f"{row.row}: {'; '.join(row.errors)}" for row in preview.wrong[:20]]},
        )
    with acting(actor=actor, at=at):
        units = {unit.code: unit for unit in Unit.objects.all()}
        before = {code: columns(unit) for code, unit in units.items()}
        called = {code: (unit.name, unit.short_name) for code, unit in units.items()}
        for row in preview.units:
            units[row.code] = unit_of(row, units)
        for code, path in seat_paths(units.values()).items():
            units[code].seat_path = path
        Unit.objects.bulk_create([u for c, u in units.items() if c not in before], batch_size=1000)
        moved = [units[code] for code, was in before.items() if columns(units[code]) != was]
        Unit.objects.bulk_update(moved, COLUMNS, batch_size=200)
        keep_old_names(called, units)
        write_names(preview, units)
        tree_changed.send(sender=None, units=[unit.pk for unit in moved])
        record(
            "organizations.imported",
            actor=actor,
            at=at,
            object_kind="organizations.unit",
            object_id="tree",
            after={"units": len(preview.units), "groups": len(preview.groups)},
        )
    return len(preview.units)


def columns(unit: Unit) -> tuple[Any, ...]:
    """What an import may change of a unit."""
    return tuple(getattr(unit, f"{name}_id" if name == "parent" else name) for name in COLUMNS)


def unit_of(row: UnitRow, units: dict[str, Unit]) -> Unit:
    """The unit of a row, new or changed, not yet saved."""
    parent = units.get(row.parent)
    unit = units.get(row.code) or Unit(code=row.code)
    unit.name, unit.short_name = row.name, row.short_name
    unit.level, unit.system = LEVELS[row.level], SYSTEMS[row.system]
    unit.parent = parent
    unit.path = (parent.path if parent else "") + row.code + "/"
    syllables = lazy_pinyin(row.short_name)
    unit.sort_key = " ".join(syllables)[:200]
    unit.initials = "".join(syllable[:1] for syllable in syllables).lower()[:60]
    return unit


def keep_old_names(called: dict[str, tuple[str, str]], units: dict[str, Unit]) -> None:
    """A renamed unit still answers to its old names, which stand in papers, unless another unit
    bears them now."""
    now = {name for unit in units.values() for name in (unit.name, unit.short_name)}
    old = {name: units[code] for code, names in called.items() for name in names if name not in now}
    UnitAlias.objects.bulk_create(
        [UnitAlias(name=name, unit=unit) for name, unit in old.items()], ignore_conflicts=True
    )


def write_names(preview: Preview, units: dict[str, Unit]) -> None:
    """Aliases and collective names."""
    UnitAlias.objects.bulk_create(
        {
            alias: UnitAlias(name=alias, unit=units[row.code])
            for row in preview.units
            for alias in row.aliases
        }.values(),
        update_conflicts=True,
        unique_fields=("name",),
        update_fields=("unit",),
        batch_size=1000,
    )
    for group in preview.groups:
        made, _new = CollectiveName.objects.update_or_create(
            name=group.name, defaults={"role_word": not group.members}
        )
        made.members.set([units[code] for code in group.members if code in units])

"""The rule catalogue as it is written out: every rule as the office has it today."""

from datetime import datetime
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.deadlines.engine.phrases import phrase
from luoshi.foundation.deadlines.engine.rule import from_json
from luoshi.foundation.sheets.registry import Column, Lines
from luoshi.supervision.rulebook import rules
from luoshi.supervision.rulebook.domain.queries.versions import catalogue
from luoshi.supervision.rulebook.enums import Content, Regime
from luoshi.supervision.rulebook.models import ReportingRuleVersion


def rows_of(request: OfficeRequest) -> Lines:
    """The rules in order of code."""
    actor = request.actor
    ensure(rules.may_read_rules(actor))
    return Lines(catalogue(actor.unit_id, office_date(request.now)))  # type: ignore[arg-type]


def limit_words(version: ReportingRuleVersion, language: str) -> str:
    """The limit as the reader reads it."""
    return phrase(from_json(version.deadline), language) if version.deadline else ""


def limit_of(row: Any, at: datetime) -> str:
    """The limit in words, as the catalogue shows it."""
    version = row.version
    if not version.applies:
        return str(_("retired"))
    words = limit_words(version, get_language() or "zh-hans")
    if words and version.grace_workdays:
        n = version.grace_workdays
        return f"{words} + {ngettext('%(n)s working day', '%(n)s working days', n) % {'n': n}}"
    if not words and version.silence_days:
        text = _("no date; attention after %(n)s days of silence")
        return str(text % {"n": version.silence_days})
    if not words and row.rule.code == "TR-07":
        return str(_("typed per matter, with its basis"))
    return words or str(_("no date"))


def title_of(row: Any, at: datetime) -> str:
    """The title in the reader's language."""
    chinese = (get_language() or "zh-hans").startswith("zh")
    return str(row.rule.title_zh if chinese else row.rule.title_en)


def listed(choices: Any, values: Any) -> str:
    """Values as words."""
    return "、".join(str(choices(value).label) for value in values)


COLUMNS = (
    Column("code", _("No."), lambda row, at: row.rule.code),
    Column("title", _("Rule"), title_of),
    Column("limit", _("Limit"), limit_of),
    Column("governs", _("Governs"), lambda row, at: listed(Regime, row.regimes)),
    Column("content", _("Content"), lambda row, at: listed(Content, row.version.content)),
    Column("reports_to", _("Reports go to"), lambda row, at: row.version.reports_to),
    Column("basis", _("Basis"), lambda row, at: row.version.legal_basis),
    Column("version", _("Version"), lambda row, at: row.version.version),
    Column("from", _("In force"), lambda row, at: row.version.valid_from.isoformat()),
    Column("by", _("Adopted by"), lambda row, at: row.version.adopted_by_name),
    Column(
        "later",
        _("Next version"),
        lambda row, at: row.later.valid_from.isoformat() if row.later else "",
    ),
)

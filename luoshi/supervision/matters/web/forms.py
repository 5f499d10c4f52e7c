"""Parse what the pages send; every refusal names the field."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import a_date
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.organizations.domain.queries.names import unit_by_name
from luoshi.supervision.matters.domain.matter.customary import with_customary_limit
from luoshi.supervision.matters.domain.matter.decomposing import SubMatter
from luoshi.supervision.matters.domain.matter.drafting import Plan
from luoshi.supervision.matters.domain.queries.addressing import COLUMNS as ADDRESSED
from luoshi.supervision.matters.domain.queries.addressing import names_in
from luoshi.supervision.matters.domain.report.contents import TEXTS, Figure, Words, misread
from luoshi.supervision.matters.domain.share.assigning import Share
from luoshi.supervision.matters.domain.share.stages import Stage
from luoshi.supervision.matters.enums import Part
from luoshi.supervision.matters.models import Matter


def an_id(text: str, name: str) -> UUID | None:
    """A chosen id; empty = None."""
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise Invalid(_("Not saved."), {name: [_("Open the page again.")]}) from error


def plan_of(post: QueryDict, matter: Matter | None = None) -> Plan:
    """The plan form; rules read from a document stay as they are."""
    amount = post.get("urgent_amount", "").strip()
    dates, errors = dates_of(post)
    if amount and not (amount.isascii() and amount.isdigit()):
        errors["urgent_amount"] = [_("Give a whole number.")]
    if errors:
        raise Invalid(_("Not saved."), errors)
    anchors = dict(matter.anchors) if matter else {}
    for name in ("issue", "meeting"):
        value = dates[f"anchor_{name}"]
        if value:
            anchors[name] = value.isoformat()
    return Plan(
        title=post.get("title", ""),
        regime=post.get("regime", ""),
        content=post.get("content", ""),
        method=post.get("method", ""),
        purpose=post.get("purpose", ""),
        basis=post.get("basis", ""),
        end_on=dates["end_on"],
        task_rules=matter.task_rules if matter else (),
        anchors=anchors,
        proposed_shares=matter.proposed_shares if matter else (),
        urgent_amount=int(amount) if amount else None,
        urgent_unit=post.get("urgent_unit", "hours") if amount else "",
        urgent_basis=post.get("urgent_basis", ""),
        report_to=names_in(post.get("report_to", "")),
        copy_to=names_in(post.get("copy_to", "")),
        joint_office=an_id(post.get("joint_office", ""), "joint_office"),
    )


def planned(request: OfficeRequest, matter: Matter | None = None) -> Plan:
    """The typed plan, with the office's customary limit where the officer asked for it."""
    plan = plan_of(request.POST, matter)
    if "customary" not in request.POST:
        return plan
    return with_customary_limit(
        plan,
        office_id=matter.office_id if matter else request.actor.unit_id,
        today=office_date(request.now),
        calendar=current_calendar(),
    )


def dates_of(post: QueryDict) -> tuple[dict[str, date | None], dict[str, list[Any]]]:
    """The typed dates of the plan, and for each that cannot be read its error: all are told at
    once."""
    dates: dict[str, date | None] = {}
    errors: dict[str, list[Any]] = {}
    for name in ("end_on", "anchor_meeting", "anchor_issue"):
        try:
            dates[name] = a_date(post.get(name, ""), name)
        except Invalid as problem:
            errors |= {field: list(texts) for field, texts in problem.errors.items()}
    return dates, errors


NAMES = (
    "title",
    "regime",
    "content",
    "method",
    "purpose",
    "basis",
    "end_on",
    "urgent_amount",
    "urgent_unit",
    "urgent_basis",
    "joint_office",
    *ADDRESSED,
)


def typed(post: QueryDict) -> dict[str, Any]:
    """What was typed into the plan form, for showing it again."""
    names = (*NAMES, "anchor_meeting", "anchor_issue", "customary", "end_reason")
    return {name: post.get(name, "") for name in names}


def kept(matter: Matter) -> dict[str, Any]:
    """A matter's plan as the form shows it."""
    values = {name: getattr(matter, name) or "" for name in NAMES}
    anchors = {f"anchor_{n}": matter.anchors.get(n, "") for n in ("meeting", "issue")}
    values |= {"report_to": matter.report_names, "copy_to": matter.copy_names}
    values["joint_office"] = str(matter.joint_office_id or "")
    return values | anchors | {"end_on": matter.end_on.isoformat() if matter.end_on else ""}


def shares_of(post: QueryDict) -> list[Share]:
    """The rows of the assigning form; an unknown name is named."""
    found: list[Share] = []
    errors: list[Any] = []
    tasks = post.getlist("task")
    for index, name in enumerate(post.getlist("unit")):
        if not name.strip():
            continue
        unit = unit_by_name(name.strip())
        if unit is None:
            errors.append(_("No unit is called “%(name)s”.") % {"name": name.strip()})
            continue
        parts = post.getlist("part")
        part = parts[index] if index < len(parts) else ""
        found.append(Share(unit, part, tasks[index] if index < len(tasks) else ""))
    if errors:
        raise Invalid(_("Not assigned."), {"unit": errors})
    return found


def parts_of(post: QueryDict) -> list[SubMatter]:
    """The rows of the dividing form; a row without a title is left out."""
    found: list[SubMatter] = []
    columns = [post.getlist(name) for name in ("title", "content", "end_on", "unit")]
    for title, content, end_on, name in zip(*columns, strict=False):
        if not title.strip():
            continue
        unit = unit_by_name(name.strip()) if name.strip() else None
        if name.strip() and unit is None:
            text = _("No unit is called “%(name)s”.") % {"name": name.strip()}
            raise Invalid(_("Not divided."), {"unit": [text]})
        plan = Plan(title=title, content=content, end_on=a_date(end_on, "end_on"))
        found.append(SubMatter(plan, [Share(unit, Part.SOLE)] if unit else ()))
    return found


def figures_of(post: QueryDict) -> tuple[list[Figure], list[Any]]:
    """The figure rows (name, value, unit of measure), and what is no number."""
    found: list[Figure] = []
    errors: list[Any] = []
    values, measures = post.getlist("figure_value"), post.getlist("figure_measure")
    for index, name in enumerate(post.getlist("figure_name")):
        raw = values[index].replace(",", "").strip() if index < len(values) else ""
        if not name.strip() or not raw:
            continue
        try:
            value = Decimal(raw)
        except InvalidOperation:
            errors.append(_("“%(raw)s” is not a number.") % {"raw": raw[:20]})
            continue
        measure = measures[index] if index < len(measures) else ""
        found.append(Figure(name.strip()[:60], value, measure.strip()[:20]))
    return found, errors


def words_of(post: QueryDict) -> Words:
    """The report form; figures that are no numbers are refused."""
    errors: dict[str, list[Any]] = {}
    _figures, wrong = figures_of(post)
    if wrong:
        errors["figure_value"] = wrong
    for name in ("percent", "hours"):
        raw = bare(post, name)
        if raw and a_number(raw) is None:
            errors[name] = [_("“%(raw)s” is not a number.") % {"raw": raw[:20]}]
    words = readable_words(post)
    errors |= {name: list(texts) for name, texts in misread(words).items()}
    if errors:
        raise Invalid(_("Not saved."), errors)
    return words


def bare(post: QueryDict, name: str) -> str:
    """A typed number without what people write around it."""
    return post.get(name, "").replace("%", "").replace("％", "").replace(",", "").strip()


def a_number(raw: str) -> Decimal | None:
    """The number, or nothing where it is none."""
    try:
        found = Decimal(raw)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def a_percentage(raw: str) -> int | None:
    """A whole percentage; one with a fraction is out of range and refused as such."""
    found = a_number(raw) if raw else None
    if found is None:
        return None
    return int(found) if found == found.to_integral_value() and abs(found) < 1000 else -1


def readable_words(post: QueryDict) -> Words:
    """The report form without what cannot be read."""
    texts = {name: post.get(name, "").replace("\x00", "") for name in TEXTS}
    return Words(
        **texts,
        figures=figures_of(post)[0],
        percent=a_percentage(bare(post, "percent")),
        hours=a_number(bare(post, "hours")),
    )


def stages_of(post: QueryDict) -> list[Stage]:
    """The rows of planned progress (day, percentage, what); empty ones are left out."""
    found: list[Stage] = []
    columns = [post.getlist(f"stage_{name}") for name in ("on", "percent", "text")]
    for on, percent, text in zip(*columns, strict=False):
        if not (on.strip() or percent.strip() or text.strip()):
            continue
        raw = percent.replace("%", "").replace("％", "").strip()
        day, number = a_date(on.strip(), "stages"), a_percentage(raw)
        if day is None or number is None:
            error = _("Give each stage its day and its percentage.")
            raise Invalid(_("Not saved."), {"stages": [error]})
        found.append(Stage(day, number, text.replace("\x00", "").strip()))
    return found


def ids_of(values: Sequence[str]) -> list[UUID]:
    """Ticked ids; anything that is no id is refused."""
    try:
        return [UUID(value) for value in values]
    except ValueError as error:
        raise Invalid(_("Not sent."), {"duties": [_("Open the page again.")]}) from error

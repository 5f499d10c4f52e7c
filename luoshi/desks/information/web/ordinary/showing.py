"""What an item's page shows of it to a reader."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from luoshi.desks.information import rules
from luoshi.desks.information.domain.items.reviewing import points_of
from luoshi.desks.information.domain.items.wording import long, words_of
from luoshi.desks.information.domain.queries.differences import differences
from luoshi.desks.information.domain.queries.likeness import like
from luoshi.desks.information.domain.queries.lineage import files_of
from luoshi.desks.information.enums import MARK_POINTS, Criterion, ItemState, Mark, Tier
from luoshi.desks.information.models import Item, ItemVersion, SubmissionQuota
from luoshi.desks.information.rules.ordinary import engaged
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.domain.queries.holders import leaders_over
from luoshi.supervision.matters.domain.queries.burden import added
from luoshi.supervision.matters.domain.queries.showing import history_of
from luoshi.supervision.matters.models import Matter
from luoshi.supervision.rulebook.enums import Regime


def item_page(request: OfficeRequest, row: Item) -> dict[str, Any]:
    """Everything on the page; the desk's own parts for the desk alone."""
    actor, at = request.actor, request.now
    desk = bool(rules.may_open_desk(actor)) and actor.unit_id == row.office_id
    may = allowed(actor, row)
    versions = list(row.versions.order_by("number"))
    similar = like(row, at) if desk and row.state != ItemState.MERGED else []
    became = fate(row, actor, at)
    return {
        "row": row,
        "long": long(words_of(row)),
        "characters": words_of(row).characters,
        "about": list(row.about.order_by("sort_key")),
        "versions": changes(versions),
        "criteria": criteria_of(row),
        "review": review_form(request, row) if may["may_review"] else [],
        "points": points_of(row),
        "most": len(Criterion) * MARK_POINTS[Mark.YES],
        "similar": similar,
        "known": list(row.likenesses.select_related("other")) if desk else [],
        "printed": list(row.entries.select_related("issue__series").order_by("issue__begun_at")),
        "merged": list(row.merged.order_by("number")) if desk else [],
        "history": history_of("information.item", row.pk) if desk else [],
        "desk": desk,
        "tiers": Tier.choices,
        "leaders": leaders(request) if may["may_follow"] else [],
        **became,
        **may,
        **loads(row, office_date(at), may, instructed=became["waits"]),
    }


def loads(row: Item, on: date, may: Mapping[str, bool], *, instructed: bool) -> dict[str, Any]:
    """What a matter made of it would ask of a unit (B6): handed over, one answer; on a leader's
    words, what the catalogue asks."""
    if not may["may_register"]:
        return {}
    handed = Matter(office_id=row.office_id, regime=Regime.DOCUMENT, end_on=on, basis=row.number)
    words = Matter(office_id=row.office_id, regime=Regime.INSTRUCTION, basis=row.number)
    return {
        "load_handed": added(handed, [], on),
        "load_words": added(words, [], on) if instructed else None,
    }


def allowed(actor: Actor, row: Item) -> dict[str, bool]:
    """What the reader may do here."""
    return {
        "may_edit": bool(rules.may_edit(actor, row)),
        "may_review": bool(rules.may_review(actor, row)),
        "may_resend": bool(rules.may_resend(actor, row)),
        "may_join": bool(rules.may_merge_items(actor, row)),
        "may_follow": bool(rules.may_follow(actor, row)),
        "may_hand": bool(rules.may_hand(actor, row)),
        "may_register": bool(rules.may_become_matter(actor, row)),
        "may_answer": bool(rules.may_answer(actor, row)),
    }


def fate(row: Item, actor: Actor, at: Any) -> dict[str, Any]:
    """What became of it, each with its files; matters are linked for those who see them."""
    adoptions = list(row.adoptions.order_by("on", "noted_at"))
    instructed = list(row.instructions.select_related("matter").order_by("on", "noted_at"))
    given_to = row.handovers.select_related("unit", "matter")
    handed: list[Any] = list(given_to.prefetch_related("results"))
    handed.sort(key=lambda one: (one.on, one.noted_at))
    results = list(row.results.order_by("on", "noted_at"))
    all_rows: list[Any] = [*adoptions, *instructed, *results]
    kept = files_of(one.pk for one in all_rows if one.files)
    for one in all_rows:
        one.shown_files, one.key = kept.get(one.pk, ()), f"{one.pk}_"
    for given in handed:
        given.late = given.overdue(office_date(at))
    keys = {one.matter_id for one in handed if one.matter_id}
    asked = [one for one in handed if one.due_on and not one.results.all()]
    seen = Matter.objects.visible_to(actor).filter(pk__in=keys) if keys else []
    waits = any(one.matter_id is None for one in instructed)
    return {
        "waits": waits,
        "adoptions": adoptions,
        "instructed": instructed,
        "handed": handed,
        "unanswered": [(one.pk, f"{one.unit} {one.on}") for one in asked],
        "results": results,
        "open_matters": {matter.pk for matter in seen},
    }


def changes(versions: list[ItemVersion]) -> list[dict[str, Any]]:
    """Every version, the newest first, with what it changed in the one before."""
    found = []
    for place, version in enumerate(versions):
        before = versions[place - 1] if place else None
        parts = differences(before, version) if before else []
        found.append({"version": version, "parts": [pieces for _name, pieces in parts]})
    return found[::-1]


def criteria_of(row: Item) -> list[tuple[Any, Any, str]]:
    """(criterion, mark, word) of the review, empty before it."""
    return [
        (one.label, Mark(row.criteria[one.value]["mark"]).label, row.criteria[one.value]["words"])
        for one in Criterion
        if one.value in row.criteria
    ]


def review_form(request: OfficeRequest, row: Item) -> list[dict[str, Any]]:
    """The four rows of the form with what was typed, or what was said the last time."""
    rows = []
    for one in Criterion:
        before = row.criteria.get(one.value, {})
        mark, words = f"mark_{one.value}", f"words_{one.value}"
        rows.append(
            {
                "label": one.label,
                "mark": mark,
                "words": words,
                "marked": request.POST.get(mark, before.get("mark", "")),
                "said": request.POST.get(words, before.get("words", "")),
                "marks": Mark.choices,
            }
        )
    return rows


def leaders(request: OfficeRequest) -> list[tuple[Any, str]]:
    """Leaders with an account here as choices."""
    rows = leaders_over(request.actor.unit_id, office_date(request.now))
    return [(row.person_id, f"{row.person.full_name} {row.post.title}") for row in rows]


def quota_of(actor: Actor, today: date) -> dict[str, int] | None:
    """How many items are asked of the submitter this year and how many came; None = none asked."""
    year = {"submitted_on__year": today.year}
    if actor.unit_id is None:
        held = engaged(actor, today)
        if held is None or not held.quota:
            return None
        return {"asked": held.quota, "sent": Item.objects.filter(officer=held, **year).count()}
    row = SubmissionQuota.objects.filter(
        unit_id=actor.unit_id, year=today.year, count__gt=0
    ).first()
    if row is None:
        return None
    mine = Item.objects.filter(unit_id=actor.unit_id, office_id=row.office_id, officer=None, **year)
    return {"asked": row.count, "sent": mine.count()}

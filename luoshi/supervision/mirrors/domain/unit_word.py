"""What the units of this node have done about a matter led elsewhere: every act by its name, in
full as long as the leading office has not confirmed it."""

from collections.abc import Iterable
from typing import Any

from luoshi.foundation.attachments.models import Attachment
from luoshi.supervision.matters.enums import REPORT_UNSENT
from luoshi.supervision.matters.models import Assignment, Extension, Matter, Report
from luoshi.supervision.mirrors.domain import columns
from luoshi.supervision.mirrors.domain.plain import plain, said
from luoshi.supervision.mirrors.enums import Fact

ORDER = {fact.value: place for place, fact in enumerate(Fact)}  # of acts of one instant


def own_shares(matter: Matter) -> list[Assignment]:
    """The shares of a mirrored matter whose units live here."""
    rows = matter.assignments.filter(unit__served_by=None).select_related("unit")
    return list(rows.order_by("pk"))


def facts_of(share: Assignment) -> list[dict[str, Any]]:
    """The unit's acts in their order, each with its name."""
    found = [*signing(share), *objections(share), *opinions(share), *extensions(share)]
    found += [*reports(share), *stops(share)]
    return sorted(found, key=lambda one: (one["at"], ORDER[one["fact"]], one["name"]))


def fact(kind: Fact, key: object, at: Any, by: str, **more: Any) -> dict[str, Any]:
    """One act; `name` is the same on both sides for ever."""
    name = kind.value if kind == Fact.SIGNING else f"{kind.value}:{key}"
    return {"fact": kind.value, "name": name, "at": plain(at), "by": by, **more}


def signing(share: Assignment) -> Iterable[dict[str, Any]]:
    """The signing for the slip."""
    if share.signed_at is not None:
        yield fact(Fact.SIGNING, "", share.signed_at, share.signed_by_name)


def objections(share: Assignment) -> Iterable[dict[str, Any]]:
    """The one objection."""
    row = getattr(share, "objection", None)
    if row is not None:
        more = said(row, ("reason", "suggestion"))
        yield fact(Fact.OBJECTION, row.pk, row.raised_at, row.raised_by_name, **more)


def opinions(share: Assignment) -> Iterable[dict[str, Any]]:
    """Opinions to the lead unit."""
    for row in share.opinions.all():
        yield fact(Fact.OPINION, row.pk, row.given_at, row.given_by_name, text=row.text)


def extensions(share: Assignment) -> Iterable[dict[str, Any]]:
    """Requests for a later limit, and their being taken back by the unit."""
    settled = set(share.settlements.values_list("fact_id", flat=True))
    for row in Extension.objects.filter(duty__assignment=share).select_related("duty"):
        more = said(row, ("reason", "wanted_at", "limit_at"))
        more["duty"] = f"{row.duty.rule_code}|{row.duty.period}"
        yield fact(Fact.EXTENSION, row.pk, row.asked_at, row.asked_by_name, **more)
        if row.state == "withdrawn" and f"extension:{row.pk}" not in settled:
            yield fact(Fact.WITHDRAWAL, row.pk, row.decided_at, row.decided_by_name)


def stops(share: Assignment) -> Iterable[dict[str, Any]]:
    """Requests that the clock stand still; those of the office are known to it."""
    for row in share.stops.all():
        yield fact(Fact.STOP, row.pk, row.asked_at, row.asked_by_name, reason=row.reason)


def reports(share: Assignment) -> Iterable[dict[str, Any]]:
    """Reports sent, with figures, duties, provenance and the names of their files."""
    rows = Report.objects.filter(assignment=share).exclude(state__in=REPORT_UNSENT)
    for row in rows.prefetch_related("duties", "figures", "rows__source"):
        files = Attachment.objects.filter(owner_kind="report", owner_id=row.pk)
        yield fact(
            Fact.REPORT,
            row.pk,
            row.submitted_at,
            row.written_by_name,
            **said(row, columns.REPORT),
            corrects=plain(row.corrects_id),
            follows=plain(row.follows_id),
            duties=sorted(f"{one.rule_code}|{one.period}" for one in row.duties.all()),
            figures=[said(one, ("name", "value", "measure")) for one in row.figures.all()],
            rows=[said(one, columns.ROW) | {"receipt": one.receipt} for one in row.rows.all()],
            files=list(files.order_by("pk").values_list("file__sha256", flat=True)),
        )


def stale(share: Assignment) -> list[dict[str, Any]]:
    """Rows of sent reports that a unit below has corrected since (B17)."""
    reports_ = Report.objects.filter(assignment=share).exclude(state__in=REPORT_UNSENT)
    found = []
    for report in reports_.prefetch_related("rows__source", "rows__outdated__newer"):
        for row in report.rows.all():
            for one in row.outdated.all():
                found.append(
                    {
                        "report": str(report.pk),
                        "receipt": row.receipt,
                        "name": row.name,
                        "newer": one.newer.receipt_number if one.newer else one.newer_receipt,
                        "value": plain(one.value),
                        "noticed_at": plain(one.noticed_at),
                    }
                )
    return sorted(found, key=lambda one: (one["noticed_at"], one["receipt"], one["name"]))

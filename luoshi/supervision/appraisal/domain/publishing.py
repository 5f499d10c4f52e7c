"""Publish a ranking: rows, rule version, as-of and fingerprint are frozen; a correction is a new
publication that names the one it corrects and says why."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.audit.hashing import canonical
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, NotVisible, Refused
from luoshi.foundation.core.time import office_date
from luoshi.foundation.notifications.domain.sending import Message, send
from luoshi.foundation.organizations.domain.queries.holders import people_in
from luoshi.foundation.organizations.enums import HANDLING_ROLES
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.appraisal import rules
from luoshi.supervision.appraisal.domain.computing import kept_lines, live, weights_of
from luoshi.supervision.appraisal.domain.periods import Period
from luoshi.supervision.appraisal.domain.scoring import Standing
from luoshi.supervision.appraisal.domain.versioning import as_words
from luoshi.supervision.appraisal.models import Publication, PublishedScore, ScoringVersion
from luoshi.supervision.matters.domain.transitions import locked


def publish(
    *, period: Period, version: ScoringVersion, actor: Actor, at: datetime, reason: str = ""
) -> Publication:
    """Publish the ranking of an ended period, or correct the published one with a reason. Refused:
    anybody but the secretary-general, a running period, other offices' rules, no unit to rank, a
    second publication without a reason."""
    ensure(rules.may_publish(actor))
    refuse_early(period, at)
    with acting(actor=actor, at=at):
        office = locked(Unit.objects, actor.unit_id)
        version = own_version(version, office)
        last = office.rankings.filter(period=period.key).order_by("-edition").first()
        refuse_silent(last, reason)
        standings = live(office, period, weights_of(version), at)
        if not standings:
            raise Refused(
                _("Not published: no unit held a share in this period."), code="nobody-to-rank"
            )
        if version.used_at is None:
            version.used_at = at
            version.save(update_fields=("used_at",))
        publication = Publication.objects.create(
            office=office,
            period=period.key,
            edition=last.edition + 1 if last else 1,
            starts_on=period.first,
            ends_on=period.last,
            version=version,
            as_of=at,
            corrects=last,
            reason=reason.strip() if last else "",
            fingerprint=fingerprint_of(period.key, version, at, standings),
            published_by_id=actor.person_id,
            published_by_name=actor.person_name,
            published_at=at,
        )
        keep(publication, standings)
        tell(publication, standings, at)
        after: dict[str, Any] = {"period": str(publication), "version": version.number}
        after |= {"fingerprint": publication.fingerprint, "reason": publication.reason}
        record("appraisal.published", actor=actor, at=at, obj=publication, after=after)
    return publication


def refuse_early(period: Period, at: datetime) -> None:
    """A period that has not ended cannot be published."""
    if at < period.end:
        raise Refused(
            _("Not published: the period has not ended."),
            _("It ends on %(day)s.") % {"day": period.last},
            next_steps=(_("Look at the draft ranking until then."),),
            code="period-running",
        )


def own_version(version: ScoringVersion, office: Unit) -> ScoringVersion:
    """The version, locked; one of another office is not found."""
    found = ScoringVersion.objects.filter(pk=version.pk, office=office).select_for_update().first()
    if found is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    return found


def refuse_silent(last: Publication | None, reason: str) -> None:
    """A correction says why."""
    if last is None:
        return
    errors = too_long(Publication, {"reason": reason})
    if not reason.strip():
        errors["reason"] = [
            _("This period is published; it is corrected by a new publication with a reason.")
        ]
    if errors:
        raise Invalid(_("Not published."), errors)


def keep(publication: Publication, standings: Sequence[Standing]) -> None:
    """The frozen rows."""
    PublishedScore.objects.bulk_create(
        PublishedScore(
            publication=publication,
            unit_id=row.unit_id,
            unit_name=row.name,
            group=row.group,
            rank=row.rank,
            base=row.base,
            deductions=row.deductions,
            additions=row.additions,
            score=row.score,
            no_award=row.no_award,
            lines=kept_lines(row),
        )
        for row in standings
    )


def fingerprint_of(
    period: str, version: ScoringVersion, as_of: datetime, standings: Sequence[Standing]
) -> str:
    """SHA-256 over period, as-of, rules, and every row with its points and the rows behind them."""
    rows = [
        [str(s.unit_id), s.group, s.rank, f"{s.score:.1f}", kept_lines(s)]
        for s in sorted(standings, key=lambda s: str(s.unit_id))
    ]
    body: dict[str, Any] = {"period": period, "as_of": as_of.isoformat(), "rows": rows}
    body |= {"version": version.number, "rules": as_words(version)}
    return hashlib.sha256(canonical(body).encode()).hexdigest()


def tell(publication: Publication, standings: Sequence[Standing], at: datetime) -> None:
    """Each unit finds its own score behind the bell, nobody else's."""
    on = office_date(at)
    for row in standings:
        message = Message(
            kind="ranking",
            title_zh=f"{publication.period}考核得分{row.score}，可在规定时限内提出异议",
            title_en=f"Appraisal {publication.period}: {row.score} points; you may object in time",
            url=f"/appraisal/publications/{publication.pk}/units/{row.unit_id}/",
            key=f"ranking|{publication.pk}|{row.unit_id}",
        )
        send(message, to=people_in(row.unit_id, HANDLING_ROLES, on), unit_id=row.unit_id, at=at)

"""Which rankings an actor reads, and whether a published one is unchanged."""

from typing import Any

from django.db.models import Q, QuerySet

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.organizations.enums import HANDLING_ROLES, SUPERVISING_ROLES
from luoshi.supervision.appraisal.domain.computing import replayed, weights_of
from luoshi.supervision.appraisal.domain.publishing import fingerprint_of
from luoshi.supervision.appraisal.models import Publication, PublishedScore


def publications_for(actor: Actor) -> "QuerySet[Any]":
    """Rankings of one's own office; a handling unit: those it stands in."""
    rows = Publication.objects.select_related("office", "version", "corrected_by")
    if actor.role in SUPERVISING_ROLES and actor.unit_id is not None:
        return rows.filter(office_id=actor.unit_id)
    if actor.role in HANDLING_ROLES and actor.unit_id is not None:
        own = PublishedScore.objects.filter(unit_id=actor.unit_id)
        return rows.filter(pk__in=own.values("publication"))
    return rows.none()


def scores_of(publication: Publication) -> "QuerySet[Any]":
    """The rows of a ranking in their order, without what lies behind them; one query."""
    rows = PublishedScore.objects.filter(publication=publication).select_related("unit")
    return rows.defer("lines").order_by("group", "rank", "unit__sort_key")


def lines_visible(actor: Actor, publication: Publication) -> Q:
    """Whose lines an actor may open: the office all, a unit its own."""
    own = actor.role in SUPERVISING_ROLES and actor.unit_id == publication.office_id
    return Q() if own else Q(unit_id=actor.unit_id)


def is_unchanged(publication: Publication) -> bool:
    """Recompute the ranking from its own rows and rules: the same fingerprint, the same ranks."""
    standings = replayed(publication, weights_of(publication.version))
    again = fingerprint_of(publication.period, publication.version, publication.as_of, standings)
    return again == publication.fingerprint

"""Whom an office has engaged, what it asks of units in a year, the topics in sight, each with how
much came (features row 58)."""

from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from luoshi.desks.information.domain.queries.items import Filters, items
from luoshi.desks.information.models import EngagedOfficer, SubmissionQuota, TopicRequest
from luoshi.foundation.core.actors import Actor


def officers_of(actor: Actor, year: int) -> "QuerySet[Any]":
    """The officers of the actor's office, each with how many items came in a year (`sent`)."""
    rows: QuerySet[Any] = EngagedOfficer.objects.filter(office_id=actor.unit_id)
    sent = Count("item", filter=Q(item__submitted_on__year=year))
    return rows.select_related("unit", "person").annotate(sent=sent)


def quotas_of(actor: Actor, year: int) -> "QuerySet[Any]":
    """What the actor's office asks of units in a year, each with how many it sent (`sent`)."""
    rows: QuerySet[Any] = SubmissionQuota.objects.filter(office_id=actor.unit_id, year=year)
    mine = items(actor, Filters(book=True, year=year)).order_by()
    mine = mine.filter(officer=None, unit=OuterRef("unit_id"), unit_code=OuterRef("unit__code"))
    sent = mine.values("unit_id").annotate(sent=Count("pk")).values("sent")
    return rows.annotate(sent=Coalesce(Subquery(sent), 0)).select_related("unit")


def topics_for(actor: Actor) -> "QuerySet[Any]":
    """The topics in sight; only the office that asked reads how many answered (`answers`)."""
    rows: QuerySet[Any] = TopicRequest.objects.visible_to(actor).select_related("office")
    own = Count("item", distinct=True, filter=Q(office_id=actor.unit_id))
    return rows.annotate(answers=own)

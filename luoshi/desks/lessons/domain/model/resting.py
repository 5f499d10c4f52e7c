"""The local model's health: after three failures in a row it rests for ten minutes, so that a dead
box costs the work nothing. One row for the site, since several workers may ask."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F
from django.db.models.functions import Least

from luoshi.desks.lessons.domain.model.addresses import endpoint
from luoshi.desks.lessons.domain.model.asking import LocalModel
from luoshi.desks.lessons.enums import Failure
from luoshi.desks.lessons.models import ModelHealth

MOST, REST = 3, timedelta(minutes=10)


def local_model() -> LocalModel | None:
    """The model of the settings; None = off."""
    config = settings.CONFIG
    if not config.model_url:
        return None
    return LocalModel(
        where=endpoint(config.model_url),
        name=config.model_name,
        key=config.model_key,
        seconds=config.model_seconds,
        allowed=tuple(config.model_hosts),
    )


def health() -> ModelHealth:
    """The row as it stands; unsaved when nothing was asked yet."""
    return ModelHealth.objects.first() or ModelHealth()


def resting(at: datetime) -> bool:
    """Whether the model is left in peace at this instant."""
    until = health().rests_until
    return until is not None and at < until


def answered(at: datetime) -> None:
    """An answer of the right form: the count of failures starts anew."""
    ModelHealth.objects.update_or_create(
        pk=1, defaults={"failures": 0, "answered_at": at, "rests_until": None}
    )


def failed(kind: Failure, at: datetime) -> None:
    """One more failure; with the third in a row the model rests."""
    ModelHealth.objects.get_or_create(pk=1)
    rows = ModelHealth.objects.filter(pk=1)
    rows.update(failures=Least(F("failures") + 1, 999), failure=kind, failed_at=at)
    rows.filter(failures__gte=MOST).update(rests_until=at + REST)

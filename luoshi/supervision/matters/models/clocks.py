"""The three columns a light is derived from, and the derivation.

Stored are decided facts only: does a clock run for the unit (`on_clock`), from which instant it
wants attention (`attention_at`), and when its limit passes (`overdue_at`). The light itself is a
function of those and of an instant (ui.md 3; R-SUP-5).
"""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Case, Q, Value, When

from luoshi.supervision.matters.enums import Light


class Clocked(models.Model):
    """Something that shows a status light."""

    on_clock = models.BooleanField(default=False)
    attention_at = models.DateTimeField(null=True)
    overdue_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def light(self, at: datetime) -> Light:
        """The status light at an instant; tested in the order grey, red, yellow, green."""
        if not self.on_clock:
            return Light.GREY
        if self.overdue_at is not None and self.overdue_at <= at:
            return Light.RED
        if self.attention_at is not None and self.attention_at <= at:
            return Light.YELLOW
        return Light.GREEN


class Staged(Clocked):
    """Something whose progress is held against a plan (R-SUP-5 "behind plan"): the stage whose
    percentage is not reached yet, from which instant that is being behind, and what was reported
    last (empty = nothing). Without planned stages all three are empty."""

    behind_at = models.DateTimeField(null=True)
    planned_percent = models.PositiveSmallIntegerField(null=True)
    reported_percent = models.PositiveSmallIntegerField(null=True)

    class Meta:
        abstract = True

    def behind(self, at: datetime) -> bool:
        """Whether a planned stage has passed without its progress, while a clock runs."""
        return self.on_clock and self.behind_at is not None and self.behind_at <= at


class Stoppable(models.Model):
    """Something whose clock can stand still; `stopped_at` since when (`models.delay`)."""

    stopped_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


def showing(light: Light, at: datetime, prefix: str = "") -> Q:
    """The condition "shows this light at `at`", for rows reached through `prefix`."""
    grey = Q(**{f"{prefix}on_clock": False})
    runs = Q(**{f"{prefix}on_clock": True})
    red = Q(**{f"{prefix}overdue_at__lte": at})
    not_red = Q(**{f"{prefix}overdue_at__gt": at}) | Q(**{f"{prefix}overdue_at": None})
    yellow = Q(**{f"{prefix}attention_at__lte": at})
    not_yellow = Q(**{f"{prefix}attention_at__gt": at}) | Q(**{f"{prefix}attention_at": None})
    return {
        Light.GREY: grey,
        Light.RED: runs & red,
        Light.YELLOW: runs & not_red & yellow,
        Light.GREEN: runs & not_red & not_yellow,
    }[light]


def behind_plan(at: datetime, prefix: str = "") -> Q:
    """The condition "is behind its plan at `at`", for rows reached through `prefix`."""
    return Q(**{f"{prefix}on_clock": True, f"{prefix}behind_at__lte": at})


def light_expression(at: datetime, prefix: str = "") -> Any:
    """The light as a database expression (a word of `Light`)."""
    return Case(
        *(
            When(showing(light, at, prefix), then=Value(light.value))
            for light in (Light.GREY, Light.RED, Light.YELLOW)
        ),
        default=Value(Light.GREEN.value),
        output_field=models.CharField(),
    )

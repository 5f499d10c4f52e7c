"""States of a list and of its summaries, and how a point differs from last year's."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ListState(models.TextChoices):
    """Life of a supervision points list (S3-55, S3-56)."""

    DRAFTED = "drafted", _("Drafted")
    ISSUED = "issued", _("Issued")
    CLOSED = "closed", _("Closed")


class SummaryPeriod(models.TextChoices):
    """The two summaries a list owes (TR-05)."""

    MID_YEAR = "mid_year", _("Mid-year summary")
    YEAR_END = "year_end", _("Year-end summary")


class SummaryState(models.TextChoices):
    """Life of a list-level summary; lateness is a mark beside it."""

    OPEN = "open", _("Not sent yet")
    SENT = "sent", _("Sent")


class Change(models.TextChoices):
    """How a point differs from last year's (S2-95)."""

    KEPT = "kept", _("Kept")
    CHANGED = "changed", _("Changed")
    NEW = "new", _("New")
    DROPPED = "dropped", _("Dropped")

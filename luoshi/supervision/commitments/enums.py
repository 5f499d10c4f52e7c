"""States of an occurrence, and how the record counts it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OccurrenceState(models.TextChoices):
    """What was decided about an occurrence; whether its limit has passed is the clock's word."""

    OPEN = "open", pgettext_lazy("commitment", "Open")
    KEPT = "kept", pgettext_lazy("commitment", "Kept")
    EXCUSED = "excused", pgettext_lazy("commitment", "Excused")
    DROPPED = "dropped", pgettext_lazy("commitment", "Fallen away")


class Outcome(models.TextChoices):
    """How the record of a year counts an occurrence. An open one is overdue from its limit until
    the next one falls due, and missed from then on."""

    KEPT = "kept", pgettext_lazy("commitment", "Kept in time")
    LATE = "late", pgettext_lazy("commitment", "Kept late")
    MISSED = "missed", pgettext_lazy("commitment", "Missed")
    EXCUSED = "excused", pgettext_lazy("commitment", "Excused")
    OVERDUE = "overdue", _("Overdue")
    AHEAD = "ahead", pgettext_lazy("commitment", "Still to come")


class Told(models.TextChoices):
    """What the responsible post was told of an occurrence: each level once."""

    NOTHING = "", _("Nothing")
    NEAR = "near", _("Due soon")
    OVER = "over", _("Overdue")

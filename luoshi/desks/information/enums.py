"""Words of urgent information: class, grade, nature, state, report, leg, fault (S3-94…96)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """The two classes of S3-94."""

    URGENT = "urgent", _("Major and urgent")
    SENSITIVE = "sensitive", _("Sensitive")


class Grade(models.TextChoices):
    """Grades of the Emergency Response Law, the gravest first; NONE while nobody can say."""

    NONE = "", _("Not graded yet")
    GRAVEST = "gravest", _("Particularly serious (I)")
    GRAVE = "grave", _("Serious (II)")
    LARGE = "large", _("Fairly serious (III)")
    ORDINARY = "ordinary", _("Ordinary (IV)")


class Nature(models.TextChoices):
    """The four kinds of the Emergency Response Law, and what is none of them."""

    NATURAL = "natural", _("Natural disaster")
    ACCIDENT = "accident", _("Accident")
    HEALTH = "health", _("Public health")
    SECURITY = "security", _("Public security")
    OTHER = "other", _("Other event")


class EventState(models.TextChoices):
    """An event in an office's book."""

    OPEN = "open", _("Running")
    CLOSED = "closed", _("Final report sent")
    MERGED = "merged", pgettext_lazy("event", "Merged")


class Step(models.TextChoices):
    """The chain of written reports (features row 57)."""

    FIRST = "first", pgettext_lazy("event", "First report")
    UPDATE = "update", _("Follow-up")
    DAILY = "daily", _("Daily report")
    FINAL = "final", pgettext_lazy("event", "Final report")


class Way(models.TextChoices):
    """How a level was told: by telephone first, then in writing (R-INF-1)."""

    PHONE = "phone", _("By telephone")
    WRITTEN = "written", _("In writing")


class Leg(models.TextChoices):
    """Limits that run from the event: the next level by telephone, in writing, and the top."""

    PHONE = "phone", _("Next level, by telephone")
    WRITTEN = "written", _("Next level, in writing")
    TOP = "top", _("Provincial committee")


class Fault(models.TextChoices):
    """The four offences of R-INF-3."""

    LATE = "late", _("Late")
    MISSING = "missing", _("Missing")
    FALSE = "false", _("False")
    CONCEALED = "concealed", _("Concealed")


LIMITS = {Leg.PHONE: 30, Leg.WRITTEN: 60, Leg.TOP: 120}  # minutes from the event (R-INF-1, TR-10)

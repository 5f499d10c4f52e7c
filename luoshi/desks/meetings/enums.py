"""States of a draft on the review page."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DraftState(models.TextChoices):
    """A draft until it becomes a matter."""

    TO_CHECK = "to_check", _("To check")
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Rejected")
    MERGED = "merged", pgettext_lazy("draft", "Merged")


class Shape(models.TextChoices):
    """How a draft came to its words, where not by the reading alone."""

    READ = "", _("As read")
    ADDED = "added", pgettext_lazy("draft", "Added")
    SPLIT = "split", _("Split")
    JOINED = "joined", pgettext_lazy("draft", "Merged")

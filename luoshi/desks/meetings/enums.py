"""States of a draft on the review page."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DraftState(models.TextChoices):
    """A draft until it becomes a matter."""

    TO_CHECK = "to_check", _("To check")
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Rejected")

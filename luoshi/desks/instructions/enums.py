"""Life of a leader's written instruction, and what it was written on."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class InstructionState(models.TextChoices):
    """From the leader's pen until the office has said what becomes of it."""

    NOTED = "noted", _("Not registered yet")
    REGISTERED = "registered", _("Registered")
    LINKED = "linked", _("Added to a matter")
    KEPT = "kept", _("For information")


FOLLOWED = (InstructionState.REGISTERED, InstructionState.LINKED)


class WrittenOn(models.TextChoices):
    """What the leader wrote on."""

    PAPER = "paper", _("A document")
    MATTER = "matter", _("A matter")
    REPORT = "report", _("A report")

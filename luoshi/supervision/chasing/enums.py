"""The ladder's words."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """Levels of the default ladder (rules.md 2.11)."""

    L0 = "L0", _("Due notice")
    L1 = "L1", _("Reminder")
    L2 = "L2", _("Urge")
    L3 = "L3", _("Supervision slip")
    L4 = "L4", _("Escalation")


class Audience(models.TextChoices):
    """Who is addressed at a level."""

    HANDLERS = "handlers", _("Handlers")
    PRINCIPAL = "principal", _("The unit's principal")
    SUPERVISING_LEADER = "supervising_leader", _("Supervising leader")
    ASSIGNER_LEADER = "assigner_leader", _("The assigner's leader")

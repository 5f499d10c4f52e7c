"""Words of the ledger's look."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Density(models.TextChoices):
    """Height of a row: 32, 44 or 52 px (ui.md 7)."""

    COMPACT = "compact", _("Compact")
    STANDARD = "standard", _("Standard")
    ROOMY = "roomy", _("Roomy")


class Column(models.TextChoices):
    """Columns a person may hide; light, matter and next report always stand."""

    NUMBER = "number", _("Number")
    LEAD = "lead", _("Lead unit")
    TURN = "turn", _("Whose turn")
    HEARD = "heard", _("Last heard")
    LATE = "late", _("Late")


USUAL = tuple(Column.values)

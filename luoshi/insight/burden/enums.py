"""Who has to come to a meeting."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Attends(models.TextChoices):
    """The rank a unit is asked to send; the principal is the dearest (R-CUT-5)."""

    PRINCIPAL = "principal", _("Head of unit")
    DEPUTY = "deputy", _("Deputy head in charge")
    STAFF = "staff", _("Staff")

"""What is known about a file's text."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TextState(models.TextChoices):
    """Storing and reading are two questions."""

    READY = "ready", _("Searchable")
    NONE = "none", _("No text layer, not searchable")
    UNREADABLE = "unreadable", _("Cannot be read here")

"""Closed sets of the look-back."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoundState(models.TextChoices):
    """Life of a yearly round."""

    OPEN = "open", _("Sample not fixed yet")
    FIXED = "fixed", _("Sample fixed")


class ItemState(models.TextChoices):
    """Life of one matter of the sample."""

    TO_CHECK = "to_check", _("Not checked yet")
    CHECKED = "checked", _("Checked")


class Ground(models.TextChoices):
    """Why a matter is in the sample (B9)."""

    KEY = "key", _("Key item")
    PROMISED = "promised", _("Promise with a date")
    RANDOM = "random", _("Drawn by seed")


class Finding(models.TextChoices):
    """What the look-back found."""

    HOLDS = "holds", _("Holds")
    IN_PART = "in_part", _("Holds in part")
    RELAPSED = "relapsed", _("Relapsed")
    KEPT = "kept", _("Promise kept")
    MISSED = "missed", _("Promise missed")
    NOT_DUE = "not_due", _("Promised date not reached")


ABOUT_PROMISE = (Finding.KEPT, Finding.MISSED, Finding.NOT_DUE)
EVIDENCE_NEEDED = (Finding.HOLDS, Finding.KEPT)


class Method(models.TextChoices):
    """How it was checked (S2-75 names the interview)."""

    ON_SITE = "on_site", _("On site")
    INTERVIEW = "interview", _("Interview with unit and public")
    DOCUMENTS = "documents", _("Documents")
    DATA = "data", _("Data")


class Outcome(models.TextChoices):
    """What became of a promised date (B → A)."""

    KEPT = "kept", _("Promise kept")
    MISSED = "missed", _("Promise missed")

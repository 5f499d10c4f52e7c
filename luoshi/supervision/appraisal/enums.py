"""Closed sets of the appraisal. Only units are scored, never persons (ui.md rule 10)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FactKind(models.TextChoices):
    """What can bring or cost points; each is a set of rows."""

    LATE = "late", _("Reports late")
    RETURNED = "returned", _("Reports returned for redo")
    UNSENT_SUMMARY = "unsent_summary", _("Plan, summary or final reports missing")
    UNSENT = "unsent", _("Other reports missing")
    WORDS_ONLY = "words_only", _("Reports of words only: no figure, no file")
    RELAPSED = "relapsed", _("Relapses found at look-back")
    PROMISE_MISSED = "promise_missed", _("Promised dates missed")
    DONE = "done", _("Matters carried out")
    COMMENDED = "commended", _("Approving instructions")
    HARM = "harm", _("Harm done: no award")


RECORDED = (FactKind.COMMENDED, FactKind.HARM)


class Group(models.TextChoices):
    """Units are ranked among their like."""

    DEPARTMENTS = "departments", _("Departments of the own level")
    TERRITORIES = "territories", _("Territories of the next level")

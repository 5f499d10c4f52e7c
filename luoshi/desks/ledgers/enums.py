"""Life of an import, and what the check says of a row."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LedgerState(models.TextChoices):
    """From the upload to the matters, or back."""

    CHECKED = "checked", _("Checked, nothing written yet")
    WRITING = "writing", _("Being taken over")
    WRITTEN = "written", _("Taken over")
    ASSIGNING = "assigning", _("Being assigned")
    ASSIGNED = "assigned", _("Assigned")
    UNDONE = "undone", _("Undone")


RUNNING = (LedgerState.WRITING, LedgerState.ASSIGNING)
IN_FORCE = (LedgerState.WRITTEN, LedgerState.ASSIGNING, LedgerState.ASSIGNED)


class Verdict(models.TextChoices):
    """What taking the row over would do."""

    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    SAME = "same", _("Unchanged")
    WRONG = "wrong", _("Wrong")


class Field(models.TextChoices):
    """What a column can hold."""

    NUMBER = "number", _("Number")
    TITLE = "title", _("Matter")
    SOURCE = "source", _("Source")
    LEAD = "lead", _("Lead unit")
    JOINT = "joint", _("Joint units")
    ASSIGNED = "assigned", _("Assigned on")
    LIMIT = "limit", _("Limit")
    PERCENT = "percent", _("Share done")
    PROGRESS = "progress", _("Progress")
    CONTACT = "contact", _("Contact")
    REMARK = "remark", _("Remark")


NEEDED = (Field.NUMBER, Field.TITLE, Field.LEAD)


class Reason(models.TextChoices):
    """Why a row cannot be taken."""

    MISSING_NUMBER = "missing_number", _("The number is missing.")
    MISSING_TITLE = "missing_title", _("The matter is missing.")
    MISSING_UNIT = "missing_unit", _("The lead unit is missing.")
    UNKNOWN_UNIT = "unknown_unit", _("No unit is called so.")
    INVALID_DATE = "invalid_date", _("There is no such day.")
    DUPLICATE = "duplicate", _("The number stands twice in this file.")
    TAKEN = "taken", _("The number is another matter's of your office.")
    TOO_LONG = "too_long", _("The text is too long.")

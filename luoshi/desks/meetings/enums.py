"""States of a draft on the review page."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReadingState(models.TextChoices):
    """Whether a document has been read; a long one is read by a job."""

    READ = "read", _("Read")
    WAITING = "waiting", _("Being read")
    FAILED = "failed", _("Not read")


class Failure(models.TextChoices):
    """Why a long document could not be read."""

    NEEDS_OCR = "needs-ocr", _("The file has no text layer; it needs OCR before drafting.")
    DAMAGED = "damaged", _("The file is damaged and cannot be read.")
    SLOW = "slow", _("Reading the file took too long.")
    HEAVY = "heavy", _("Reading the file would take too much memory.")
    TOO_MANY = "too-many", _("The document gives more than 30,000 drafts.")
    KIND = "kind", _("This kind of file cannot be read here; save it as DOCX or PDF.")
    GAVE_UP = "gave-up", _("The reading was interrupted three times.")


class Removed(models.TextChoices):
    """Why a line of the file is not in the text that is drafted from."""

    EDGE = "edge", _("Head or foot line")
    NUMBER = "number", _("Page number")
    CONTENTS = "contents", _("Table of contents")
    HEADING = "heading", _("Table heading, repeated")


NEXT_STEPS = {
    Failure.NEEDS_OCR: _("Run text recognition (OCR) on it and upload the result."),
    Failure.DAMAGED: _("Save it once more in the program it was made with and upload that file."),
    Failure.SLOW: _("Read it again, or upload it in parts of fewer pages."),
    Failure.HEAVY: _("Upload it in parts of fewer pages."),
    Failure.TOO_MANY: _("Upload it in parts of fewer pages."),
    Failure.KIND: _("Save it as DOCX or PDF and upload that file."),
    Failure.GAVE_UP: _("Read it again; if it fails again, tell the system administrator."),
}


class DraftState(models.TextChoices):
    """A draft until it becomes a matter."""

    TO_CHECK = "to_check", _("To check")
    ACCEPTED = "accepted", pgettext_lazy("draft", "Accepted")
    REJECTED = "rejected", _("Rejected")
    MERGED = "merged", pgettext_lazy("draft", "Merged")


class Shape(models.TextChoices):
    """How a draft came to its words, where not by the reading alone."""

    READ = "", _("As read")
    ADDED = "added", pgettext_lazy("draft", "Added")
    SPLIT = "split", _("Split")
    JOINED = "joined", pgettext_lazy("draft", "Merged")

"""Words of duty: posts, days, rosters, swaps, log, checks (S3-89…92, rules.md 2.5 "Duty")."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Post(models.TextChoices):
    """The two posts of R-DUT-1."""

    LEADER = "leader", _("Duty leader")
    OFFICER = "officer", _("Duty officer")


class LeaderDays(models.TextChoices):
    """When a leader stands beside the officer: TR-17 asks it for holidays and sensitive periods."""

    ALWAYS = "always", _("Every day")
    SPECIAL = "special", _("On public holidays and in sensitive periods")


class DayClass(models.TextChoices):
    """What a day is for the weights of the roster."""

    WORKDAY = "workday", _("Working day")
    WEEKEND = "weekend", _("Weekend")
    HOLIDAY = "holiday", _("Public holiday")


class RosterState(models.TextChoices):
    """A roster's life."""

    DRAFT = "draft", pgettext_lazy("roster", "Draft")
    SOLVING = "solving", _("Being worked out")
    APPROVED = "approved", pgettext_lazy("roster", "Approved")
    PUBLISHED = "published", pgettext_lazy("roster", "Published")


class SwapState(models.TextChoices):
    """A swap: asked, agreed to by the other, approved by the office."""

    ASKED = "asked", pgettext_lazy("swap", "Asked")
    AGREED = "agreed", pgettext_lazy("swap", "Agreed")
    APPROVED = "approved", pgettext_lazy("swap", "Approved")
    DECLINED = "declined", pgettext_lazy("swap", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("swap", "Withdrawn")
    LAPSED = "lapsed", pgettext_lazy("swap", "Lapsed: the roster was changed")


OPEN_SWAPS = (SwapState.ASKED, SwapState.AGREED)


class NoteKind(models.TextChoices):
    """What the duty log takes in (R-DUT-3)."""

    CALL_IN = "call_in", _("Call received")
    CALL_OUT = "call_out", _("Call made")
    INSTRUCTION = "instruction", pgettext_lazy("duty log", "Instruction")
    VISITOR = "visitor", _("Visitor")
    DOCUMENT = "document", pgettext_lazy("duty log", "Urgent document")
    OTHER = "other", pgettext_lazy("duty log", "Other")


class CheckResult(models.TextChoices):
    """What a surprise check found (R-DUT-6, features row 64)."""

    GOOD = "good", _("Answered in time")
    SLOW = "slow", _("Answered late")
    ABSENT = "absent", _("No answer")
    OTHER_PERSON = "other_person", _("Somebody else answered")


class LeaveKind(models.TextChoices):
    """Why somebody cannot be put on duty."""

    LEAVE = "leave", _("Leave")
    TRAVEL = "travel", _("Official travel")
    TRAINING = "training", _("Training")
    ILLNESS = "illness", _("Illness")

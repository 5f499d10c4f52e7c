"""Where a lesson comes from, and what became of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Decision(models.TextChoices):
    """What an officer made of a draft: a training row's origin."""

    ACCEPTED = "accepted", _("Accepted as drafted")
    EDITED = "edited", _("Accepted after editing")
    REJECTED = "rejected", _("Rejected")
    MISSED = "missed", _("Added by the officer")


class NameState(models.TextChoices):
    """A name the site's unit tree does not know."""

    OFFERED = "offered", _("To link")
    LINKED = "linked", _("Linked")
    DECLINED = "declined", _("No unit")


class ExpressionState(models.TextChoices):
    """An expression of time that was found and not understood."""

    OPEN = "open", _("To teach")
    TAUGHT = "taught", _("Taught")
    IGNORED = "ignored", _("Set aside")


class VersionState(models.TextChoices):
    """A set of weights from asking to verdict."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Being trained")
    KEPT = "kept", _("Kept")
    REFUSED = "refused", _("Not kept: worse")
    FAILED = "failed", _("Not trained")


UNFINISHED = (VersionState.WAITING, VersionState.RUNNING)


class ConsultationState(models.TextChoices):
    """A document's questions to the local model."""

    WAITING = "waiting", _("Being asked")
    DONE = "done", _("Asked")
    ENDED = "ended", _("Given up after a day")


class Failure(models.TextChoices):
    """How the local model failed; the draft then stays as the grammar made it."""

    STALLED = "stalled", _("no answer in time")
    DIED = "died", _("no connection")
    STATUS = "status", _("answered with an error")
    MOVED = "moved", _("sent us elsewhere; not followed")
    LARGE = "large", _("answer too large")
    GARBAGE = "garbage", _("answer is not a number of a listed span")
    INVENTED = "invented", _("chose what is not in the text")
    ABROAD = "abroad", _("address is not in the office network")

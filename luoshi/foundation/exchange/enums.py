"""States of nodes, keys and consignments, and the words for why an envelope was refused."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luoshi.foundation.exchange.envelopes.refusing import Reason


class Relation(models.TextChoices):
    """What a node is to this one. A direct-report point is a subordinate's subordinate that may
    send and receive information only (features row 3); from there, this node is the one reported
    to."""

    OWN = "own", _("This node")
    SUPERIOR = "superior", _("Superior node")
    SUBORDINATE = "subordinate", _("Subordinate node")
    DIRECT = "direct", _("Direct-report point")
    REPORTED_TO = "reported_to", _("Superior reported to directly")


PAST_A_LEVEL = (Relation.DIRECT, Relation.REPORTED_TO)
BELOW = (Relation.SUBORDINATE, Relation.DIRECT)


class NodeState(models.TextChoices):
    """Where the enrolment of a node is."""

    ENTERED = "entered", _("Entered; its card is awaited")
    MATCHED = "matched", _("Card received; awaits acceptance")
    ACTIVE = "active", pgettext_lazy("node", "Accepted")
    SUSPENDED = "suspended", _("Suspended")


class Milestone(models.TextChoices):
    """How far the connection of a region or unit came (features row 54): what is built is not yet
    connected, what was connected once is not therefore alive."""

    UNPLANNED = "unplanned", _("Not planned")
    PLANNED = "planned", pgettext_lazy("milestone", "Planned")
    ENTERED = "entered", pgettext_lazy("milestone", "Entered")
    MATCHED = "matched", pgettext_lazy("milestone", "Card received")
    BUILT = "built", pgettext_lazy("milestone", "Built")
    CONNECTED = "connected", pgettext_lazy("milestone", "Connected")
    ALIVE = "alive", pgettext_lazy("milestone", "Alive")


class Purpose(models.TextChoices):
    """What a key is for."""

    SIGN = "sign", _("Signing")
    ENCRYPT = "encrypt", _("Encryption")


class Way(models.TextChoices):
    """Which way a kind of payload travels."""

    DOWN = "down", _("Downward")
    UP = "up", _("Upward")


class OutState(models.TextChoices):
    """Where a consignment is. Only the receiver's verdict ends it (security.md 5.2)."""

    WAITING = "waiting", _("Waiting")
    SENT = "sent", _("In transit")
    RECEIVED = "received", _("Taken by the receiver")
    REFUSED = "refused", _("Refused by the receiver")
    RECALLED = "recalled", pgettext_lazy("document", "Recalled")
    GIVEN = "given", _("Handed over")


OPEN = (OutState.WAITING, OutState.SENT)


class InState(models.TextChoices):
    """What became of an envelope received."""

    APPLIED = "applied", _("Taken")
    PARKED = "parked", _("Parked")
    REFUSED = "refused", pgettext_lazy("document", "Refused")


class Parked(models.TextChoices):
    """Why an envelope waits in the inbox."""

    EARLIER = "earlier-missing", _("An earlier state of the same matter has not come yet")
    NEWER = "newer-version", _("Needs a newer version of the system")
    UNKNOWN = "unknown-object", _("What it speaks of is not here")


class Handling(models.TextChoices):
    """A receipt's word."""

    DELIVERED = "delivered", pgettext_lazy("document", "Delivered")
    SIGNED = "signed", pgettext_lazy("document", "Signed for")
    OPENED = "opened", pgettext_lazy("document", "Opened")
    REFUSED = "refused", pgettext_lazy("document", "Refused")
    RECALLED = "recalled", pgettext_lazy("document", "Recalled")


class Progress(models.TextChoices):
    """How far a dispatch came with one addressee: what was said last, by rank."""

    ON_THE_WAY = "sent", _("On the way")
    DELIVERED = "delivered", pgettext_lazy("document", "Delivered")
    OPENED = "opened", pgettext_lazy("document", "Opened")
    SIGNED = "signed", pgettext_lazy("document", "Signed for")
    REFUSED = "refused", pgettext_lazy("document", "Refused")
    RECALLED = "recalled", pgettext_lazy("document", "Recalled")


RANK = {progress.value: rank for rank, progress in enumerate(Progress)}
NOT_SIGNED = (Progress.DELIVERED, Progress.OPENED)
HANDLED = (Handling.SIGNED, Handling.REFUSED, Handling.RECALLED)


REASONS: dict[str, str | Promise] = {
    Reason.TOO_LARGE: _("larger than may travel"),
    Reason.MALFORMED: _("not a sound envelope"),
    Reason.UNKNOWN_VERSION: _("made by a newer version of the system"),
    Reason.BAD_NAME: _("a file name that is a path"),
    Reason.GRADED: _("graded secret; such documents do not travel here"),
    Reason.UNSIGNED: _("no signature of an accepted suite"),
    Reason.WRONG_SIGNATURE: _("the signature is wrong"),
    Reason.UNKNOWN_KEY: _("signed with a key nobody accepted"),
    Reason.EXPIRED_KEY: _("signed with a key that was not in force"),
    Reason.REVOKED_KEY: _("signed with a revoked key"),
    Reason.WRONG_DIGEST: _("a file differs from its digest"),
    Reason.NOT_FOR_US: _("addressed to another node or to units not served here"),
    Reason.UNKNOWN_SENDER: _("from a node that is not connected"),
    Reason.NOT_ALLOWED: _("this node may not send this kind to these units"),
    Reason.FOREIGN_UNIT: _("in the name of a unit that, as entered here, does not live there"),
    Reason.NOT_OPENED: _("cannot be decrypted here"),
    Reason.ID_TAKEN: _("another content under a number already used"),
    Reason.SEQUENCE_TAKEN: _("another envelope under a sequence number already used"),
    Reason.FORKED: _("a trail that does not extend what was seen of it"),
    Reason.DECLINED: _("declined by the receiving room"),
}

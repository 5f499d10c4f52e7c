"""Words of urgent information: class, grade, nature, state, report, leg, fault (S3-94…96); and of
ordinary information: kind, channel, state, criteria, level, weights (S2-50…58, S3-93…99)."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """The two classes of S3-94."""

    URGENT = "urgent", _("Major and urgent")
    SENSITIVE = "sensitive", _("Sensitive")


class Grade(models.TextChoices):
    """Grades of the Emergency Response Law, the gravest first; NONE while nobody can say."""

    NONE = "", _("Not graded yet")
    GRAVEST = "gravest", _("Particularly serious (I)")
    GRAVE = "grave", _("Serious (II)")
    LARGE = "large", _("Relatively serious (III)")
    ORDINARY = "ordinary", _("Ordinary (IV)")


class Nature(models.TextChoices):
    """The four kinds of the Emergency Response Law, and what is none of them."""

    NATURAL = "natural", _("Natural disaster")
    ACCIDENT = "accident", _("Accident")
    HEALTH = "health", _("Public health")
    SECURITY = "security", _("Public security")
    OTHER = "other", _("Other event")


class EventState(models.TextChoices):
    """An event in an office's book."""

    OPEN = "open", _("Running")
    CLOSED = "closed", _("Final report sent")
    MERGED = "merged", pgettext_lazy("event", "Merged")


class Step(models.TextChoices):
    """The chain of written reports (features row 57)."""

    FIRST = "first", pgettext_lazy("event", "First report")
    UPDATE = "update", _("Follow-up")
    DAILY = "daily", _("Daily report")
    FINAL = "final", pgettext_lazy("event", "Final report")


class Way(models.TextChoices):
    """How a level was told: by telephone first, then in writing (R-INF-1)."""

    PHONE = "phone", _("By telephone")
    WRITTEN = "written", _("In writing")


class Leg(models.TextChoices):
    """Limits that run from the event: the next level by telephone, in writing, and the top; and the
    daily report of a long event."""

    PHONE = "phone", _("Next level, by telephone")
    WRITTEN = "written", _("Next level, in writing")
    TOP = "top", _("Provincial committee")
    DAILY = "daily", _("Daily report")


class Fault(models.TextChoices):
    """The four offences of R-INF-3."""

    LATE = "late", _("Late")
    MISSING = "missing", _("Missing")
    FALSE = "false", _("False")
    CONCEALED = "concealed", _("Concealed")


LADDER = (Leg.PHONE, Leg.WRITTEN, Leg.TOP)  # what an office sets in minutes from the event
LIMITS = {Leg.PHONE: 30, Leg.WRITTEN: 60, Leg.TOP: 120}  # minutes from the event (R-INF-1, TR-10)


class ItemKind(models.TextChoices):
    """What an item is: 信息 or 社情民意 (S2-53, R-INF-5)."""

    INFORMATION = "information", pgettext_lazy("item", "Information")
    OPINION = "opinion", _("Social opinion")


class Channel(models.TextChoices):
    """How an item came (S3-97…99, features row 58)."""

    UNIT = "unit", pgettext_lazy("channel", "Unit")
    DIRECT = "direct", _("Direct-report point")
    OFFICER = "officer", _("Engaged officer")
    MEMBER = "member", _("CPPCC member")
    OWN = "own", _("The office itself")


class ItemState(models.TextChoices):
    """Where an item is: it is issued once it stands in one bulletin that went out."""

    SUBMITTED = "submitted", _("To review")
    RETURNED = "returned", pgettext_lazy("item", "Sent back")
    ACCEPTED = "accepted", _("Accepted for issuing")
    ISSUED = "issued", pgettext_lazy("item", "Issued")
    MERGED = "merged", pgettext_lazy("item", "Merged")


ITEM_GOOD = (ItemState.ACCEPTED, ItemState.ISSUED)  # something can become of it


class Criterion(models.TextChoices):
    """The four quality criteria 有价值、有见地、有特色、有创新 (S3-93)."""

    VALUE = "value", _("Has value")
    INSIGHT = "insight", _("Has insight")
    CHARACTER = "character", _("Has a character of its own")
    NOVELTY = "novelty", _("Is new")


class Mark(models.TextChoices):
    """How far a criterion is met."""

    YES = "yes", pgettext_lazy("criterion", "Yes")
    PARTLY = "partly", pgettext_lazy("criterion", "Partly")
    NO = "no", pgettext_lazy("criterion", "No")


MARK_POINTS = {Mark.YES: 2, Mark.PARTLY: 1, Mark.NO: 0}


class Tier(models.TextChoices):
    """The level that adopts an item or whose leader writes on it (S2-55, S2-56)."""

    COUNTY = "county", _("County (district)")
    CITY = "city", _("City")
    PROVINCE = "province", _("Province")
    NATION = "nation", _("Central")


class HandingWay(models.TextChoices):
    """How an item is handed to a unit (S2-57)."""

    MATTER = "matter", _("As a matter")
    REQUEST = "request", _("As a request")


class IssueState(models.TextChoices):
    """A bulletin: being put together, or out for ever."""

    DRAFT = "draft", pgettext_lazy("issue", "Being put together")
    ISSUED = "issued", pgettext_lazy("issue", "Issued")


MOST_CHARACTERS = 1500  # of a social-opinion item (R-INF-5)
# points of an item, and how two kinds of it count; per office in versions. R-INF-6 gives own,
# city, province, nation and the instructions of city and nation; the rest is the office's default
WEIGHTS = {
    "own": 1,
    "adopted-county": 1,
    "adopted-city": 5,
    "adopted-province": 5,
    "adopted-nation": 20,
    "instructed-county": 2,
    "instructed-city": 10,
    "instructed-province": 15,
    "instructed-nation": 30,
    "research-percent": 200,
    "merged-percent": 50,
}

# the words of the weights and of what counts (R-INF-6)
COUNTED: dict[str, str | Promise] = {
    "submitted": pgettext_lazy("item", "Submitted"),
    "own": _("Issued by the own office"),
    "adopted-county": _("Adopted: county"),
    "adopted-city": _("Adopted: city"),
    "adopted-province": _("Adopted: province"),
    "adopted-nation": _("Adopted: central"),
    "instructed-county": _("Instruction: county leader"),
    "instructed-city": _("Instruction: city leader"),
    "instructed-province": _("Instruction: provincial leader"),
    "instructed-nation": _("Instruction: central leader"),
    "research-percent": _("Drawn from research, percent"),
    "merged-percent": _("Merged with others, percent"),
}

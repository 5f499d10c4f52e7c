"""Words of publications: kinds, rhythm of appearing, production, items, press (S2-27, 28, 51)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luoshi.foundation.core.navigation.processes import Move


class Kind(models.TextChoices):
    """What it is. The opinion bulletin is kept by the information desk."""

    JOURNAL = "journal", _("Journal")
    HISTORICAL = "historical", _("Historical materials")
    BOOK = "book", _("Book")


BY_YEAR = (Kind.JOURNAL,)  # others are numbered through all years: 第四辑
UNIT_ZH = {Kind.JOURNAL: "期", Kind.HISTORICAL: "辑", Kind.BOOK: "册"}


class Periodicity(models.TextChoices):
    """How often it appears."""

    MONTHLY = "monthly", pgettext_lazy("publication", "Monthly")
    BIMONTHLY = "bimonthly", pgettext_lazy("publication", "Every two months")
    QUARTERLY = "quarterly", pgettext_lazy("publication", "Quarterly")
    YEARLY = "yearly", pgettext_lazy("publication", "Yearly")
    IRREGULAR = "irregular", pgettext_lazy("publication", "Irregular")
    ONCE = "once", pgettext_lazy("publication", "Once")


PERIODS = {  # what makes sense for a kind; a book comes out once, or volume by volume
    Kind.JOURNAL: (
        Periodicity.MONTHLY,
        Periodicity.BIMONTHLY,
        Periodicity.QUARTERLY,
        Periodicity.YEARLY,
        Periodicity.IRREGULAR,
    ),
    Kind.HISTORICAL: (Periodicity.QUARTERLY, Periodicity.YEARLY, Periodicity.IRREGULAR),
    Kind.BOOK: (Periodicity.ONCE, Periodicity.IRREGULAR),
}


class Layout(models.TextChoices):
    """How the items of an issue are set."""

    SINGLE = "single", _("One column")
    DOUBLE = "double", _("Two columns")


class Production(models.TextChoices):
    """Where an issue is on its way (S2-28)."""

    COLLECTED = "collected", pgettext_lazy("issue", "Collecting")
    EDITED = "edited", pgettext_lazy("issue", "Edited")
    PRINTING = "printing", pgettext_lazy("issue", "Printing")
    OUT = "out", pgettext_lazy("issue", "Out")


WHO = _("Document clerk, information officer or secretary-general")
FORWARD = {
    Production.COLLECTED: Production.EDITED,
    Production.EDITED: Production.PRINTING,
    Production.PRINTING: Production.OUT,
}
BACK = {
    Production.EDITED: Production.COLLECTED,
    Production.PRINTING: Production.EDITED,
}
STEPS = (
    Move(Production.COLLECTED, Production.EDITED, _("Editing is done"), WHO),
    Move(Production.EDITED, Production.PRINTING, _("Given to the printer"), WHO),
    Move(Production.PRINTING, Production.OUT, _("The issue is out"), WHO),
    Move(Production.EDITED, Production.COLLECTED, _("Back, with a reason"), WHO),
    Move(Production.PRINTING, Production.EDITED, _("Back, with a reason"), WHO),
)
OPEN = (Production.COLLECTED, Production.EDITED)  # items may change


class ItemState(models.TextChoices):
    """An item: as it came, edited, or left out of what is printed."""

    COLLECTED = "collected", pgettext_lazy("item", "As it came")
    EDITED = "edited", pgettext_lazy("item", "Edited")
    LEFT_OUT = "left_out", pgettext_lazy("item", "Left out")


class Measure(models.TextChoices):
    """Where the number of characters comes from."""

    COUNTED = "counted", _("counted from the text: Han characters and words, no punctuation")
    TYPED = "typed", _("typed, with its source")


class OutletLevel(models.TextChoices):
    """Level of a press outlet (S2-51)."""

    CENTRAL = "central", _("Central media")
    PROVINCE = "province", _("Provincial media")
    CITY = "city", _("City media")
    OTHER = "other", _("Other media")

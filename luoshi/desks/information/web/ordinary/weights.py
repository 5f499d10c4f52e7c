"""The words of the weights and of what counts (R-INF-6)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

NAMES: dict[str, str | Promise] = {
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

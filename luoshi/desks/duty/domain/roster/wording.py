"""What stands against a roster, in words: for the page and for the API."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.refusals import Text

WHYS: dict[str, Text] = {
    "twice": _("on two shifts at once"),
    "rest": _("too little rest after the shift before"),
    "away": _("away on leave"),
    "off": _("a day of the week off"),
    "night": _("does no nights"),
    "post": _("not on the list for this post"),
    "most": _("more shifts than agreed this month"),
}
# why the solver found no roster, and what can be done
NO_ROSTER: dict[str, tuple[Text, Text]] = {
    "alone": (
        _("No roster was found: nobody can hold these shifts."),
        _("Put more people on the list, or change leave."),
    ),
    "together": (
        _("No roster was found: too few people for the rest between shifts."),
        _("Put more people on the list, or shorten the rest."),
    ),
    "no-solver": (
        _("The solver is not installed here."),
        _("Fill the shifts by hand, or let the administrator run: pip install ortools"),
    ),
}

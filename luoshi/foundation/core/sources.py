"""What a refusal or a rule rests on, in words a reader can look up.

Code names its source by the short codes of the field's rules. A reader is shown the regulation
behind a code, or the rule of the catalogue; a code that stands for custom alone says nothing to
anybody and is left out. What an office typed is shown as it is.
"""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

REGULATIONS = {
    "R-SUP-7": gettext_noop("Regulations on Government Supervision (State Council Order 733)"),
    "R-CUT": gettext_noop(
        "Provisions on Curbing Formalism to Reduce Burdens at the Grassroots (2024)"
    ),
    "R-CAL": gettext_noop("State Council notice on holiday arrangements"),
}
OFFICE_DEFAULT = gettext_lazy("the office's default")  # a figure that no regulation gives
CODE = re.compile(r"(?:(TR-\d+)|(R-[A-Z]+)-\d+|S\d-\d+|[AB]\d+)")


def cited(source: str) -> str:
    """The source as it is shown, several joined; "" where there is nothing to look up."""
    found = dict.fromkeys(shown(one.strip()) for one in source.split(","))
    return _(", ").join(one for one in found if one)


def shown(source: str) -> str:
    """One of them."""
    code = CODE.fullmatch(source)
    if code is None:
        return source
    if code[1]:
        return _("Rule %(code)s") % {"code": code[1]}
    known = REGULATIONS.get(source) or REGULATIONS.get(code[2] or "")
    return _(known) if known else ""

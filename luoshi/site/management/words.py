"""Words of the command line that are not ours: argparse's, kept here so that they are translated.

argparse asks the C-style catalogue for them; `cli.speak` points it at the product's own.
"""

from django.utils.translation import gettext_lazy as _

COMMANDS = "luoshi.site.management.commands."
LISTED = {
    name: COMMANDS + name
    for name in ("read", "due", "init", "demo", "serve", "worker", "sweep", "backup", "verify")
} | {
    "audit": "luoshi.foundation.audit.management.commands.audit",
    "exchange": "luoshi.foundation.exchange.management.commands.exchange",
    "clock": COMMANDS + "clock",
    "bench": COMMANDS + "bench",
}
ARGPARSE = (
    _("usage: "),
    _("positional arguments"),
    _("options"),
    _("show this help message and exit"),
    _("%(prog)s: error: %(message)s\n"),
    _("the following arguments are required: %s"),
    _("unrecognized arguments: %s"),
    _("argument %(argument_name)s: %(message)s"),
    _("expected one argument"),
    _("expected at least one argument"),
    _("invalid choice: %(value)r (choose from %(choices)s)"),
    _("invalid %(type)s value: %(value)r"),
    _("not allowed with argument %s"),
    _("ambiguous option: %(option)s could match %(matches)s"),
)

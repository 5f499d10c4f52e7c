"""`luoshi exchange drill`."""

import secrets
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from luoshi.foundation.exchange.management.more import MORE, More
from luoshi.site.trials.drill.items import INBOX_KEY
from luoshi.site.trials.drill.running import Drill, run
from luoshi.site.trials.drill.speed import measure
from luoshi.site.trials.levels.installations import Broken
from luoshi.site.trials.levels.places import LEVELS

NAMES = ("envelopes", "faults", "longest_cut", "restores", "without")


def arguments(one: ArgumentParser) -> None:
    """Three levels of its own beside the site's database; the site itself is not touched."""
    one.add_argument("--envelopes", type=int, default=1000, metavar="N")
    one.add_argument("--faults", type=int, default=30, metavar="M")
    one.add_argument("--seed", type=int, metavar="S", help=_("Drawn and printed if not given."))
    one.add_argument(
        "--longest-cut", type=float, default=90.0, metavar="S", help=_("Seconds of a cut link.")
    )
    one.add_argument(
        "--restores",
        type=int,
        default=0,
        choices=range(len(LEVELS) + 1),
        help=_("How many nodes lose their disk and come back from a backup."),
    )
    one.add_argument(
        "--without",
        choices=(INBOX_KEY,),
        default="",
        help=_("Take a protection away: the drill must notice."),
    )


def drill(options: dict[str, Any], say: Callable[[object], None]) -> None:
    """Try it; ends with 1 unless everything arrived once and was answered."""
    given = {name: options[name] for name in NAMES}
    seed = secrets.randbelow(10**6) if options["seed"] is None else options["seed"]
    try:
        found = run(Drill(**given, seed=seed, say=say))
    except Broken as broken:
        raise CommandError(str(broken)) from broken
    except KeyboardInterrupt:
        sys.exit(130)  # what was started is ended; a shell says so of an interrupted command
    if not found.sound:
        sys.exit(1)


def nothing(_one: ArgumentParser) -> None:
    """No arguments."""


def speed(_options: dict[str, Any], say: Callable[[object], None]) -> None:
    """Measure it."""
    try:
        measure(say)
    except Broken as broken:
        raise CommandError(str(broken)) from broken
    except KeyboardInterrupt:
        sys.exit(130)


def register() -> None:
    """Add the acts."""
    MORE["speed"] = More(lambda: _("Measure the exchange against its servers."), nothing, speed)
    MORE["drill"] = More(lambda: _("Try the exchange under faults."), arguments, drill)

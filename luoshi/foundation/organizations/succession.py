"""What follows when a unit goes into another: the rooms above register what they hand over.

An heir is called inside the act, in the order of registration; a refusal it raises undoes the act.
"""

from datetime import datetime
from typing import Protocol

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.organizations.models import Unit


class Heir(Protocol):
    """Hands over what a room keeps open for `unit` to `into`, or refuses with the way on."""

    def __call__(self, *, unit: Unit, into: Unit, actor: Actor, at: datetime) -> None: ...


HEIRS: list[Heir] = []


def register(heir: Heir) -> None:
    """Add an heir; called from an app's `entries.py`."""
    HEIRS.append(heir)

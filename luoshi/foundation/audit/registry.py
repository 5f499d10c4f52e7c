"""Actions the trail knows: label, link and erasure rule, registered by the app that acts."""

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise


@dataclass(frozen=True)
class Action:
    """One registered action. `link`: url name that takes the object's id, or ""."""

    name: str
    label: str | Promise
    link: str
    erasure: Literal["keep", "detail"]


class UnknownAction(LookupError):
    """A verb recorded an action that no app registered."""


ACTIONS: dict[str, Action] = {}


def register(
    *,
    action: str,
    label: str | Promise,
    link: str = "",
    erasure: Literal["keep", "detail"] = "keep",
) -> None:
    """Make an action known; called from each app's `audit_actions`."""
    ACTIONS[action] = Action(action, label, link, erasure)


def known(action: str) -> Action:
    """The registered action, or `UnknownAction`."""
    try:
        return ACTIONS[action]
    except KeyError:
        raise UnknownAction(action) from None

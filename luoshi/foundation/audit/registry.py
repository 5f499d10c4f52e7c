"""Actions the trail knows: label, link and erasure rule, and how coded values of its details read;
registered by the app that acts."""

from collections.abc import Mapping
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
VALUES: dict[str, Mapping[str, str | Promise]] = {}


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


def name_values(field: str, names: Mapping[str, str | Promise]) -> None:
    """Say how the values of a detail's field read; called where the actions are registered."""
    VALUES[field] = names


def worded(field: str, value: object) -> str:
    """A detail's value as a reader sees it; what nobody named reads as it is."""
    return str(VALUES.get(field, {}).get(str(value), value))

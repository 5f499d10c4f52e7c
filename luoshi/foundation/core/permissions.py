"""Decisions of rules: `Allowed` or `Denied(reason)`; a rule that breaks is a denial."""

import functools
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import ParamSpec

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.refusals import Forbidden, Refusal

P = ParamSpec("P")
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Allowed:
    """The rule allows the act."""

    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True)
class Denied:
    """The rule denies the act and says why."""

    reason: Refusal

    def __bool__(self) -> bool:
        return False


Decision = Allowed | Denied
ALLOWED = Allowed()


def rule(check: Callable[P, Decision]) -> Callable[P, Decision]:
    """Mark a predicate as a rule: an exception inside it denies (fail closed, security row 27)."""

    @functools.wraps(check)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> Decision:
        try:
            return check(*args, **kwargs)
        except Exception:
            logger.exception("rule failed", extra={"rule": check.__qualname__})
            return Denied(
                Forbidden(
                    _("Not done."),
                    _("The right to do this could not be checked."),
                    next_steps=(_("Try again; if it happens again, tell the administrator."),),
                    code="rule-failed",
                )
            )

    return guarded


def ensure(decision: Decision) -> None:
    """First line of every verb: raise the denial's reason, or do nothing."""
    if isinstance(decision, Denied):
        raise decision.reason
    if not isinstance(decision, Allowed):
        raise TypeError("a rule must return Allowed or Denied")

"""Which side a node is on, what units do, and how crossing acts were settled."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Side(models.TextChoices):
    """Which side of a mirrored matter this node is on."""

    OFFICE = "office", _("Leads the matter")
    UNIT = "unit", _("Handles a share of it")


class Fact(models.TextChoices):
    """What a unit does in its own house and tells the leading office."""

    SIGNING = "signing", _("Signing for")
    OBJECTION = "objection", _("Objection")
    OPINION = "opinion", _("Joint opinion")
    REPORT = "report", _("Report")
    EXTENSION = "extension", _("Request for an extension")
    WITHDRAWAL = "withdrawal", _("Request withdrawn")
    STOP = "stop", _("Request for a clock stop")


class Outcome(models.TextChoices):
    """What became of a unit's act that crossed one of the office's."""

    STANDS = "stands", _("Stands")
    FILED = "filed", _("Kept on file")
    LAPSED = "lapsed", _("Lapsed")


@dataclass(frozen=True)
class Rule:
    """One row of the table: these acts, crossing this situation, end so."""

    number: str
    facts: tuple[Fact, ...]
    situation: str | Promise
    outcome: Outcome


ENDED, STOPPED, NOT_OWED, OTHER = "ended", "stopped", "not-owed", "other"
RULES = {
    (fact, key): rule
    for key, rule in (
        (
            ENDED,
            Rule("M1", (Fact.SIGNING,), _("The share had ended meanwhile."), Outcome.STANDS),
        ),
        (
            ENDED,
            Rule(
                "M2",
                (Fact.REPORT, Fact.OPINION),
                _("The share had ended meanwhile; the end stands, the office may reopen."),
                Outcome.FILED,
            ),
        ),
        (
            STOPPED,
            Rule(
                "M3",
                (Fact.SIGNING, Fact.REPORT, Fact.EXTENSION),
                _("The clock had been stopped meanwhile; it stays stopped."),
                Outcome.STANDS,
            ),
        ),
        (
            NOT_OWED,
            Rule(
                "M4",
                (Fact.REPORT,),
                _("What it reports on was no longer asked for."),
                Outcome.FILED,
            ),
        ),
        (
            ENDED,
            Rule(
                "M5",
                (Fact.EXTENSION, Fact.OBJECTION, Fact.STOP),
                _("The share had ended meanwhile."),
                Outcome.LAPSED,
            ),
        ),
        (
            NOT_OWED,
            Rule(
                "M6",
                (Fact.EXTENSION,),
                _("The report was no longer owed, or its limit is as late already."),
                Outcome.LAPSED,
            ),
        ),
        (
            OTHER,
            Rule(
                "M7",
                tuple(Fact),
                _("The office's books do not allow it any more; the office was told."),
                Outcome.LAPSED,
            ),
        ),
    )
    for fact in rule.facts
}


def rules_in_order() -> list[Rule]:
    """The table's rows, each once, by number."""
    return sorted({id(one): one for one in RULES.values()}.values(), key=lambda one: one.number)

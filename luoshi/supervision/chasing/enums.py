"""The ladder's words."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """Levels of the default ladder (rules.md 2.11)."""

    L0 = "L0", _("Due notice")
    L1 = "L1", _("Reminder")
    L2 = "L2", _("Urge")
    L3 = "L3", _("Supervision slip")
    L4 = "L4", _("Escalation")


class Audience(models.TextChoices):
    """Who is addressed at a level."""

    HANDLERS = "handlers", _("Handlers")
    PRINCIPAL = "principal", _("The unit's principal")
    SUPERVISING_LEADER = "supervising_leader", _("Supervising leader")
    ASSIGNER_LEADER = "assigner_leader", _("The assigner's leader")


@dataclass(frozen=True)
class Step:
    """One level of the ladder: working days from the limit, audience, and its word."""

    level: Level
    workdays: int
    audiences: tuple[Audience, ...]
    word_zh: str
    word_en: str


LADDER = (
    Step(Level.L0, -3, (Audience.HANDLERS,), "到期提示", "Due notice"),
    Step(Level.L1, 1, (Audience.HANDLERS,), "提醒", "Reminder"),
    Step(Level.L2, 3, (Audience.HANDLERS, Audience.PRINCIPAL), "催办", "Urge"),
    Step(
        Level.L3,
        5,
        (Audience.PRINCIPAL, Audience.SUPERVISING_LEADER),
        "督办单",
        "Supervision slip",
    ),
    Step(Level.L4, 10, (Audience.ASSIGNER_LEADER,), "报告", "Escalation"),
)

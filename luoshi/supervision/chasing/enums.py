"""The ladder's words, the tones of a nudge by hand, the colours of a slip."""

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


BUDGETED = (Level.L0, Level.L1, Level.L2)
ESCALATIONS = (Level.L3, Level.L4)


class Audience(models.TextChoices):
    """Who is addressed at a level."""

    HANDLERS = "handlers", _("Handlers")
    PRINCIPAL = "principal", _("The unit's principal")
    SUPERVISING_LEADER = "supervising_leader", _("Supervising leader")
    ASSIGNER_LEADER = "assigner_leader", _("The assigner's leader")


class Tone(models.TextChoices):
    """How a nudge by hand speaks; the order is the ladder (ui.md 13)."""

    REQUEST = "request", _("Courteous request")
    REMIND = "remind", _("Remind")
    URGE = "urge", _("Urge")
    PRESS = "press", _("Supervised follow-up")


RANKS = {Tone.REQUEST: 0, Tone.REMIND: 1, Tone.URGE: 2, Tone.PRESS: 3}
TONE_ZH = {Tone.REQUEST: "商请", Tone.REMIND: "提醒", Tone.URGE: "催办", Tone.PRESS: "督办"}
TONE_EN = {
    Tone.REQUEST: "Courteous request",
    Tone.REMIND: "Reminder",
    Tone.URGE: "Urge",
    Tone.PRESS: "Supervised follow-up",
}


class Colour(models.TextChoices):
    """The three-colour slips (R-SUP-5); a tag with its word, never a light."""

    BLUE = "blue", _("Blue slip")
    YELLOW = "yellow", _("Yellow slip")
    RED = "red", _("Red slip")


COLOUR_ZH = {Colour.BLUE: "蓝色", Colour.YELLOW: "黄色", Colour.RED: "红色"}
COLOUR_TONE = {Colour.BLUE: Tone.REMIND, Colour.YELLOW: Tone.URGE, Colour.RED: Tone.PRESS}


class UrgeState(models.TextChoices):
    """What became of a nudge by hand."""

    SENT = "sent", _("Sent")
    HELD = "held", _("Held")


class Held(models.TextChoices):
    """Why the governor held a nudge (B7)."""

    WEEK = "week", _("One nudge by hand per item and week")
    BUDGET = "budget", _("The unit has had its five nudges this week")
    OVERTAKEN = "overtaken", _("A higher level was reached at the same time")


class ExceptionState(models.TextChoices):
    """A request to send a held nudge all the same."""

    ASKED = "asked", _("Waiting for a decision")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")


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

"""Closed sets of the rule catalogue."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Regime(models.TextChoices):
    """What a matter comes from, seven kinds: decisions, meetings, points lists, instructions, theme
    activities, key tasks, documents (rules.md 2.4, decision 1)."""

    DECISION = "decision", _("Major decision")
    MEETING = "meeting", _("Meeting spirit")
    POINTS = "points", _("Supervision points")
    INSTRUCTION = "instruction", _("Leader's written instruction")
    ACTIVITY = "activity", _("Theme activity")
    KEY_TASK = "key_task", _("Key task")
    DOCUMENT = "document", _("Document-assigned work")


class DutyKind(models.TextChoices):
    """What a report duty asks for."""

    FIRST = "first", _("First report")
    PROGRESS = "progress", _("Progress report")
    IMPLEMENTATION = "implementation", _("Implementation report")
    SUMMARY = "summary", _("Summary report")
    STAGED = "staged", _("Staged report")
    FINAL = "final", _("Final report")
    TASK = "task", _("Result of the task")
    LOOK_BACK = "look_back", _("Look-back")
    STUDY = "study", _("Follow-up study")
    OPINION = "opinion", _("Opinion to the lead unit")


class Content(models.TextChoices):
    """Parts a report can carry; a duty names those it needs (B6, TR-05 merging)."""

    PROGRESS = "progress", _("Progress")
    FIGURES = "figures", _("Figures")
    PROBLEMS = "problems", _("Problems")
    NEXT_STEPS = "next_steps", _("Next steps")
    SUMMARY = "summary", _("Summary of the period")


class Anchor(models.TextChoices):
    """The event a limit counts from."""

    NONE = "", _("Calendar only")
    ISSUE = "issue", _("Issue")
    MEETING = "meeting", _("Meeting")
    RECEIPT = "receipt", _("Signing for receipt")
    EVENT = "event", pgettext_lazy("anchor", "Event")
    COMPLETION = "completion", _("Conclusion")
    STAGE_END = "stage_end", _("End of the stage")


# happened once they are noted; until then nothing that counts from them has a date
NOTED_EVENTS = (Anchor.STAGE_END, Anchor.EVENT, Anchor.MEETING)


class ProposalState(models.TextChoices):
    """Life of a proposed change of a rule."""

    DRAFTED = "drafted", _("Waiting for the secretary-general")
    ADOPTED = "adopted", _("Adopted")
    REFUSED = "refused", _("Not adopted")
    WITHDRAWN = "withdrawn", _("Withdrawn")


PROPOSAL_MOVES: dict[str, set[str]] = {
    ProposalState.DRAFTED: {
        ProposalState.ADOPTED,
        ProposalState.REFUSED,
        ProposalState.WITHDRAWN,
    },
    ProposalState.ADOPTED: set(),
    ProposalState.REFUSED: set(),
    ProposalState.WITHDRAWN: set(),
}

"""What the trail calls the acts of this room."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.registry import register

INSPECTIONS = {
    "inspections.drafted": _("Inspection drafted"),
    "inspections.changed": _("Inspection changed"),
    "inspections.group_set": _("Inspection group named"),
    "inspections.excepted": _("Frequency exception granted"),
    "inspections.started": _("Inspection started"),
    "inspections.found": _("Finding recorded"),
    "inspections.concluded": _("Conclusion sent"),
    "inspections.received": _("Conclusion received"),
    "inspections.review_asked": _("Review of the conclusion asked for"),
    "inspections.review_decided": _("Review of the conclusion decided"),
    "inspections.closed": _("Inspection closed"),
    "inspections.called_off": _("Inspection called off"),
}
PLANS = {
    "inspections.plan_filed": _("Inspection plan filed"),
    "inspections.plan_returned": _("Inspection plan returned"),
    "inspections.plan_approved": _("Inspection plan approved"),
}
PROBLEMS = {
    "inspections.problem_raised": _("Problem listed"),
    "inspections.measures_stated": _("Root cause and measures stated"),
    "inspections.evidence_added": _("Evidence added"),
    "inspections.rectification_reported": _("Rectification reported"),
    "inspections.struck_off": _("Problem struck off"),
    "inspections.problem_returned": _("Rectification returned for redo"),
    "inspections.problem_withdrawn": _("Problem withdrawn"),
}


def register_actions() -> None:
    """Called once when the app is ready."""
    for actions, link in (
        (INSPECTIONS, "inspections:inspection"),
        (PLANS, ""),
        (PROBLEMS, "inspections:problem"),
    ):
        for action, label in actions.items():
            register(action=action, label=label, link=link, erasure="detail")

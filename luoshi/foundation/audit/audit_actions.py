"""The trail's own actions."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.registry import register


def register_actions() -> None:
    """Called once when the app is ready."""
    register(action="audit.denied", label=_("Act denied"))
    register(action="audit.verified", label=_("Trail verified"))
    register(action="audit.erased", label=_("Details erased"))
    register(action="audit.exported", label=_("Trail exported"))

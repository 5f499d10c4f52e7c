"""What the trail calls the acts of this room."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.registry import register

ACTIONS = {
    "publications.founded": (_("Publication founded"), "publications:publication"),
    "publications.planned": (_("Issue planned"), "publications:issue"),
    "publications.dated": (_("Planned day of an issue changed"), "publications:issue"),
    "publications.moved": (_("Issue moved on"), "publications:issue"),
    "publications.moved_back": (_("Issue moved back"), "publications:issue"),
    "publications.came_out": (_("Issue out and frozen"), "publications:issue"),
    "publications.ordered": (_("Items of an issue put in order"), "publications:issue"),
    "publications.collected": (_("Item collected"), "publications:item"),
    "publications.edited": (_("Item changed"), "publications:item"),
    "publications.press_noted": (_("Press item noted"), "publications:press-item"),
    "publications.press_corrected": (_("Press item corrected"), "publications:press-item"),
}


def register_actions() -> None:
    """Called once when the app is ready."""
    for action, (label, link) in ACTIONS.items():
        register(action=action, label=label, link=link, erasure="detail")

"""The kinds of a list that travel between levels (features row 50): the list goes down, its
summaries go up; its points travel as matters."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.exchange.enums import Way
from luoshi.foundation.exchange.kinds import Kind, register
from luoshi.supervision.lists.domain.mirroring.adopting import take_list, take_summaries
from luoshi.supervision.lists.domain.mirroring.telling import DOWN, UP


def register_kinds() -> None:
    """Called once all apps are ready."""
    register(Kind(DOWN, 1, _("Points list"), take_list, frozenset({Way.DOWN})))
    register(Kind(UP, 1, _("Summary of a points list"), take_summaries, frozenset({Way.UP})))

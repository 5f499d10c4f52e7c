"""Which decided sentences a version of the weights was learned from."""

from typing import Any

from django.db.models import Q, QuerySet

from luoshi.desks.lessons.models import GateVersion, TrainingRow


def learned_from(version: GateVersion) -> "QuerySet[Any]":
    """The office's sentences decided by then; of another office's those it had taken over by then.
    A version taken over was learned from its own office's alone."""
    rows = TrainingRow.objects.filter(office_id=version.office_id, decided_at__lte=version.asked_at)
    if version.inherited_from_id:
        return rows.filter(inherited_from=version.inherited_from_id)
    return rows.filter(Q(inherited_from=None) | Q(inherited_at__lte=version.asked_at))

"""An office's settings; an office that decided nothing has the defaults."""

from uuid import UUID

from luoshi.supervision.rulebook.models import OfficeSettings


def settings_of(office_id: UUID) -> OfficeSettings:
    """The saved settings, or unsaved defaults."""
    found = OfficeSettings.objects.filter(pk=office_id).first()
    return found or OfficeSettings(unit_id=office_id)

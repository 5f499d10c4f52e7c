"""Document-style numbers per office and year: no gap is reused (R-DOC-12)."""

from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.matters.domain.transitions import locked
from luoshi.supervision.matters.models import NumberSeries


def next_serial(office: Unit, year: int) -> int:
    """Take the next serial of this office and year; locks the series until commit."""
    series, _made = NumberSeries.objects.get_or_create(office=office, year=year)
    series = locked(NumberSeries.objects, series.pk)
    series.last += 1
    series.save(update_fields=("last",))
    return series.last


def number_text(prefix: str, year: int, serial: int) -> str:
    """督〔2026〕18号: issuer code, year in hexagonal brackets, no leading zero."""
    return f"{prefix}〔{year}〕{serial}号"

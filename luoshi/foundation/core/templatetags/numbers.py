"""Filters for figures: no needless zeros, a sign where a difference is meant."""

from decimal import Decimal

from django import template

register = template.Library()


@register.filter
def plain(value: Decimal | None) -> str:
    """A figure without needless zeros; a dash where there is none."""
    return "—" if value is None else f"{value.normalize():f}"


@register.filter
def signed(value: Decimal | None) -> str:
    """A difference with its direction: ↑332, ↓5, 0; empty where there is none."""
    if value is None:
        return ""
    arrow = "↑" if value > 0 else "↓" if value < 0 else ""
    return f"{arrow}{abs(value).normalize():f}"

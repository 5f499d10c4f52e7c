"""Filters and tags every page uses: dates with weekdays, icons, navigation, query strings."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from lucide.templatetags.lucide import lucide

from luoshi.foundation.core import sources
from luoshi.foundation.core.navigation import waiting
from luoshi.foundation.core.navigation.sections import sections_of
from luoshi.foundation.core.rows.counting import worded
from luoshi.foundation.core.time import date_text, instant_text, last_day, office_date

register = template.Library()
ICONS = frozenset(
    "inbox list-checks file-check split megaphone bell menu plus upload download printer search "
    "chevron-down check x send file-text clock users shield settings log-out layout-dashboard "
    "calendar-days paperclip rotate-ccw flag circle-dot".split()
)


def language() -> str:
    """ "zh-hans" or "en"."""
    return get_language() or "zh-hans"


@register.simple_tag
def icon(name: str) -> SafeString:
    """A decorative icon of the allow-list."""
    return drawn(name)


@cache
def drawn(name: str) -> SafeString:
    """The SVG of an icon; refuses names that are not on the list. No ceiling on what is kept: a
    name out of a template and the same name out of code count as two."""
    if name not in ICONS:
        raise ValueError(f"icon {name!r} is not on the list")
    return SafeString(lucide(name, size=16, **{"class": "i", "aria-hidden": "true"}))


@register.filter
def on(value: date | None) -> str:
    """A civil date with its weekday and year, as <time>."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = office_date(value)
    return format_html(
        '<time datetime="{}">{}</time>', value.isoformat(), date_text(value, language())
    )


@register.filter
def elapsed(value: timedelta) -> str:
    """How long something took: minutes below an hour, hours below two days, else days."""
    minutes = round(value.total_seconds() / 60)
    if minutes < 60:
        return _("%(n)d min") % {"n": minutes}
    if minutes < 48 * 60:
        return _("%(n).1f h") % {"n": minutes / 60}
    return _("%(n).1f d") % {"n": minutes / 60 / 24}


@register.filter
def lapse(value: timedelta) -> str:
    """How long something took that may be quick: seconds below two minutes."""
    seconds = value.total_seconds()
    return _("%(n).1f s") % {"n": seconds} if seconds < 120 else elapsed(value)


@register.filter
def exact(value: datetime) -> str:
    """An instant to the second, as <time>."""
    text = f"{instant_text(value, language())}:{value:%S}"
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), text)


@register.filter
def limit(value: datetime | None) -> str:
    """The civil date a limit belongs to (00:00 is 24:00 of the day before)."""
    return "" if value is None else on(last_day(value))


@register.simple_tag(takes_context=True)
def day(context: template.Context, value: datetime | None) -> str:
    """A limit's date in a list: the year only when it is not this one (ui.md 4)."""
    if value is None:
        return ""
    date_ = last_day(value)
    return dated(date_, language(), date_.year != office_date(context["request"].now).year)


@register.simple_tag(takes_context=True)
def moment(context: template.Context, value: datetime | None) -> str:
    """An instant in a list, with weekday and minute: the year only when it is not this one."""
    if value is None:
        return ""
    year = office_date(value).year != office_date(context["request"].now).year
    text = instant_text(value, language(), year=year)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), text)


@register.filter
def shortday(value: datetime | None) -> str:
    """The civil date of an instant in a dense list: without its year."""
    return "" if value is None else dated(office_date(value), language(), False)


@lru_cache(maxsize=4000)
def dated(value: date, language: str, year: bool) -> str:
    """A civil date as <time>, with or without its year."""
    text = date_text(value, language, year=year)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), text)


@register.filter
def instant(value: datetime | None) -> str:
    """An instant with weekday and minute, as <time>."""
    if value is None:
        return ""
    text = instant_text(value, language())
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), text)


@register.filter
def amount(value: Decimal | None) -> str:
    """A figure with thousands marks and without zeros that say nothing."""
    return "" if value is None else f"{value.normalize():,f}"


@register.filter
def listed(words: Iterable[object]) -> str:
    """Words side by side, parted as the reader's language parts them."""
    return _(", ").join(map(str, words))


@register.filter
def cited(source: Any) -> str:
    """What a refusal or a rule rests on, for a reader; "" where there is nothing to look up."""
    return sources.cited(str(source))


@register.filter
def bilingual(row: Any, name: str) -> str:
    """`row.name_zh` or `row.name_en` by the reader's language."""
    return getattr(row, f"{name}_{'zh' if language().startswith('zh') else 'en'}")


@register.simple_tag(takes_context=True)
def unread(context: template.Context) -> int:
    """How many notices wait behind the bell; 0 where nobody is signed in."""
    request = context.get("request")
    if request is None or getattr(request, "actor", None) is None:
        return 0
    return waiting(request).get("bell", 0)


@register.inclusion_tag("core/sections.html", takes_context=True)
def sections(context: template.Context, place: str, obj: Any) -> dict[str, Any]:
    """The row of tabs of an object's page; nothing where there is only one."""
    return {"sections": sections_of(place, context["request"], obj)}


@register.filter
def upto(count: int) -> str:
    """A bounded count: exact, or "999+"."""
    return worded(count)


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """The page's query string with some values changed (empty = removed); never the cursor."""
    values = context["request"].GET.copy()
    values.pop("cursor", None)
    for key, value in changes.items():
        values.pop(key, None)
        if value not in ("", None):
            values[key] = str(value)
    return "?" + values.urlencode()

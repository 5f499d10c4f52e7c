"""The left bar as HTML. Written here and not in a template: a page has twenty of its lines, and all
of a line but its number and its mark is the same for every reader of a role (`luoshi bench`)."""

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext

from luoshi.foundation.core.navigation import Entry, address, parted, waiting
from luoshi.foundation.core.rows.counting import worded
from luoshi.foundation.core.templatetags.office import drawn

register = template.Library()
CURRENT = ' aria-current="page"'
Line = tuple[str, str, str, str, str]


@lru_cache(maxsize=64)
def lines(role: str, language: str) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The lines of a role's bar, and those under "More"."""
    first, more = parted(role)
    return worded_lines(first, bool(more)), worded_lines(more)


def worded_lines(entries: Iterable[Entry], plain: bool = False) -> tuple[Line, ...]:
    """(name of the count, name of the count without which it is not shown or "", address, markup
    before the mark of the current page, markup before the count) of every entry, the first of a
    group with its heading, except in a bar that has an order of its own (`plain`)."""
    found, group = [], ""
    for entry in entries:
        url, heading = address(entry.url_name), "" if plain else str(entry.group)
        head = format_html("<h2>{}</h2>\n", heading) if heading and heading != group else ""
        before = head + format_html('<a href="{}"', url)
        after = format_html("{}<span>{}</span>", drawn(entry.icon), entry.label)
        needed = f"{entry.url_name}?" if entry.given is not None else ""
        found.append((entry.url_name, needed, url, before, after))
        group = heading
    return tuple(found)


@register.simple_tag(takes_context=True)
def navigation(context: template.Context) -> SafeString:
    """The entries the request's actor may open, with counts and the current one marked; those that
    do not stand in the bar itself under "More", which is open on their own pages."""
    request = context.get("request")
    actor = getattr(request, "actor", None)
    if request is None or actor is None:
        return SafeString("")
    counts = waiting(request)
    first, more = lines(actor.role, get_language() or "")
    made = drawn_lines(first, counts, request.path)
    if more:
        inside = drawn_lines(more, counts, request.path)
        opened = " open" if CURRENT in inside else ""
        number = count_of(sum(counts.get(name, 0) for name, *_rest in more))
        word = escape(pgettext("navigation", "More"))
        head = f"{drawn('chevron-down')}<span>{word}</span>{number}"
        made += f"<details{opened}><summary>{head}</summary>\n{inside}</details>\n"
    return mark_safe(made)  # noqa: S308 - every word above is escaped


def drawn_lines(entries: Iterable[Line], counts: dict[str, int], path: str) -> str:
    """The lines with their counts, the current one marked."""
    made = []
    for name, needed, url, before, after in entries:
        if needed and not counts.get(needed):
            continue
        mark = CURRENT if path == url else ""
        made.append(f"{before}{mark}>{after}{count_of(counts.get(name, 0))}</a>\n")
    return "".join(made)


def count_of(rows: int) -> str:
    """How many wait, or nothing."""
    return f'<span class="n">{escape(worded(rows))}</span>' if rows else ""

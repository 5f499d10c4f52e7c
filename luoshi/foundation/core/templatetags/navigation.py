"""The left bar as HTML. Written here and not in a template: a page has twenty of its lines, and all
of a line but its number and its mark is the same for every reader of a role (`luoshi bench`)."""

from functools import lru_cache

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from luoshi.foundation.core.navigation import address, entries_of, waiting
from luoshi.foundation.core.rows.counting import worded
from luoshi.foundation.core.templatetags.office import drawn

register = template.Library()
CURRENT = ' aria-current="page"'
Line = tuple[str, str, str, str, str]


@lru_cache(maxsize=64)
def lines(role: str, language: str) -> tuple[Line, ...]:
    """(name of the count, name of the count without which it is not shown or "", address, markup
    before the mark of the current page, markup before the count) of every entry of a role, the
    first of a group with its heading."""
    found, group = [], ""
    for entry in entries_of(role):
        url, heading = address(entry.url_name), str(entry.group)
        head = format_html("<h2>{}</h2>\n", heading) if heading and heading != group else ""
        before = head + format_html('<a href="{}"', url)
        after = format_html("{}<span>{}</span>", drawn(entry.icon), entry.label)
        needed = f"{entry.url_name}?" if entry.given is not None else ""
        found.append((entry.url_name, needed, url, before, after))
        group = heading
    return tuple(found)


@register.simple_tag(takes_context=True)
def navigation(context: template.Context) -> SafeString:
    """The entries the request's actor may open, with counts and the current one marked."""
    request = context.get("request")
    actor = getattr(request, "actor", None)
    if request is None or actor is None:
        return SafeString("")
    counts, made = waiting(request), []
    for name, needed, url, before, after in lines(actor.role, get_language() or ""):
        if needed and not counts.get(needed):
            continue
        count = counts.get(name)
        number = f'<span class="n">{escape(worded(count))}</span>' if count else ""
        mark = CURRENT if request.path == url else ""
        made.append(f"{before}{mark}>{after}{number}</a>\n")
    return mark_safe("".join(made))  # noqa: S308 - every word above is escaped

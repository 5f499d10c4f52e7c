"""The rows of the ledger as HTML. Written here and not in the template: fifty rows of fifteen words
through the template engine took a quarter of the page (`luoshi bench`, `list_p1 / page`)."""

from collections.abc import Collection, Iterable
from html import escape as escaped
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from luoshi.foundation.core.templatetags.components import drawn

FIRST = (
    '<tr><td class="chk"><input type="checkbox" name="m" value="{pk}" form="chosen" '
    'aria-label="{select}"></td><td>{light}</td>'
)
NUMBER = '<td class="no">{number}</td>'
TITLE = (
    '<td class="m-t"><a class="t" href="{url}" title="{title}">{title}</a>'
    '<span class="p">{under}</span></td>'
)
LEAD = '<td class="el m-u" title="{lead}">{lead}</td>'
TURN = '<td class="el" data-label="{turn_label}">{turn}</td>'
DUE = '<td class="due {tone}"><b>{due}</b>{since}<span class="p">{detail}</span></td>'
HEARD = '<td class="no el m0">{heard}</td>'
LATE = "<td>{late}</td>"


def written(rows: Iterable[Any], show: Collection[str], language: str) -> SafeString:
    """The dressed rows (`rows.dress`) with the columns to show; every word that is
    no markup yet (a date is) is escaped."""
    optional = {"number": NUMBER, "lead": LEAD, "turn": TURN, "heard": HEARD, "late": LATE}
    part = {name: text if name in show else "" for name, text in optional.items()}
    line = (
        f"{FIRST}{part['number']}{TITLE}{part['lead']}{part['turn']}{DUE}{part['heard']}"
        f"{part['late']}</tr>\n"
    )
    turn_label = escape(_("Whose turn"))
    made = [
        line.format(
            pk=row.pk,
            select=escape(row.select),
            light=drawn("light", (("state", row.shown), ("word", row.word)), language),
            number=escape(row.number_word),
            url=escape(row.url),
            title=escape(row.title),
            under=escape(row.under),
            lead=escape(row.lead_word),
            turn=escape(row.turn_word),
            turn_label=turn_label,
            tone=row.tone,
            due=escape(row.due_word),
            since=escape(row.since),
            detail=escape(row.detail),
            heard=escape(row.heard),
            late=late_mark(row.late_marks, language),
        )
        for row in rows
    ]
    return mark_safe("".join(made))  # noqa: S308 - every word above is escaped


def escape(word: str) -> str:
    """A word as text, unless it is markup already. Django's own asks of each whether it is still to
    be translated: six hundred times a page."""
    return word if isinstance(word, SafeString) else escaped(word)


def late_mark(count: int, language: str) -> str:
    """The mark that stays for ever; none = nothing."""
    return drawn("late", (("amount", count), ("unit", "times")), language) if count else ""

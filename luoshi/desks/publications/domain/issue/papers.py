"""An issue as it is printed: cover, contents, items in the columns of its publication."""

from datetime import date

from luoshi.desks.publications.enums import ItemState, Layout
from luoshi.desks.publications.models import Issue
from luoshi.foundation.typesetting.rendering import Article, Journal


def journal_of(issue: Issue, day: date | None) -> Journal:
    """The paper, always in Chinese: it is printed for Chinese readers. `day` None = a proof."""
    rows = issue.items.exclude(state=ItemState.LEFT_OUT).order_by("place", "pk")
    articles = tuple(
        Article(
            title=item.title,
            author=item.author,
            author_unit=item.author_unit,
            paragraphs=tuple(filter(None, (line.strip() for line in item.text.splitlines()))),
        )
        for item in rows
    )
    date_words = f"{day.year}年{day.month}月{day.day}日" if day else "校样"
    return Journal(
        title=issue.publication.title,
        number=issue.words,
        theme=issue.theme,
        office=issue.office.name,
        date=date_words,
        articles=articles,
        columns=2 if issue.publication.layout == Layout.DOUBLE else 1,
    )

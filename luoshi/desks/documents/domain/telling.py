"""Tell the people who handle documents in some units."""

from collections.abc import Sequence
from datetime import datetime

from luoshi.foundation.core.time import office_date
from luoshi.foundation.exchange.rules import RECEIVING_ROLES
from luoshi.foundation.notifications.domain.sending import Message, notices, send_all
from luoshi.foundation.organizations.domain.queries.holders import current
from luoshi.foundation.organizations.models import Unit


def tell_units(
    codes: Sequence[str], words: tuple[str, str], title: str, key: str, *, at: datetime
) -> None:
    """A notice to everybody who handles documents in these units; two queries."""
    units = dict(Unit.objects.filter(code__in=codes).values_list("pk", "code"))
    held = current(office_date(at)).filter(post__unit__in=units, post__role__in=RECEIVING_ROLES)
    people = {(row.post.unit_id, row.person_id): row.person for row in held}
    send_all(
        notice
        for (unit_id, _person), person in people.items()
        for notice in notices(
            Message(
                kind="document",
                title_zh=f"{words[0]}：{title}",
                title_en=f"{words[1]}: {title}",
                url="/arrivals/",
                key=f"{key}|{units[unit_id]}",
            ),
            to=[person],
            unit_id=unit_id,
            at=at,
        )
    )

"""Who sent an item in hears at each step what becomes of it (S2-57, features row 55). Part of the
caller's act; a notice is sent once a step."""

from datetime import datetime
from uuid import UUID

from luoshi.desks.information.models import EDITING_ROLES, Item
from luoshi.foundation.accounts.models import User
from luoshi.foundation.core.time import office_date
from luoshi.foundation.notifications.domain.sending import Message, send
from luoshi.foundation.organizations.domain.queries.holders import people_in
from luoshi.foundation.organizations.enums import HANDLING_ROLES

SENDERS = (*HANDLING_ROLES, *EDITING_ROLES)


def senders_of(item: Item, at: datetime) -> list[User]:
    """The author, and those who answer for the unit that sent it; nobody of the office itself but
    the author."""
    found = {item.author_id: item.author} if item.author is not None else {}
    if item.unit_id is not None and item.officer_id is None and item.unit_id != item.office_id:
        found |= {one.pk: one for one in people_in(item.unit_id, SENDERS, office_date(at))}
    return [one for one in found.values() if one is not None]


def tell_senders(
    item: Item, words: tuple[str, str], key: object, *, at: datetime, but: UUID | None = None
) -> None:
    """A notice to the senders of an item and of those that were merged into it; `words` in Chinese
    and English, `key` the step, `but` who did it and knows."""
    message = Message(
        kind="information",
        title_zh=f"{words[0]}：{item.title}"[:200],
        title_en=f"{words[1]}: {item.title}"[:240],
        url=f"/information/{item.pk}/",
        key=f"item|{item.pk}|{key}",
    )
    people = [one for one in senders_of(item, at) if one.pk != but]
    send(message, to=people, unit_id=item.unit_id or item.office_id, at=at)
    for one in item.merged.select_related("author"):
        tell_senders(one, words, key, at=at, but=but)


def tell_desk(item: Item, words: tuple[str, str], key: object, *, at: datetime) -> None:
    """A notice to the editors of the office, and of the level between, which gets a copy."""
    for office_id in filter(None, (item.office_id, item.copied_id)):
        message = Message(
            kind="information",
            title_zh=f"{words[0]}：{item.title}"[:200],
            title_en=f"{words[1]}: {item.title}"[:240],
            url=f"/information/{item.pk}/",
            key=f"item|{item.pk}|{key}|{office_id}",
        )
        people = people_in(office_id, EDITING_ROLES, office_date(at))
        others = [person for person in people if person.pk != item.author_id]
        send(message, to=others, unit_id=office_id, at=at)

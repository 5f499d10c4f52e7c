"""Notices about a matter's changes to its units and its offices; the words follow the relation."""

from collections.abc import Iterable
from datetime import datetime

from luoshi.foundation.core.time import office_date
from luoshi.foundation.notifications.domain.sending import Message, send
from luoshi.foundation.organizations.domain.queries.holders import people_in
from luoshi.foundation.organizations.enums import HANDLING_ROLES, Role
from luoshi.supervision.matters.models import Assignment, Matter

OFFICERS = (Role.SUPERVISION_OFFICER, Role.SECRETARY_GENERAL)


def message(matter: Matter, kind: str, words: tuple[str, str], key: object, page: str) -> Message:
    """A notice about a matter: what happened, its number and title."""
    zh, en = words
    name = f"{matter.number} {matter.title}".strip()
    return Message(
        kind=kind,
        title_zh=f"{zh}：{name}",
        title_en=f"{en}: {name}",
        url=f"/matters/{matter.pk}/{page}",
        key=f"{kind}|{key}",
    )


def tell_unit(
    share: Assignment,
    *,
    kind: str,
    words: tuple[str, str],
    key: object,
    at: datetime,
    page: str = "",
) -> None:
    """Tell the handlers of a share's unit."""
    people = people_in(share.unit_id, HANDLING_ROLES, office_date(at))
    told = message(share.matter, kind, words, key, page)
    send(told, to=people, unit_id=share.unit_id, at=at)


def tell_office(
    matter: Matter,
    *,
    kind: str,
    words: tuple[str, str],
    key: object,
    at: datetime,
    roles: Iterable[str] = OFFICERS,
    page: str = "changes/",
) -> None:
    """Tell people of the lead office."""
    people = people_in(matter.office_id, roles, office_date(at))
    send(message(matter, kind, words, key, page), to=people, unit_id=matter.office_id, at=at)

"""Note what the press carried, and correct it (S2-51).

Changes: a press item with its link or file. Refused: by others, no title or outlet, a day to come,
neither link nor file, a link that is none, the same item twice, a page that is older than what is
saved.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from luoshi.desks.publications import rules
from luoshi.desks.publications.domain.checking import unlisted, wrong_texts
from luoshi.desks.publications.enums import OutletLevel
from luoshi.desks.publications.models import PressItem
from luoshi.foundation.attachments.domain.storing import store
from luoshi.foundation.attachments.models import Attachment
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import refuse_older
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.time import office_date
from luoshi.foundation.organizations.models import Unit

OWNER = "press"
NOT_NOTED = _("Not noted: something is missing.")
Files = Sequence[tuple[str, BinaryIO]]


@dataclass(frozen=True)
class Printed:
    """A press item as typed."""

    title: str
    outlet: str
    level: str
    published_on: date | None
    link: str = ""
    authors: str = ""


def note(printed: Printed, *, files: Files = (), actor: Actor, at: datetime) -> PressItem:
    """It was printed, broadcast or put online."""
    ensure(rules.may_keep(actor))
    values = checked(printed, at, has_file=bool(files))
    with acting(actor=actor, at=at):
        office = Unit.objects.select_for_update(no_key=True).get(pk=actor.unit_id)
        refuse_twin(office.pk, values, None)
        row = PressItem.objects.create(
            office=office, noted_by_name=actor.person_name, noted_at=at, **values
        )
        attach(row, files, actor, at)
        after = {"title": row.title, "text": row.outlet}
        record("publications.press_noted", actor=actor, at=at, obj=row, after=after)
    return row


def correct(
    *,
    press: PressItem,
    printed: Printed,
    revision: int,
    files: Files = (),
    actor: Actor,
    at: datetime,
) -> PressItem:
    """Write it as it was; `revision` is the one that was corrected."""
    ensure(rules.may_keep(actor))
    if press.office_id != actor.unit_id:
        ensure(rules.not_yours(_("Not changed.")))
    kept = Attachment.objects.filter(owner_kind=OWNER, owner_id=press.pk)
    values = checked(printed, at, has_file=bool(files) or kept.exists())
    with acting(actor=actor, at=at):
        Unit.objects.select_for_update(no_key=True).get(pk=actor.unit_id)
        row = PressItem.objects.select_for_update(no_key=True).get(pk=press.pk)
        refuse_older(row.revision, revision)
        refuse_twin(row.office_id, values, row.pk)
        before = {name: str(getattr(row, name)) for name in values}
        for name, value in values.items():
            setattr(row, name, value)
        row.revision += 1
        row.save()
        attach(row, files, actor, at)
        changed = {name: was for name, was in before.items() if was != str(getattr(row, name))}
        after = {name: str(getattr(row, name)) for name in changed}
        record(
            "publications.press_corrected", actor=actor, at=at, obj=row, before=changed, after=after
        )
    return row


def attach(row: PressItem, files: Files, actor: Actor, at: datetime) -> None:
    """A cutting or a picture of the page; part of the caller's act."""
    for name, stream in files:
        store(stream, name=name, actor=actor, at=at, owner_kind=OWNER, owner_id=row.pk)


def refuse_twin(office_id: Any, values: dict[str, Any], own: Any) -> None:
    """The same title in the same outlet on the same day is the same item."""
    names = ("title", "outlet", "published_on")
    rows = PressItem.objects.filter(office_id=office_id, **{name: values[name] for name in names})
    if rows.exclude(pk=own).exists():
        why = _("This item of this outlet and day is noted already.")
        raise Invalid(NOT_NOTED, {"title": [why]})


def checked(printed: Printed, at: datetime, *, has_file: bool) -> dict[str, Any]:
    """The item as columns; everything that is wrong is refused at once."""
    words = {name: str(value) for name, value in asdict(printed).items() if name != "published_on"}
    needed = {"title": _("Give it a title."), "outlet": _("Name the outlet.")}
    errors = wrong_texts(PressItem, {k: v for k, v in words.items() if k != "level"}, needed)
    errors |= unlisted(printed.level, OutletLevel.values, "level")
    if printed.published_on is None:
        errors["published_on"] = [_("Say when it appeared.")]
    elif printed.published_on > office_date(at):
        errors["published_on"] = [_("This day is still to come.")]
    link = printed.link.strip()
    if link and not web_address(link):
        errors["link"] = [_("A link begins with http:// or https://.")]
    elif not link and not has_file:
        errors["link"] = [_("Give the link, or add a file that shows it.")]
    if errors:
        raise Invalid(NOT_NOTED, errors)
    kept: dict[str, Any] = {name: text.strip() for name, text in words.items()}
    return kept | {"published_on": printed.published_on}


def web_address(link: str) -> bool:
    """Whether it leads to a page of the web: nothing else is ever put behind a link."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)

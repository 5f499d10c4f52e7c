"""Typed values of forms: words, dates, whole numbers; what cannot be read is refused by its
field."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any, BinaryIO, TypeVar, cast
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.refusals import Invalid, Text
from luoshi.foundation.core.time import typed_day

T = TypeVar("T")
WRITTEN = re.compile(r"\d{4}[-/]\d{1,2}[-/]\d{1,2}", re.ASCII)


def text(post: QueryDict, name: str) -> str:
    """A field's words without characters the database refuses."""
    return post.get(name, "").replace("\x00", "")


def typed(post: QueryDict, names: tuple[str, ...]) -> dict[str, Any]:
    """What was typed, for showing it again."""
    return {name: post.get(name, "") for name in names}


def uploads(request: HttpRequest) -> list[tuple[str, BinaryIO]]:
    """The files of the field "file", by name; they are read where they are stored."""
    return [(one.name or "", cast(BinaryIO, one)) for one in request.FILES.getlist("file")]


def a_date(text: str, name: str) -> date | None:
    """A typed date (2026-3-6 or 2026-03-06); empty = None."""
    if not text.strip():
        return None
    try:
        return typed_day(text)
    except (ValueError, OverflowError) as error:
        told = _("There is no day %(typed)s. Please check year, month and day.")
        if WRITTEN.fullmatch(text.strip()) is None:
            told = _("Write the date as 2026-3-6.")
        raise Invalid(_("Not saved."), {name: [told % {"typed": text.strip()}]}) from error


def needed_date(text: str, name: str) -> date:
    """A typed date that may not be missing."""
    found = a_date(text, name)
    if found is None:
        raise Invalid(_("Not saved."), {name: [_("Write the date as 2026-3-6.")]})
    return found


def whole(text: str, name: str) -> int:
    """A typed whole number of at most six digits."""
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise Invalid(_("Not saved."), {name: [_("Give a whole number.")]})
    return int(text)


class Fields:
    """Reads a form field by field and goes on where one cannot be read, so that one refusal names
    everything that is wrong with the form."""

    def __init__(self) -> None:
        self.errors: dict[str, list[Text]] = {}

    def read(self, parse: Callable[..., T | None], *given: Any, **named: Any) -> T | None:
        """A field's value; None where it cannot be read."""
        try:
            return parse(*given, **named)
        except Invalid as wrong:
            self.errors |= {name: list(why) for name, why in wrong.errors.items()}
            return None

    def refuse(
        self, what: Text, check: Callable[[], object] | None = None, *, but: tuple[str, ...] = ()
    ) -> None:
        """Refuse as `what` where a field could not be read: with what `check`, which refuses an
        unfit form, says of the others. `but`: fields it cannot judge while one of them is
        missing."""
        if not self.errors:
            return
        found: dict[str, list[Text]] = {}
        try:
            if check is not None:
                check()
        except Invalid as wrong:
            unread = any(name in self.errors for name in but)
            passed = but if unread else ()
            found = {name: list(why) for name, why in wrong.errors.items() if name not in passed}
        raise Invalid(what, found | self.errors)


SPAN = ("starts_on", "ends_on")


def a_span(post: QueryDict, what: Text) -> tuple[date, date]:
    """The first and the last day of a form, both told where both are missing."""
    fields = Fields()
    first, last = (fields.read(needed_date, text(post, name), name) for name in SPAN)
    if first is None or last is None:
        raise Invalid(what, fields.errors)
    return first, last


def a_path(text: str, default: str) -> str:
    """A path of this site to go on to; anything else (another host, a bare word) = the default."""
    own = text.startswith("/") and url_has_allowed_host_and_scheme(text, allowed_hosts=None)
    return text if own else default


def a_key(text: str) -> UUID | None:
    """A row's key out of an address; None for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None

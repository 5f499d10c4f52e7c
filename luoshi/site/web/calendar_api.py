"""A new notice about a year's working days by API: the route exists and refuses tokens, for the
system administrator enters it in person after the preview (ui.md 5.16, R-CAL-3, B3)."""

from typing import Annotated, Any

from pydantic import StringConstraints

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.deadlines import rules
from luoshi.foundation.deadlines.domain.editions import Notice
from luoshi.foundation.organizations.api.tokens import scoped
from luoshi.insight.horizons.api import router
from luoshi.site.domain.publishing import publish_edition
from luoshi.supervision.matters.api.changes import PERSON
from luoshi.supervision.matters.api.schemas import Given, Line

Days = Annotated[str, StringConstraints(max_length=2000, pattern=r"^[^\x00]*$")]


class NoticeIn(Given):
    """The notice as the page takes it, and the digest of the previewed moves; `corrects` = it
    stands in place of a notice of the same year."""

    year: Line
    notice: Line
    published_on: Line
    rest: Days
    work: Days = ""
    digest: Line = ""
    corrects: bool = False


@router.post("/calendar-editions", response=PERSON)
def enter_notice(request: OfficeRequest, body: NoticeIn) -> Any:
    """Enter a notice and move the limits shown: the system administrator in person, refused to
    tokens."""
    actor = scoped(request, "matters:write")
    ensure(rules.may_add_edition(actor))
    publish_edition(
        typed=Notice(**body.dict(exclude={"digest", "corrects"})),
        digest=body.digest,
        corrects=body.corrects,
        actor=actor,
        at=request.now,
    )

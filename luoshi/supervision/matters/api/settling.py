"""An office's own numbers by API: windows, grades, its section chief, phrases for returning, words
without a number. A token reads them; setting them is a person's decision and refuses tokens."""

from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema
from pydantic import Field

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.web.problems import READ, Problem
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.api.tokens import scoped
from luoshi.foundation.organizations.models import Post
from luoshi.supervision.matters.api import ruling
from luoshi.supervision.matters.api.schemas import WRITE, Given, Line
from luoshi.supervision.rulebook import rules
from luoshi.supervision.rulebook.domain.queries.settings import settings_of
from luoshi.supervision.rulebook.domain.settling import FIELDS, name_chief, rephrase, settle
from luoshi.supervision.rulebook.domain.vague import settle_vague

router = Router(tags=["settings"])
PERSON = {403: Problem} | WRITE
Whole = Annotated[int, Field(ge=0, le=10_000)]


class SettingsOut(Schema):
    """The office's settings. Days are working days where the name says so, else calendar days;
    `spot_percent` of accepted reports are drawn for a visit (B8)."""

    officer_registers: bool
    number_prefix: str
    principal_signs: bool
    reduction_mode: bool
    warning_workdays: int
    redo_workdays: int
    unsigned_workdays: int
    least_evidence: int
    spot_percent: int
    objection_workdays: int
    opinion_days: int
    document_days: int
    minutes_days: int
    report_cap: int
    chief_post: str
    return_phrases: list[str]


class SettingsIn(Given):
    """What is to change; what is left out stays."""

    officer_registers: bool | None = None
    number_prefix: Line | None = None
    principal_signs: bool | None = None
    reduction_mode: bool | None = None
    warning_workdays: Whole | None = None
    redo_workdays: Whole | None = None
    unsigned_workdays: Whole | None = None
    least_evidence: Whole | None = None
    spot_percent: Whole | None = None
    objection_workdays: Whole | None = None
    opinion_days: Whole | None = None
    document_days: Whole | None = None
    minutes_days: Whole | None = None
    report_cap: Whole | None = None


class ChiefIn(Given):
    """The post that leads the supervision section; null: none does."""

    post_id: UUID | None = None


class PhrasesIn(Given):
    """The phrases for returning a report; none = the shipped ones."""

    phrases: list[Line] = Field(max_length=100)


class VagueWordsIn(Given):
    """Cue → working days, "-" = no date; a cue left out = the shipped default."""

    words: dict[Line, Line] = Field(max_length=20)


@router.get("/office-settings", response={200: SettingsOut} | READ)
def read_settings(request: OfficeRequest) -> Any:
    """The settings of the token's office."""
    actor = scoped(request, "matters:read")
    ensure(rules.may_read_rules(actor))
    found = settings_of(actor.unit_id)  # type: ignore[arg-type]
    return {name: getattr(found, name) for name in FIELDS} | {
        "chief_post": found.chief_post.title if found.chief_post else "",
        "return_phrases": found.return_phrases,
    }


@router.put("/office-settings", response=PERSON)
def change_settings(request: OfficeRequest, body: SettingsIn) -> Any:
    """Set some of them: the secretary-general in person, refused to tokens."""
    actor = scoped(request, "matters:write")
    values = body.dict(exclude_none=True)
    settle(office_id=actor.unit_id, values=values, actor=actor, at=request.now)


@router.put("/office-settings/chief", response=PERSON)
def name_section_chief(request: OfficeRequest, body: ChiefIn) -> Any:
    """Say which post leads the section: the secretary-general in person, refused to tokens."""
    actor = scoped(request, "matters:write")
    post = Post.objects.filter(pk=body.post_id).first() if body.post_id else None
    if body.post_id and post is None:
        raise Invalid(_("Not changed."), {"post_id": [_("Not found, or outside your scope.")]})
    name_chief(office_id=actor.unit_id, post=post, actor=actor, at=request.now)  # type: ignore[arg-type]


@router.put("/office-settings/phrases", response=PERSON)
def set_return_phrases(request: OfficeRequest, body: PhrasesIn) -> Any:
    """Replace the phrases for returning a report: a reviewer in person, refused to tokens."""
    actor = scoped(request, "matters:write")
    rephrase(office_id=actor.unit_id, phrases=body.phrases, actor=actor, at=request.now)


@ruling.router.put("/rules/words", response=PERSON)
def settle_words(request: OfficeRequest, body: VagueWordsIn) -> Any:
    """Say what words without a number mean here: the secretary-general in person, refused to
    tokens (A9)."""
    actor = scoped(request, "matters:write")
    settle_vague(office_id=actor.unit_id, typed=body.words, actor=actor, at=request.now)

"""Parse what the pages of ordinary information send; every refusal names the field."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luoshi.desks.information.domain.fate.adopting import Adopted
from luoshi.desks.information.domain.fate.answering import Outcome
from luoshi.desks.information.domain.fate.evidence import Shown
from luoshi.desks.information.domain.fate.handing import Work
from luoshi.desks.information.domain.fate.instructing import LeaderWords
from luoshi.desks.information.domain.items.reviewing import Judgement
from luoshi.desks.information.domain.items.submitting import Sent
from luoshi.desks.information.domain.items.wording import Words
from luoshi.desks.information.domain.running.engaging import Engagement
from luoshi.desks.information.domain.running.requesting import Topic
from luoshi.desks.information.enums import WEIGHTS, Criterion, ItemKind
from luoshi.desks.information.models import EngagedOfficer, Item, TopicRequest
from luoshi.desks.information.web.forms import a_unit
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import a_date, a_key, text, whole
from luoshi.foundation.organizations.domain.queries.names import listed

WORDS = ("title", "text", "analysis", "suggestion")
SENT = (*WORDS, "kind", "to", "topic", "about", "request", "officer", "research")


def words_of(post: QueryDict) -> Words:
    """Title, situation, analysis, suggestion."""
    return Words(**{name: text(post, name) for name in WORDS})


def sent_of(request: OfficeRequest) -> Sent:
    """Kind, receiver, topic, units, request, officer."""
    post, what = request.POST, _("Not submitted.")
    topic = a_key(post.get("request", ""))
    asked = TopicRequest.objects.visible_to(request.actor).filter(pk=topic).first()
    if topic and asked is None:
        raise Invalid(what, {"request": [_("Choose one of the list.")]})
    officer = a_key(post.get("officer", ""))
    held = EngagedOfficer.objects.filter(pk=officer, office_id=request.actor.unit_id).first()
    if officer and held is None:
        raise Invalid(what, {"officer": [_("Choose one of the list.")]})
    return Sent(
        kind=post.get("kind", ItemKind.INFORMATION),
        to=a_key(post.get("to", "")),
        topic=text(post, "topic"),
        about=listed(text(post, "about"), field="about", what=what),
        request=asked,
        officer=held,
        research=bool(post.get("research")),
    )


def judgement_of(post: QueryDict) -> Judgement:
    """The review form."""
    return Judgement(
        accept=post.get("verdict") == "accept",
        marks={one.value: post.get(f"mark_{one.value}", "") for one in Criterion},
        words={one.value: text(post, f"words_{one.value}") for one in Criterion},
        reason=text(post, "reason"),
    )


def shown_of(request: OfficeRequest) -> Shown:
    """The day and the evidence."""
    files = [(one.name or "", one.file) for one in request.FILES.getlist("files")]
    return Shown(
        a_date(text(request.POST, "on"), "on"),
        text(request.POST, "evidence"),
        files,  # type: ignore[arg-type]
    )


def adopted_of(post: QueryDict) -> Adopted:
    """Which level, body, publication and issue."""
    return Adopted(
        tier=post.get("tier", ""),
        adopter=text(post, "adopter_name"),
        publication=text(post, "publication"),
        issue=text(post, "issue"),
        merged=bool(post.get("merged")),
    )


def leader_words_of(post: QueryDict) -> LeaderWords:
    """A leader's words."""
    return LeaderWords(
        tier=post.get("tier", ""),
        text=text(post, "text"),
        leader_id=a_key(post.get("leader", "")),
        name=text(post, "leader_name"),
        title=text(post, "leader_title"),
    )


def work_of(post: QueryDict) -> Work:
    """What is asked of which units until when."""
    return Work(
        words=text(post, "words"),
        units=listed(
            text(post, "units"), field="units", what=pgettext_lazy("item", "Not handed over.")
        ),
        until=a_date(text(post, "until"), "until"),
    )


def outcome_of(post: QueryDict, item: Item) -> Outcome:
    """What became of it."""
    key = a_key(post.get("handover", ""))
    return Outcome(
        text=text(post, "text"),
        rule_title=text(post, "rule_title"),
        rule_number=text(post, "rule_number"),
        handover=item.handovers.filter(pk=key).first() if key else None,
    )


def engagement_of(post: QueryDict) -> Engagement:
    """An officer to engage."""
    unit, quota = text(post, "unit").strip(), text(post, "quota").strip()
    return Engagement(
        name=text(post, "name"),
        username=text(post, "username"),
        unit=a_unit(unit, "unit") if unit else None,
        work=text(post, "work"),
        since=a_date(text(post, "since"), "since"),
        until=a_date(text(post, "until"), "until"),
        quota=whole(quota, "quota") if quota else 0,
    )


def topic_of(post: QueryDict) -> Topic:
    """A topic request."""
    days = text(post, "workdays").strip()
    return Topic(
        topic=text(post, "topic"),
        words=text(post, "words"),
        units=listed(text(post, "units"), field="units", what=_("Not sent.")),
        officers=bool(post.get("officers")),
        until=a_date(text(post, "until"), "until"),
        workdays=whole(days, "workdays") if days else None,
    )


def weights_typed(post: Any, known: Any) -> dict[str, int]:
    """Weights as typed; a field that is not sent keeps the known value."""
    return {
        name: whole(post[name].strip(), name) if post.get(name, "").strip() else known[name]
        for name in WEIGHTS
    }


def year_of(request: OfficeRequest, back: int = 3) -> int:
    """The year of the address, this one for anything else."""
    this_year = office_date(request.now).year
    given = request.GET.get("year", "")
    return int(given) if given in map(str, range(this_year - back, this_year + 1)) else this_year

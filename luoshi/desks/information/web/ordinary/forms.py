"""Parse what the pages of ordinary information send; every refusal names the field."""

from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from luoshi.desks.information.domain.fate.adopting import Adopted
from luoshi.desks.information.domain.fate.answering import Outcome
from luoshi.desks.information.domain.fate.evidence import Shown
from luoshi.desks.information.domain.fate.handing import Work
from luoshi.desks.information.domain.fate.handing import checked as checked_work
from luoshi.desks.information.domain.fate.instructing import LeaderWords
from luoshi.desks.information.domain.items.reviewing import Judgement
from luoshi.desks.information.domain.items.submitting import Sent, checked_sent
from luoshi.desks.information.domain.items.wording import Words
from luoshi.desks.information.domain.running.engaging import Engagement, quota_faults
from luoshi.desks.information.domain.running.engaging import checked as checked_engagement
from luoshi.desks.information.domain.running.requesting import Topic
from luoshi.desks.information.domain.running.requesting import checked as checked_topic
from luoshi.desks.information.domain.running.scoring import NO_BASIS, faults
from luoshi.desks.information.enums import WEIGHTS, Criterion, ItemKind
from luoshi.desks.information.models import EngagedOfficer, Item, TopicRequest
from luoshi.desks.information.web.forms import a_unit
from luoshi.foundation.core.fitting import unsaid
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import Fields, a_date, a_key, text, whole
from luoshi.foundation.organizations.domain.queries.names import listed

WORDS = ("title", "text", "analysis", "suggestion")
SENT = (*WORDS, "kind", "to", "topic", "about", "request", "officer", "research")


def words_of(post: QueryDict) -> Words:
    """Title, situation, analysis, suggestion."""
    return Words(**{name: text(post, name) for name in WORDS})


def sent_of(request: OfficeRequest, words: Words) -> Sent:
    """Kind, receiver, topic, units, request, officer."""
    post, what, fields = request.POST, _("Not submitted."), Fields()
    topics = TopicRequest.objects.visible_to(request.actor)
    officers = EngagedOfficer.objects.filter(office_id=request.actor.unit_id)
    sent = Sent(
        kind=post.get("kind", ItemKind.INFORMATION),
        to=a_key(post.get("to", "")),
        topic=text(post, "topic"),
        about=fields.read(listed, text(post, "about"), field="about", what=what) or (),
        request=fields.read(one_of, topics, post.get("request", ""), "request"),
        officer=fields.read(one_of, officers, post.get("officer", ""), "officer"),
        research=bool(post.get("research")),
    )
    fields.refuse(_("Not submitted: something is missing."), lambda: checked_sent(words, sent))
    return sent


def one_of(rows: Any, typed: str, field: str) -> Any:
    """The row a list offered; none where none was chosen."""
    key = a_key(typed)
    found = rows.filter(pk=key).first() if key else None
    if key and found is None:
        raise Invalid(_("Not submitted."), {field: [_("Choose one of the list.")]})
    return found


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


def work_of(post: QueryDict, at: datetime, words: str, *, matter: bool) -> Work:
    """What is asked (`words`) of which units until when."""
    what, fields = _("Not handed over: something is missing."), Fields()
    work = Work(
        words=words,
        units=fields.read(listed, text(post, "units"), field="units", what=what) or (),
        until=fields.read(a_date, text(post, "until"), "until"),
    )
    fields.refuse(what, lambda: checked_work(work, at, matter=matter))
    return work


def outcome_of(post: QueryDict, item: Item) -> Outcome:
    """What became of it."""
    key = a_key(post.get("handover", ""))
    return Outcome(
        text=text(post, "text"),
        rule_title=text(post, "rule_title"),
        rule_number=text(post, "rule_number"),
        handover=item.handovers.filter(pk=key).first() if key else None,
    )


def engagement_of(request: OfficeRequest) -> Engagement:
    """An officer to engage."""
    post, fields = request.POST, Fields()
    unit, quota = text(post, "unit").strip(), text(post, "quota").strip()
    engagement = Engagement(
        name=text(post, "name"),
        username=text(post, "username"),
        unit=fields.read(a_unit, unit, "unit") if unit else None,
        work=text(post, "work"),
        since=fields.read(a_date, text(post, "since"), "since"),
        until=fields.read(a_date, text(post, "until"), "until"),
        quota=(fields.read(whole, quota, "quota") or 0) if quota else 0,
    )
    fields.refuse(
        _("Not engaged: something is missing."),
        lambda: checked_engagement(engagement, request.actor, request.now),
        but=("since", "until"),
    )
    return engagement


def topic_of(post: QueryDict, at: datetime) -> Topic:
    """A topic request."""
    what, fields = _("Not sent: something is missing."), Fields()
    days = text(post, "workdays").strip()
    topic = Topic(
        topic=text(post, "topic"),
        words=text(post, "words"),
        units=fields.read(listed, text(post, "units"), field="units", what=what) or (),
        officers=bool(post.get("officers")),
        until=fields.read(a_date, text(post, "until"), "until"),
        workdays=fields.read(whole, days, "workdays") if days else None,
    )
    fields.refuse(what, lambda: checked_topic(topic, at), but=("until", "workdays"))
    return topic


def quota_of(request: OfficeRequest) -> dict[str, Any]:
    """What is asked of a unit in a year; every fault by the name of its field on the page."""
    post, fields, actor = request.POST, Fields(), request.actor
    said: dict[str, Any] = {
        "unit": fields.read(a_unit, text(post, "quota_unit"), "quota_unit"),
        "year": fields.read(whole, text(post, "quota_year").strip(), "quota_year"),
        "count": fields.read(whole, text(post, "quota_count").strip(), "quota_count"),
    }
    wrong = quota_faults(**said, actor=actor)
    fields.errors |= {f"quota_{name}": why for name, why in wrong.items()}
    fields.refuse(_("Not changed."))
    return said


def weights_typed(post: Any, known: Any) -> dict[str, int]:
    """Weights as typed; a field that is not sent keeps the known value."""
    fields, found = Fields(), dict(known)
    for name in WEIGHTS:
        if typed := post.get(name, "").strip():
            found[name] = fields.read(whole, typed, name)
    given = {name: known[name] if found[name] is None else found[name] for name in WEIGHTS}

    def check() -> None:
        rest = unsaid(post["basis"], "basis", NO_BASIS) if "basis" in post else {}
        raise Invalid(_("Not changed."), faults(given) | rest)

    fields.refuse(_("Not changed."), check)
    return given


def year_of(request: OfficeRequest, back: int = 3) -> int:
    """The year of the address, this one for anything else."""
    this_year = office_date(request.now).year
    given = request.GET.get("year", "")
    return int(given) if given in map(str, range(this_year - back, this_year + 1)) else this_year

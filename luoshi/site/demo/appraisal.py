"""The story of the appraisal: rules from the shipped example, one recorded fact, the ranking of the
last quarter published by the secretary-general, and one unit's objection with its answer."""

from datetime import date, datetime, time, timedelta
from typing import Any

from luoshi.foundation.core.time import at_clock, office_date
from luoshi.supervision.appraisal.domain.objecting import answer, object_to
from luoshi.supervision.appraisal.domain.periods import Period, last_quarter
from luoshi.supervision.appraisal.domain.publishing import publish
from luoshi.supervision.appraisal.domain.recording import record_fact
from luoshi.supervision.appraisal.domain.scoring import EXAMPLE
from luoshi.supervision.appraisal.domain.versioning import draft_version
from luoshi.supervision.appraisal.models import Objection, PublishedScore, ScoringVersion

AFTER = timedelta(days=12)


def published_quarter(last: date) -> Period:
    """The latest quarter whose ranking was published by the last day, objection and answer too."""
    quarter = last_quarter(last)
    told = quarter.last + AFTER + timedelta(days=5)
    return quarter if told <= last else last_quarter(quarter.first)


def appraisal_story(story: Any) -> None:
    """Put everything on the story's calendar."""
    period = published_quarter(story.last)
    day = period.last + AFTER
    story.put(at_clock(period.last, time(10)), lambda at: prepare(story, period, at))
    story.put(at_clock(day, time(10)), lambda at: announce(story, period, at))
    story.put(at_clock(day + timedelta(days=1), time(9)), lambda at: doubt(story, at))
    story.put(at_clock(day + timedelta(days=4), time(11)), lambda at: reply(story, at))


def prepare(story: Any, period: Period, at: datetime) -> None:
    """Rules are written, and an approving instruction is recorded."""
    officer = story.actors["li"]
    draft_version(
        title="市直部门和县市区督查考核评分细则",
        basis="清委办〔2026〕2号",
        weights=EXAMPLE,
        actor=officer,
        at=at,
    )
    record_fact(
        kind="commended",
        unit=story.units["市教育局"],
        happened_on=min(period.last, office_date(at)),
        reason="学位扩容做法获省领导肯定性批示",
        reference="省委办公厅通报第14期",
        actor=officer,
        at=at,
    )


def announce(story: Any, period: Period, at: datetime) -> None:
    """The secretary-general publishes."""
    version = ScoringVersion.objects.get(office=story.units["市委办公室"])
    publish(period=period, version=version, actor=story.actors["chen"], at=at)


def doubt(story: Any, at: datetime) -> None:
    """The unit that lost most objects."""
    rows = PublishedScore.objects.filter(deductions__lt=0).select_related("unit")
    score = rows.order_by("deductions", "unit_name").first()
    if score is not None:
        words = "一份报告因上级系统停机两天未能按时上传，请核减。"
        object_to(score=score, text=words, actor=story.handler(str(score.unit)), at=at)


def reply(story: Any, at: datetime) -> None:
    """An officer answers."""
    for objection in Objection.objects.select_related("score__publication"):
        words = "经核，停机期间可书面报送，维持原计分。"
        answer(objection=objection, upheld=False, words=words, actor=story.actors["li"], at=at)

"""What stands behind the routes of the desks: an instruction to file, an import to confirm,
what an office teaches the reading."""

import io
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from luoshi.desks.information.domain.fate.evidence import Shown
from luoshi.desks.information.domain.fate.instructing import LeaderWords, instruct_on
from luoshi.desks.information.domain.issues.putting_together import begin, make_series, put_in
from luoshi.desks.information.domain.items.reviewing import Judgement, review
from luoshi.desks.information.domain.items.submitting import Sent, submit
from luoshi.desks.information.domain.items.wording import Words as ItemWords
from luoshi.desks.information.domain.running.engaging import Engagement, engage
from luoshi.desks.information.domain.running.requesting import Topic, ask_for
from luoshi.desks.information.domain.running.scoring import publish_sheet
from luoshi.desks.information.domain.urgent.instructing import Words as Noted
from luoshi.desks.information.domain.urgent.instructing import instruct
from luoshi.desks.information.domain.urgent.taking_in import Facts, take_in
from luoshi.desks.information.enums import Criterion
from luoshi.desks.instructions.domain.noting import Words, note
from luoshi.desks.ledgers.domain.uploading import upload
from luoshi.desks.lessons.domain.retraining import as_shipped
from luoshi.desks.lessons.models import Expression, LearnedName
from luoshi.desks.publications.domain.founding import Founding, found
from luoshi.desks.publications.domain.issue.planning import plan as plan_issue
from luoshi.desks.publications.domain.item.collecting import Piece, collect
from luoshi.desks.publications.domain.noting import Printed
from luoshi.desks.publications.domain.noting import note as note_press
from luoshi.supervision.commitments.domain.rhythm import Choice
from luoshi.supervision.commitments.domain.undertaking import Plan, undertake
from tests.security.watching import make_duty
from tests.story import World

LEDGER = "编号,督办事项,责任单位,完成时限\n001,整治易涝点,市水务局,2026.7.20\n"


def make_desks(world: World, at: datetime) -> dict[str, UUID]:
    """An instruction nobody has filed yet, an event with a leader's words, a checked ledger."""
    instruction = note(words=Words(text="请研究。"), actor=world.leader, at=at)
    facts = Facts("河堤管涌", "石门镇", at - timedelta(minutes=5), "电话")
    event = take_in(facts, actor=world.chief, at=at)
    said = Noted("请研究。", [world.bureau])
    waiting = instruct(event=event, words=said, actor=world.leader, at=at)
    ledger = upload(io.BytesIO(LEDGER.encode()), name="台账.csv", actor=world.officer, at=at)
    return {
        "instruction": instruction.pk,
        "event": event.pk,
        "event_words": waiting.pk,
        "ledger": ledger.pk,
        **make_items(world, at),
        **make_lessons(world, at),
        **make_duty(world, at),
        **make_commitment(world, at),
        **make_publications(world, at),
    }


def make_publications(world: World, at: datetime) -> dict[str, UUID]:
    """A journal with an issue being collected, its item, and a press item."""
    by: dict[str, Any] = {"actor": world.chief, "at": at}
    row = found(Founding("政协", "journal", "quarterly"), **by)
    issue = plan_issue(publication=row, theme="", planned_on=None, **by)
    piece = Piece("古桥记", "谢知文", text="古桥百年。")
    item = collect(publication=row, piece=piece, issue=issue, **by)
    day = at.date() - timedelta(days=1)
    printed = Printed("协商在一线", "市日报", "city", day, "https://example.org/1")
    press = note_press(printed, **by)
    return {
        "publication_founded": row.pk,
        "issue": issue.pk,
        "publication_item": item.pk,
        "press_item": press.pk,
    }


def make_commitment(world: World, at: datetime) -> dict[str, UUID]:
    """A weekly study session, begun a week ago: on whatever day, the period of its first time has
    begun and that of the next one is not over."""
    plan = Plan("理论学习", Choice(words="每周五"), "学习制度", role="supervision_officer")
    row = undertake(plan=plan, actor=world.officer, at=at - timedelta(days=7))
    return {"commitment": row.pk, "occurrence": row.occurrences.earliest("due_at").pk}


def make_items(world: World, at: datetime) -> dict[str, UUID]:
    """An item to review, one in a draft issue with a leader's words, an officer, a topic."""
    words = ItemWords("河堤步道照明不足", "多处路灯不亮，群众夜间出行不便。")
    fresh = submit(words, Sent(), actor=world.liaison, at=at)
    words = ItemWords("校门口拥堵", "早晚高峰接送车辆占道，建议错峰放学。")
    made = submit(words, Sent(), actor=world.liaison, at=at)
    judged = Judgement(accept=True, marks={one.value: "yes" for one in Criterion})
    made = review(item=made, judgement=judged, actor=world.chief, at=at)
    said = LeaderWords(tier="city", text="请研究。", name="王建国")
    told = instruct_on(
        item=made, words=said, shown=Shown(evidence="复印件"), actor=world.chief, at=at
    )
    series = make_series(title="社情民意", mark="", copies="", actor=world.chief, at=at)
    issue = begin(series=series, actor=world.chief, at=at)
    put_in(issue=issue, item=made, actor=world.chief, at=at)
    officer = engage(Engagement(name="老周"), actor=world.chief, at=at)
    asked = Topic("返岗用工", "各地情况", [world.bureau], workdays=5)
    topic = ask_for(asked, actor=world.chief, at=at)
    sheet = publish_sheet(
        month=(at.replace(day=1) - timedelta(days=1)).date(), actor=world.chief, at=at
    )
    return {
        "fresh_item": fresh.pk,
        "good_item": made.pk,
        "item_words": told.pk,
        "item_issue": issue.pk,
        "engaged": officer.pk,
        "topic": topic.pk,
        "sheet": sheet.pk,
    }


def make_lessons(world: World, at: datetime) -> dict[str, UUID]:
    """A name to link, an expression to teach, the weights as shipped."""
    name = LearnedName.objects.create(
        office=world.office, name="市智慧水务专班", document_id=uuid4(), seen_at=at
    )
    row = Expression.objects.create(office=world.office, text="元宵节前", seen_at=at)
    version = as_shipped(world.office.pk, at)
    return {"name": name.pk, "expression": row.pk, "version_of_weights": version.pk}

"""The pages of the lessons: each number opens its rows, each act is one click."""

import dataclasses
import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from luoshi.desks.lessons.domain.model.resting import failed
from luoshi.desks.lessons.enums import Failure
from luoshi.desks.lessons.models import (
    Consultation,
    Expression,
    GateVersion,
    LearnedName,
    Sighting,
    TrainingRow,
)
from luoshi.foundation.accounts.models import User
from luoshi.foundation.core.actors import Actor
from luoshi.site.domain.watching import adviser
from tests.desks.lessons.reading import AT, bring
from tests.desks.lessons.test_retraining import decided
from tests.security.world import keyed, sign_in
from tests.story import World, make_world

pytestmark = pytest.mark.django_db


def as_person(person: Actor, language: str = "en") -> Client:
    """A signed-in browser."""
    client = Client(headers={"accept-language": language})
    sign_in(client, User.objects.get(pk=person.person_id))
    User.objects.filter(pk=person.person_id).update(language=language)
    return client


def seen(world: World, text: str) -> Expression:
    """An expression that stood in one place."""
    row = Expression.objects.create(office=world.office, text=text, seen_at=AT)
    Sighting.objects.create(
        expression=row, document_id=uuid4(), start=3, sentence=f"应{text}报送。", seen_at=AT
    )
    return row


@pytest.mark.parametrize("count", [1, 3])
def test_numbers_open_exactly_their_rows(count: int) -> None:
    """ui.md rule 3: the figure and the list behind it agree."""
    world = make_world()
    decided(world, count)
    page = as_person(world.officer)
    kept = TrainingRow.objects.filter(decision="accepted").count()
    overview = page.get(reverse("lessons:overview")).content.decode()
    assert f'?decision=accepted">{kept}</a>' in overview
    rows = page.get(reverse("lessons:rows") + "?decision=accepted")
    assert len(rows.context["page"].rows) == kept
    assert len(page.get(reverse("lessons:rows")).context["page"].rows) == count


def test_retraining_is_asked_for_and_rolled_back_from_the_page() -> None:
    """A job is woken; the page says what runs; one click goes back."""
    world = make_world()
    page = as_person(world.officer)
    assert b"Retraining begins with 20" in page.get(reverse("lessons:overview")).content
    decided(world, 20)
    assert page.post(reverse("lessons:training")).status_code == 302
    assert ProcrastinateJob.objects.filter(task_name__endswith="lessons.tasks.retrain").exists()
    assert b"Version 1 is being trained" in page.get(reverse("lessons:overview")).content
    figures = {
        name: {when: {"precision": 0.9, "recall": 0.8, "f1": 0.847} for when in ("before", "after")}
        for name in ("fifth", "shipped")
    }
    GateVersion.objects.filter(active=True).update(active=False)
    GateVersion.objects.filter(number=1).update(
        state="kept", active=True, figures=figures, weights={}, finished_at=AT
    )
    text = page.get(reverse("lessons:overview")).content.decode()
    assert "84.7% → 84.7%" in text
    assert "Roll back to this" in text
    GateVersion.objects.filter(number=1).update(newest=4, asked_at=AT)
    for more, count in (("", 20), ("&newest=1", 4)):
        rows = page.get(reverse("lessons:rows") + f"?version=1{more}")
        assert len(rows.context["page"].rows) == count
    assert page.get(reverse("lessons:rows") + "?version=7").context["page"].rows == []
    shipped = GateVersion.objects.get(number=0)
    page.post(reverse("lessons:use", args=[shipped.pk]))
    assert GateVersion.objects.get(active=True).number == 0


def test_a_name_is_linked_by_a_look_alike_or_by_typing() -> None:
    """Look-alikes are buttons; an unknown name is refused in its place."""
    world = make_world()
    page = as_person(world.officer)
    name = LearnedName.objects.create(
        office=world.office, name="市水务局党组", document_id=uuid4(), seen_at=AT
    )
    assert 'value="市水务局"' in page.get(reverse("lessons:names")).content.decode()
    address = reverse("lessons:name", args=[name.pk])
    assert page.post(address, {"unit": "没有的局", "act": "link"}).status_code == 422
    assert page.post(address, {"alike": "市水务局", "unit": ""}).status_code == 302
    name.refresh_from_db()
    assert (name.state, str(name.unit)) == ("linked", "市水务局")
    page.post(address, {"act": "offer"})
    page.post(address, {"act": "decline"})
    name.refresh_from_db()
    assert (name.state, name.unit) == ("declined", None)


def test_the_drafting_page_names_what_is_not_linked() -> None:
    """Until somebody has said which unit it is, or that it is none."""
    world = make_world()
    page = as_person(world.officer)
    document = bring(world, "市水利数字化中心要于2026年6月30日前报送情况。")
    address = reverse("meetings:document", args=[document.pk])
    assert page.get(address).context["to_link"] == ["市水利数字化中心"]
    name = LearnedName.objects.get()
    page.post(reverse("lessons:name", args=[name.pk]), {"act": "decline"})
    assert page.get(address).context["to_link"] == []


def test_an_expression_is_taught_or_its_words_come_back() -> None:
    """A refusal stands beside what was typed."""
    world = make_world()
    page = as_person(world.officer)
    row = seen(world, "元宵节前")
    address = reverse("lessons:expression", args=[row.pk])
    refused = page.post(address, {"act": "teach", "words": "过完节"})
    assert refused.status_code == 422
    assert 'value="过完节"' in refused.content.decode()
    assert page.post(address, {"act": "teach", "words": "3月3日前"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.words) == ("taught", "3月3日前")
    assert "应元宵节前报送。" in page.get(address).content.decode()


def test_the_download_is_what_the_page_showed() -> None:
    """Ticked rows only, as a file of one's own; nothing ticked says so."""
    world = make_world()
    page = as_person(world.officer)
    row, _other = seen(world, "李文清确认前"), seen(world, "开渔节前")
    address = reverse("lessons:export")
    shown = page.get(address).content.decode()
    assert "〔姓名〕确认前" in shown
    assert "李文清确认前" not in shown
    got = page.post(address, {"row": [str(row.pk), "nonsense"], "format": "json"})
    assert got.headers["Content-Disposition"] == 'attachment; filename="expressions.json"'
    assert [line["expression"] for line in json.loads(got.content)] == ["〔姓名〕确认前"]
    assert page.post(address, {"format": "json"}).status_code == 422


def test_an_upload_wakes_the_adviser_only_where_there_is_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The upload itself asks nothing."""
    world = make_world()
    page = as_person(world.officer)

    def send(name: str) -> None:
        file = SimpleUploadedFile(name, "市财政局要于6月底前报送情况。".encode())
        page.post(reverse("meetings:upload"), keyed(file=file))

    send("甲.txt")
    jobs = ProcrastinateJob.objects.filter(task_name__endswith="meetings.tasks.advise")
    assert (Consultation.objects.count(), jobs.count()) == (0, 0)
    changed = dataclasses.replace(settings.CONFIG, model_url="http://127.0.0.1:9/v1")
    monkeypatch.setattr(settings, "CONFIG", changed)
    send("乙.txt")
    assert (Consultation.objects.count(), jobs.count()) == (1, 1)
    assert b"127.0.0.1:9" in page.get(reverse("lessons:overview")).content


def test_the_state_page_says_how_the_model_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """Off; in order; failing, and that drafts stay as the grammar made them."""
    make_world()
    assert adviser(AT).light == "green"
    changed = dataclasses.replace(settings.CONFIG, model_url="http://127.0.0.1:9/v1")
    monkeypatch.setattr(settings, "CONFIG", changed)
    assert adviser(AT).light == "green"
    for turn in range(3):
        failed(Failure.STALLED, AT + timedelta(minutes=turn))
    gauge = adviser(AT)
    assert (gauge.light, gauge.value) == ("yellow", 3)

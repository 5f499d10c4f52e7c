"""Photos and papers taken on site hang on the finding: seen by the office and its group at once, by
the inspected unit with the conclusion, on the problem that the finding became too."""

import io
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from luoshi.foundation.accounts.models import User
from luoshi.foundation.attachments.models import Attachment
from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.inspections.domain.concluding import conclude
from luoshi.supervision.inspections.domain.finding import OWNER, record_finding
from luoshi.supervision.inspections.entries import finding_visible
from luoshi.supervision.inspections.models import Finding, Problem
from tests.security.world import sign_in
from tests.story import World, actor, make_world
from tests.supervision.inspections.test_inspections import AT, found, under_way

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def with_photo(world: World) -> Finding:
    """A problem found under way, with what was photographed."""
    made = under_way(world)
    files = [("未标识管线.txt", io.BytesIO("第3号井旁。".encode()))]
    return record_finding(
        inspection=made, found=found(world, files=files), actor=world.officer, at=AT
    )


def signed_in(who: Actor) -> Client:
    """A browser of theirs."""
    client = Client()
    sign_in(client, User.objects.get(pk=who.person_id))
    return client


def neighbour() -> Actor:
    """The liaison of a bureau that was not inspected."""
    return actor("ju", "邻居", Unit.objects.get(short_name="市财政局"), Role.LIAISON)


def test_the_unit_sees_the_photo_with_the_conclusion_and_no_other_unit(world: World) -> None:
    """Features row 30, R-SUP-7, decision 8: facts with their evidence; a unit sees its own."""
    row = with_photo(world)
    photo = Attachment.objects.get(owner_kind=OWNER, owner_id=row.pk)
    assert photo.name == "未标识管线.txt"
    assert Entry.objects.get(action="inspections.found").body
    seen = {who: finding_visible(who, row.pk) for who in (world.officer, world.liaison)}
    assert seen == {world.officer: True, world.liaison: False}
    conclude(inspection=row.inspection, text="较好", requirements="", actor=world.officer, at=AT)
    assert finding_visible(world.liaison, row.pk)
    assert not finding_visible(neighbour(), row.pk)


def test_recorded_with_a_photo_on_the_page_and_shown_on_the_problem(world: World) -> None:
    """Features row 30: the form takes files; the problem that comes of it leads to them."""
    made = under_way(world)
    client = signed_in(world.officer)
    form = {
        "submission_key": str(uuid4()),
        "unit": "市住房城乡建设局",
        "kind": "problem",
        "facts": "3处工地燃气管线未标识",
        "method": "visit",
        "category": "safety",
        "requirement": "补齐标识",
        "limit_on": "2089-12-1",
        "file": SimpleUploadedFile("现场.txt", "第3号井旁。".encode()),
    }
    wrong = client.post(f"/inspections/{made.pk}/findings/", form | {"facts": ""})
    assert wrong.status_code == 422
    assert not Attachment.objects.exists()
    form["file"] = SimpleUploadedFile("现场.txt", "第3号井旁。".encode())
    form["limit_on"] = "2028-12-1"
    assert client.post(f"/inspections/{made.pk}/findings/", form).status_code == 302
    assert "现场.txt" in client.get(f"/inspections/{made.pk}/").content.decode()
    conclude(inspection=made, text="较好", requirements="", actor=world.officer, at=AT)
    problem = Problem.objects.get()
    assert "现场.txt" in client.get(f"/problems/{problem.pk}/").content.decode()


def test_refused_file_leaves_no_finding(world: World) -> None:
    """Bad input loses nothing and keeps nothing by halves."""
    made = under_way(world)
    client = signed_in(world.officer)
    form = {
        "submission_key": str(uuid4()),
        "unit": "市住房城乡建设局",
        "kind": "fact",
        "facts": "台账齐全",
        "method": "visit",
        "file": SimpleUploadedFile("程序.exe", b"MZ\x90\x00" + b"\x00" * 200),
    }
    answer = client.post(f"/inspections/{made.pk}/findings/", form)
    assert answer.status_code == 422
    assert "台账齐全" in answer.content.decode()
    assert not Finding.objects.exists()

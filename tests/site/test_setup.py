"""An empty site: six steps from the one-time code to the first matter, with no demo row."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from luoshi.foundation.accounts.codes import code_of, step_of
from luoshi.foundation.accounts.models import DatabaseNature, Installation, User
from luoshi.foundation.core.refusals import Refused
from luoshi.foundation.organizations.models import Appointment, Unit
from luoshi.site.domain.installing import begin
from luoshi.supervision.matters.models import Matter
from luoshi.supervision.rulebook.models import ReportingRule
from tests.story import DATA, person

pytestmark = pytest.mark.django_db
TREE = DATA / "samples" / "units.xlsx"
NEW = "Qingming-2026-x"


def key_of(answer: Any) -> str:
    """The submission key in a form."""
    found = re.search(r'name="submission_key" value="([^"]+)"', answer.content.decode())
    assert found is not None
    return found.group(1)


def opened(code: str) -> Client:
    """A browser that typed the code."""
    client = Client()
    assert client.post("/setup/", {"code": code}).status_code == 302
    return client


def officers(client: Client) -> dict[str, str]:
    """Step 2; user name → password."""
    people = {
        "full_name_1": "金毅",
        "username_1": "jin",
        "full_name_2": "魏强",
        "username_2": "wei",
    }
    answer = client.post("/setup/", people)
    return dict(re.findall(r'data-password="(\w+)"[^>]*>([\w-]+)<', answer.content.decode()))


def workbook() -> SimpleUploadedFile:
    """The sample tree as an upload."""
    return SimpleUploadedFile("units.xlsx", TREE.read_bytes())


def signed_in(username: str, password: str) -> Client:
    """A browser signed in, the handed-out password changed, the second factor enrolled."""
    client = Client()
    first = client.post("/sign-in/", {"username": username, "password": password})
    assert first.status_code == 302, first.content
    client.post("/password/", {"old": password, "new": NEW})
    enrol(client)
    return client


def enrol(client: Client) -> None:
    """Set up the authenticator and type its first code."""
    client.post("/second-factor/", {"act": "begin"})
    found = re.search(r"data-seed>([A-Z2-7 ]+)<", client.get("/second-factor/").content.decode())
    assert found is not None
    code = code_of(found.group(1).replace(" ", ""), step_of(timezone.now()))
    assert client.post("/second-factor/", {"act": "confirm", "code": code}).status_code == 200


def test_six_steps_to_the_first_matter() -> None:
    """Row 8, security 4: code, two officers, units, calendar, people, first matter."""
    code = begin(at=timezone.now())
    assert Client().get("/sign-in/").headers["Location"] == "/setup/"
    client = opened(code)
    words = officers(client)
    assert set(words) == {"jin", "wei"}
    preview = client.post("/setup/", {"file": workbook()})
    assert preview.status_code == 200
    assert not Unit.objects.exists()
    office = {"act": "confirm", "office": "市委办公室", "officer_registers": "1"}
    assert client.post("/setup/", office).status_code == 302
    assert Unit.objects.count() > 50
    assert ReportingRule.objects.count() >= 8
    client.post("/setup/", {})
    assert client.get("/setup/").status_code == 200
    assert Client().get("/setup/").status_code == 404
    assert DatabaseNature.objects.get().demo is False

    system, security = signed_in("jin", words["jin"]), signed_in("wei", words["wei"])
    assert "六步" in system.get("/state/").content.decode()
    form = {
        "full_name": "李文清",
        "username": "li",
        "submission_key": key_of(system.get("/people/new/")),
    }
    where = system.post("/people/new/", form).headers["Location"]
    assert system.post(f"{where}access/", {"act": "activate"}).status_code == 403
    shown = security.post(f"{where}access/", {"act": "activate"}).content.decode()
    handed = re.search(r"data-password[^>]*>([\w-]+)<", shown)
    assert handed is not None
    post = {"unit": "市委办公室", "title": "督查科科长", "role": "supervision_officer"}
    assert security.post(f"{where}appointments/", post).status_code == 302
    officer = signed_in("li", handed.group(1))
    page = officer.get("/matters/new/")
    plan = {"title": "防汛排查", "regime": "instruction", "submission_key": key_of(page)}
    assert officer.post("/matters/new/", plan).status_code == 302
    assert Matter.objects.get().title == "防汛排查"
    assert "六步" not in system.get("/state/").content.decode()


def test_a_wrong_or_old_code_opens_nothing() -> None:
    """Row 8: the code is single, good for 24 hours, replaced by a new one, throttled."""
    old = begin(at=timezone.now())
    code = begin(at=timezone.now())
    for wrong in (old, "", "x" * 40):
        assert Client().post("/setup/", {"code": wrong}).status_code == 422
    Installation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().post("/setup/", {"code": code}).status_code == 422
    answers = [Client().post("/setup/", {"code": "no"}).status_code for _ in range(12)]
    assert 429 in answers


def test_a_used_database_is_never_set_up() -> None:
    """Demo database, row 8: only an empty database takes a code."""
    person("li", "李文清")
    with pytest.raises(Refused):
        begin(at=timezone.now())
    assert Client().get("/setup/").status_code == 404


def test_bad_input_on_the_way_loses_nothing() -> None:
    """One person for both officers, a broken workbook, an unknown office: said, and go on."""
    client = opened(begin(at=timezone.now()))
    same = {"full_name_1": "金毅", "username_1": "jin", "full_name_2": "魏强", "username_2": "jin"}
    assert client.post("/setup/", same).status_code == 422
    assert not User.objects.exists()
    officers(client)
    broken = SimpleUploadedFile("units.xlsx", b"not a workbook")
    assert client.post("/setup/", {"file": broken}).status_code == 422
    assert client.post("/setup/", {}).status_code == 422
    client.post("/setup/", {"file": workbook()})
    unknown = client.post("/setup/", {"act": "confirm", "office": "无此单位"})
    assert unknown.status_code == 422
    assert not Unit.objects.exists()
    assert not Appointment.objects.exists()
    right = client.post("/setup/", {"act": "confirm", "office": "市委办公室"})
    assert right.status_code == 302, "the workbook is kept until it is written"
    again = Client()
    assert again.get("/setup/").status_code == 200


def test_the_example_workbook_is_one_the_import_takes() -> None:
    """The example downloaded from the page can be imported as it is."""
    client = opened(begin(at=timezone.now()))
    words = officers(client)
    client.post("/setup/", {"file": workbook()})
    client.post("/setup/", {"act": "confirm", "office": "市委办公室"})
    client.post("/setup/", {})
    system = signed_in("jin", words["jin"])
    example = BytesIO(system.get("/units/import/example/").content)
    upload = SimpleUploadedFile("example.xlsx", example.getvalue())
    page = system.post("/units/import/", {"file": upload}).content.decode()
    assert 'value="confirm"' in page
    assert system.post("/units/import/", {"act": "confirm"}).status_code == 302
    assert Unit.objects.filter(code="330200-ZJ").exists()

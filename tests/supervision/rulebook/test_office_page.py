"""The office's windows and numbers: changed by the secretary-general, read by its people."""

from datetime import datetime

import pytest

from luoshi.foundation.audit.models import Entry
from luoshi.supervision.matters.domain.share.objecting import window_of
from luoshi.supervision.matters.models import Assignment
from luoshi.supervision.rulebook.domain.queries.settings import settings_of
from tests.security.world import Office, keyed

pytestmark = pytest.mark.django_db
PLACE = "/rules/office/"
GOOD = {
    "number_prefix": "督办",
    "officer_registers": "on",
    "unsigned_workdays": "2",
    "objection_workdays": "6",
    "opinion_days": "20",
    "document_days": "25",
    "minutes_days": "15",
}


def window(office: Office) -> datetime:
    """Until when a unit may object."""
    return window_of(Assignment.objects.select_related("matter").get(pk=office.ids["share"]))


def test_what_is_set_holds_and_leaves_an_entry(office: Office) -> None:
    """Features row 14 (objection within its window), R-DOC-12 (numbers of the issuer)."""
    before, chief = window(office), office.clients["chief"]
    answer = chief.post(PLACE, keyed(**GOOD))
    assert (answer.status_code, answer["Location"]) == (302, f"{PLACE}?saved=1")
    kept = settings_of(office.world.office.pk)
    assert (kept.number_prefix, kept.unsigned_workdays, kept.opinion_days) == ("督办", 2, 20)
    assert window(office) > before
    assert Entry.objects.filter(action="rulebook.settled").count() >= 1
    assert "督办" in chief.get(PLACE).content.decode()


@pytest.mark.parametrize(
    ("field", "typed"),
    [("objection_workdays", "0"), ("opinion_days", "ten"), ("number_prefix", "〔〕")],
)
def test_what_is_out_of_range_is_refused_beside_its_field(
    office: Office, field: str, typed: str
) -> None:
    """Nothing is changed and the typed text stays in the form."""
    answer = office.clients["chief"].post(PLACE, keyed(**(GOOD | {field: typed})))
    assert answer.status_code == 422
    assert list(answer.context["refusal"].errors) == [field]
    assert f'value="{typed}"' in answer.content.decode()
    assert settings_of(office.world.office.pk).opinion_days == 30


def test_officers_read_and_do_not_change(office: Office) -> None:
    """The secretary-general decides; a liaison's own office has its own."""
    officer = office.clients["officer"]
    assert '<form method="post" class="form">' not in officer.get(PLACE).content.decode()
    assert officer.post(PLACE, keyed(**GOOD)).status_code == 403
    assert settings_of(office.world.office.pk).opinion_days == 30

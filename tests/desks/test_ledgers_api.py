"""An import prepared by token: columns, rows, what is left out; taking it over needs a person."""

import pytest

from luoshi.desks.instructions.models import Instruction
from luoshi.desks.ledgers.models import Ledger, LedgerRow
from tests.security.world import Office
from tests.supervision.appraisal.test_laboratory_api import ask

pytestmark = pytest.mark.django_db


def test_rows_are_corrected_and_left_out_by_token(office: Office) -> None:
    """Features row 112: columns and rows as on the page; what is not in the sheet is refused; the
    taking over, its assignment and its undoing are a person's."""
    ledger = Ledger.objects.get(pk=office.ids["ledger"])
    path = f"ledger-imports/{ledger.pk}"
    place = LedgerRow.objects.filter(ledger=ledger).order_by("place")[0].place
    status, found = ask(office, "PUT", f"{path}/rows/{place}", {"values": {"title": "新的事项"}})
    assert (status, found["title"]) == (200, "新的事项")
    assert ask(office, "PUT", f"{path}/rows/999999", {"values": {"title": "无"}})[0] == 404
    status, found = ask(office, "POST", f"{path}/skips", {"places": [place]})
    assert (status, found["rows"]) == (200, 1)
    for wrong in ({"999": "title"}, {"0": "nonsense"}, {"x": "title"}, {"0": "title"}):
        assert ask(office, "PUT", f"{path}/columns", {"fields": wrong})[0] == 422, wrong
    matched = {str(column): field for field, column in ledger.matched.items()}
    assert ask(office, "PUT", f"{path}/columns", {"fields": matched})[0] == 200
    terms = {"regime": "document", "method": "牵头", "purpose": "落实"}
    for act, body in (("confirmation", terms), ("assignment", {}), ("undoing", {})):
        status, found = ask(office, "POST", f"{path}/{act}", body)
        assert (status, found["type"]) == (403, "luoshi:person-needed"), act


def test_an_instruction_is_added_to_a_matter_by_token(office: Office) -> None:
    """R-SUP-1, TR-06: one matter, one file; a matter out of sight, or an instruction that is filed
    already, is refused."""
    path = f"instructions/{office.ids['instruction']}/link"
    nothing = {"matter_id": "00000000-0000-0000-0000-000000000001"}
    assert ask(office, "POST", path, nothing)[0] == 404
    status, found = ask(office, "POST", path, {"matter_id": str(office.ids["unsigned"])})
    assert (status, found["state"]) == (200, "linked")
    assert str(Instruction.objects.get(pk=office.ids["instruction"]).matter_id) == str(
        office.ids["unsigned"]
    )
    assert ask(office, "POST", path, {"matter_id": str(office.ids["unsigned"])})[0] == 409

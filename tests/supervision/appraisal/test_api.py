"""Look-back and rankings by token."""

from typing import Any

import pytest
from django.test import Client

from tests.security.world import Office

pytestmark = pytest.mark.django_db


def read(office: Office, kind: str, path: str) -> Any:
    headers = {"Authorization": f"Bearer {office.tokens[kind]}"}
    answer = Client().get(f"/api/v1/{path}", headers=headers)
    assert answer.status_code == 200
    return answer.json()


def test_ranking_gives_rows_to_the_office_and_to_the_unit_itself(office: Office) -> None:
    """Decision 8: lines of a score only for the office and the scored unit."""
    path = f"rankings/{office.ids['publication']}"
    code = office.world.bureau.code
    for kind in ("officer", "liaison"):
        found = read(office, kind, path)
        lines = {row["unit"]["code"]: row["lines"] for row in found["scores"]}
        assert lines[code] is not None
    assert found["id"] in [row["id"] for row in read(office, "liaison", "rankings")["items"]]
    assert read(office, "foreign", "rankings")["items"] == []


def test_lookback_gives_seed_digests_and_numbers(office: Office) -> None:
    """B9: everything needed to draw the sample again."""
    fixed = office.ids["fixed_round"]
    rounds = read(office, "reader", "lookbacks")["items"]
    row = next(one for one in rounds if one["id"] == str(fixed))
    assert (row["state"], row["numbers"]["items"], row["numbers"]["promised"]) == ("fixed", 1, 1)
    items = read(office, "reader", f"lookbacks/{fixed}/items")["items"]
    assert [(one["grounds"], one["state"]) for one in items] == [(["promised"], "to_check")]

"""Row 23: every personal field stands in the register; numbers are masked, reveals recorded."""

from collections import Counter

import pytest
import time_machine
from django.apps import apps
from django.db import models

from luoshi.foundation.accounts.domain.revealing import masked, reveal_phone
from luoshi.foundation.accounts.models import User
from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.refusals import Forbidden
from luoshi.foundation.organizations.enums import Role
from luoshi.site.domain.personal import OTHER, PERSONAL
from tests.security.people import NOW, holder, officer_browser, plant_tree, user_of

HOLDS_TEXT = (models.CharField, models.TextField, models.JSONField, models.GenericIPAddressField)
HOLDS_TEXT += (models.BinaryField, models.FileField, models.DurationField)


def fields() -> set[str]:
    """Every field that can hold a name, a text, an address, or points to an account."""
    found = set()
    for model in apps.get_models():
        if not model.__module__.startswith("luoshi"):
            continue
        for field in model._meta.local_fields:
            person = field.is_relation and field.related_model is User
            if person or (isinstance(field, HOLDS_TEXT) and not field.choices):
                found.add(f"{model._meta.label_lower}.{field.name}")
    return found


def test_every_field_stands_in_the_register_once() -> None:
    """GB/T 35273 5.2: purpose, basis, retention, shown to whom; a new field fails here."""
    listed: Counter[str] = Counter()
    for table in (*PERSONAL.values(), OTHER):
        for model, names in table.items():
            listed.update(f"{model}.{name}" for name in names.split())
    assert (fields() - set(listed), set(listed) - fields()) == (set(), set())
    assert [name for name, count in listed.items() if count > 1] == []
    assert all(all(vars(personal).values()) for personal in PERSONAL)


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("13800001234", "138****1234"),
        ("0571-87654321", "057****4321"),
        ("87654", "****54"),
        ("", ""),
    ],
)
def test_numbers_are_masked(number: str, shown: str) -> None:
    """Masked by default: 138****1234."""
    assert masked(number) == shown


@pytest.mark.django_db
@time_machine.travel(NOW, tick=False)
def test_a_number_is_shown_in_full_only_as_a_recorded_act() -> None:
    """Reveal is audited; who does not keep accounts is refused."""
    plant_tree()
    officer, security = holder("li", Role.SUPERVISION_OFFICER), holder("wei", Role.SECURITY_ADMIN)
    user = user_of(officer)
    user.phone = "13800001234"
    user.save(update_fields=("phone",))
    with pytest.raises(Forbidden):
        reveal_phone(user=user, actor=officer, at=NOW)
    client = officer_browser(security)
    page = client.get(f"/people/{user.pk}/").content.decode()
    assert "138****1234" in page
    assert "13800001234" not in page
    before = Entry.objects.filter(action="accounts.phone_revealed").count()
    assert "13800001234" in client.post(f"/people/{user.pk}/phone/").content.decode()
    assert Entry.objects.filter(action="accounts.phone_revealed").count() == before + 1

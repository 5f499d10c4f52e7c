"""Three nodes for a test; the kinds of supervision and of the exchange are registered."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections

from luoshi.foundation.exchange.domain.mail.registering import register_control
from luoshi.foundation.exchange.envelopes.policy import Policy
from tests.supervision.mirrors.levels import Levels, levels


@pytest.fixture
def one(django_db_setup: None, django_db_blocker: Any, settings: Any) -> Iterator[Levels]:
    settings.EXCHANGE_POLICY = Policy(signing=("ED25519-SHA256",))
    register_control()
    with django_db_blocker.unblock():
        with levels(settings) as made:
            yield made
        connections.close_all()

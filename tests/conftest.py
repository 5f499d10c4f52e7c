"""The test database: migrated by its owner, used by the application's role, as the product runs."""

import copy
import gc
import os
import sys
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any

import pytest
from hypothesis import settings

from tests.databases import empty_template
from tests.server import WORKER

# a slow machine fails no test: speed is measured by `luoshi bench`
settings.register_profile("luoshi", deadline=None)
settings.load_profile("luoshi")


def only_this_machine(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse calls to other addresses: the product needs none (security row 24)."""
    if event != "socket.connect" or not isinstance(arguments[1], tuple):
        return
    host = arguments[1][0]
    if host != "localhost" and not ip_address(host).is_loopback:
        raise PermissionError(f"no call outside this machine: {host}")


sys.addaudithook(only_this_machine)
gc.set_threshold(50_000)  # as the product's commands do (`luoshi.site.cli`)


def as_application(sender: object, connection: Any, **_: object) -> None:
    """Every connection acts with the application's rights."""
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE luoshi_app")


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """Create as owner from the migrated template, then work as the application."""
    from django.db import connection  # noqa: PLC0415 - after the environment is set
    from django.db.backends.signals import connection_created  # noqa: PLC0415 - as above
    from django.test.utils import setup_databases, teardown_databases  # noqa: PLC0415 - as above

    with django_db_blocker.unblock():
        own = {"NAME": f"test_luoshi_{WORKER}", "TEMPLATE": empty_template()}
        connection.settings_dict["TEST"].update(own)
        made = setup_databases(verbosity=0, interactive=False)
        connection.close()
        connection_created.connect(as_application)
    yield
    with django_db_blocker.unblock():
        connection_created.disconnect(as_application)
        connection.close()
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="module")
def office_of_file(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any
) -> Iterator[Any]:
    """One office (`tests.security.world`) for the tests of a file, made at its `OFFICE_AT` or now,
    in a transaction undone behind the last of them: making it takes longer than most tests."""
    from django.db import transaction  # noqa: PLC0415 - after the environment is set
    from django.utils import timezone  # noqa: PLC0415 - as above

    from tests.security.world import make_office  # noqa: PLC0415 - as above

    whole = transaction.atomic()
    whole._from_testcase = True  # type: ignore[attr-defined]  # durable ones may begin in it
    with django_db_blocker.unblock(), whole:
        yield make_office(getattr(request.module, "OFFICE_AT", None) or timezone.now())
        transaction.set_rollback(True)


@pytest.fixture
def office(office_of_file: Any, db: None) -> Any:
    """The office of the file as it was made: what a test changes is undone behind it."""
    return copy.deepcopy(office_of_file)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """A failed test is named at once: a run that is ended early has told what it found."""
    if report.failed and WORKER == "gw" and "PYTEST_XDIST_WORKER" not in os.environ:
        sys.stdout.write(f"\nFAILED {report.nodeid} ({report.when})\n")

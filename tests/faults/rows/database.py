"""The database is gone, has no connection left, or gives a verb up: 503 with a time to try again,
or the whole verb once more; never half of one."""

import threading
import urllib.error
from contextlib import suppress
from random import Random
from uuid import UUID, uuid4

from django.db import connection, transaction

from luoshi.foundation.accounts.domain.submissions import once
from luoshi.foundation.accounts.models import SubmissionKey, User
from luoshi.supervision.matters.models import Matter
from tests.faults.ground import Ground
from tests.faults.office import Office, Witness, open_office
from tests.faults.rows.race import together
from tests.faults.table import Row
from tests.story import START
from tools import private_postgres


def answer(office: Office, path: str) -> tuple[int, str]:
    """Status and Retry-After of a page."""
    try:
        Witness(office.url).get(path)
    except urllib.error.HTTPError as error:
        return error.code, str(error.headers.get("Retry-After", ""))
    return 200, ""


def run(row: Row, ground: Ground, scale: str, dice: Random) -> None:
    """Gone and back, connections used up, deadlocks."""
    office = open_office(ground, "database")
    try:
        witness = Witness(office.url)
        witness.sign_in(office)
        page = witness.get("/matters/new/")
        for number in range(1 if scale == "sample" else 10):
            connection.close()
            private_postgres.stop(ground.base)
            for path in ("/sign-in/", "/healthz/ready", "/api/v1/matters"):
                row.check(answer(office, path)[0] in {503, 401}, f"{number} {path} while gone")
            row.check(answer(office, "/sign-in/") == (503, "10"), "Retry-After")
            row.check(answer(office, "/healthz/live")[0] == 200, "the process lives")
            plan = {"title": f"题{number}", "regime": "instruction"}
            key = str(uuid4())
            try:
                witness.post("/matters/new/", page, **plan, submission_key=key)
                row.check(False, "an act while the database was gone")
            except urllib.error.HTTPError as error:
                row.check(error.code == 503, f"act: {error.code}")
            ground.start_server()
            office.wait()
            for _twice in range(2):
                witness.post("/matters/new/", page, **plan, submission_key=key)
            row.count(Matter.objects.filter(title=f"题{number}").count(), "sent again twice")
        ground.sql(f"ALTER ROLE {private_postgres.APP} CONNECTION LIMIT 0")
        ground.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE 'f%'")
        row.check(answer(office, "/sign-in/")[0] == 503, "connections used up")
        ground.sql(f"ALTER ROLE {private_postgres.APP} CONNECTION LIMIT -1")
        office.wait()
    finally:
        office.stop()
    connection.close()
    deadlocks(row, 2 if scale == "sample" else 50)


def deadlocks(row: Row, times: int) -> None:
    """Two acts that lock two rows crosswise: both happen, each once."""
    people = list(User.objects.order_by("username")[:2])
    for number in range(times):
        gate = threading.Barrier(2)
        keys = [uuid4(), uuid4()]

        def act(first: User, second: User, gate: threading.Barrier = gate) -> str:
            with transaction.atomic():
                User.objects.select_for_update().get(pk=first.pk)
                with suppress(threading.BrokenBarrierError):
                    gate.wait(timeout=1)
                User.objects.select_for_update().get(pk=second.pk)
            return "/"

        def crosswise(place: int, keys: list[UUID] = keys) -> str:
            pair = people[::-1] if place else people
            return once(
                key=keys[place],
                user=people[0],
                route="t",
                at=START,
                act=lambda: act(pair[0], pair[1]),
            )

        found = together(lambda: crosswise(0), lambda: crosswise(1))
        row.check(found == ["/", "/"], f"deadlock {number}: {found}")
        for key in keys:
            row.count(SubmissionKey.objects.filter(key=key).count(), f"deadlock {number}")

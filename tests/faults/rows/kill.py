"""kill -9 of web, worker and database while a witness outside has acts acknowledged.

Each act is a form with its submission key, sent until it is acknowledged: it must then be there
exactly once. Work resumes within 60 seconds.
"""

import threading
import time
import urllib.error
from random import Random
from uuid import uuid4

from django.db import connection

from luoshi.foundation.audit.domain.stored import verify_stored
from luoshi.supervision.matters.models import Matter
from tests.faults.ground import Ground
from tests.faults.office import WAIT, Office, Witness, open_office
from tests.faults.table import Row

FATES = ("child", "web", "worker", "database")


class Ledger:
    """What was acknowledged, kept outside the product."""

    def __init__(self) -> None:
        self.acknowledged: list[str] = []
        self.given_up: list[str] = []
        self.tries = 0
        self.struck_at = 0.0


def work(witness: Witness, ledger: Ledger, ending: threading.Event, name: str) -> None:
    """Register drafts one after another until told to stop; each is repeated until answered, up to
    60 seconds after the last kill before it."""
    number, page = 0, ""
    while not ending.is_set():
        title, key = f"{name} {number}", str(uuid4())
        plan = {"title": title, "regime": "instruction", "submission_key": key}
        began = time.monotonic()
        while time.monotonic() < max(began, ledger.struck_at) + WAIT:
            ledger.tries += 1
            try:
                if "csrfmiddlewaretoken" not in page:
                    page = witness.get("/matters/new/")
                where = witness.post("/matters/new/", page, **plan)
                if "/matters/" in where and "/new/" not in where:
                    ledger.acknowledged.append(title)
                    break
                page = ""
            except (OSError, urllib.error.URLError, ValueError):
                time.sleep(0.05)
        else:
            ledger.given_up.append(title)
        number += 1


def strike(office: Office, ground: Ground, fate: str) -> None:
    """One kill."""
    if fate == "child":
        office.kill_a_child()
    elif fate == "database":
        ground.kill_server()
    else:
        office.kill(fate)


def resumed(ledger: Ledger) -> bool:
    """Whether two more acts are acknowledged within a minute from now."""
    wanted, end = len(ledger.acknowledged) + 2, time.monotonic() + WAIT
    while len(ledger.acknowledged) < wanted and time.monotonic() < end:
        time.sleep(0.1)
    return len(ledger.acknowledged) >= wanted


def run(row: Row, ground: Ground, scale: str, dice: Random) -> None:
    """Two people at work; every fate in turn, at random moments."""
    office = open_office(ground, "kill")
    row.check(office.jobs_run(), "no worker before the first kill")
    ledger, ending = Ledger(), threading.Event()
    witnesses = [Witness(office.url), Witness(office.url)]
    for witness in witnesses:
        witness.sign_in(office)
    people = [
        threading.Thread(target=work, args=(witness, ledger, ending, f"{place}号"))
        for place, witness in enumerate(witnesses)
    ]
    slowest = 0.0
    try:
        for thread in people:
            thread.start()
        for number in range(4 if scale == "sample" else 200):
            time.sleep(dice.uniform(0.3, 1.5))
            strike(office, ground, FATES[number % len(FATES)])
            ledger.struck_at = time.monotonic()
            slowest = max(slowest, office.wait())
        row.check(resumed(ledger), "no work within 60 s after the last kill")
    finally:
        ending.set()
        for thread in people:
            thread.join(timeout=WAIT + 10)
        connection.close()
        try:
            row.check(office.jobs_run(), "no worker after the last kill")
        finally:
            office.stop()
    for title in ledger.acknowledged:
        row.count(Matter.objects.filter(title=title).count(), title)
    row.check(ledger.given_up == [], f"never acknowledged: {ledger.given_up}")
    row.check(slowest <= WAIT, f"resumed after {slowest:.0f} s")
    row.check(verify_stored().code == 0, "the trail is not sound")
    row.say(
        f"{len(ledger.acknowledged)} acknowledged in {ledger.tries} tries, "
        f"slowest return {slowest:.1f} s"
    )

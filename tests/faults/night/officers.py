"""Officers of one node's office, each on a connection of its own: they take events in and write the
first report to the level above. Run inside an installation; prints what was acknowledged."""

import json
import sys
import threading
from datetime import timedelta

import django

django.setup()

from django.db import connection  # noqa: E402 - after the application is there

from luoshi.desks.information.domain.urgent.reporting import Writing, report  # noqa: E402
from luoshi.desks.information.domain.urgent.taking_in import Facts, take_in  # noqa: E402
from luoshi.foundation.accounts.domain.clock import now  # noqa: E402
from luoshi.site.trials.levels.finding import person  # noqa: E402

WRITER = "mei"


def main(officers: int, events: int, night: str) -> None:
    """All officers at once, each with so many events, titled after the night."""
    told: list[tuple[str, str]] = []
    faults: list[str] = []
    who = person(WRITER)

    def one(number: int) -> None:
        try:
            for place in range(events):
                at, title = now()[0], f"{night}{number}-{place}"
                happened = at - timedelta(minutes=5, seconds=number)
                aware = happened + timedelta(minutes=1)
                facts = Facts(title, f"第{number}镇", happened, "值班室", aware_at=aware)
                event = take_in(facts, actor=who, at=at)
                first = Writing("first", f"{title}已发生，正在处置。", "主任")
                report(event=event, writing=first, actor=who, at=now()[0])
                told.append((str(event.chain), happened.isoformat()))
        except Exception as error:
            faults.append(repr(error))
        finally:
            connection.close()

    everybody = [threading.Thread(target=one, args=(number,)) for number in range(officers)]
    for officer in everybody:
        officer.start()
    for officer in everybody:
        officer.join()
    sys.stdout.write(json.dumps({"told": told, "faults": faults}) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])

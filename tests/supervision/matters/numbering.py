"""Eight officers register at once on a database of its own, and writes the serials in order.

python -m tests.supervision.matters.numbering, with the environment of a site.
"""

import os
import sys
import threading
from datetime import UTC, datetime
from typing import Any

OFFICERS, EACH = 8, 6


def main() -> None:
    """Draft, register in threads, write the serials."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.site.settings")
    import django  # noqa: PLC0415 - before the models

    django.setup()
    from django.db import connection  # noqa: PLC0415 - after django.setup

    from luoshi.supervision.matters.domain.matter.drafting import (  # noqa: PLC0415 - as above
        Plan,
        draft,
    )
    from luoshi.supervision.matters.domain.matter.registering import (  # noqa: PLC0415 - as above
        approve_to_register,
    )
    from luoshi.supervision.matters.models import Matter  # noqa: PLC0415 - as above
    from tests.story import make_world  # noqa: PLC0415 - as above

    world, at = make_world(), datetime(2026, 2, 4, 2, 0, tzinfo=UTC)
    rows = [
        draft(plan=Plan(title=f"事项{number}"), actor=world.officer, at=at)
        for number in range(OFFICERS * EACH)
    ]

    def register(own: list[Any]) -> None:
        for row in own:
            approve_to_register(matter=row, actor=world.officer, at=at, despite="分别办理")
        connection.close()

    threads = [
        threading.Thread(target=register, args=(rows[n::OFFICERS],)) for n in range(OFFICERS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = Matter.objects.order_by("serial").values_list("serial", flat=True)
    sys.stdout.write(",".join(str(number) for number in found))


if __name__ == "__main__":
    main()

"""Two people keep one occurrence at once, and four runs of the job catch up at once, on a database
of its own; writes what came of it.

python -m tests.supervision.commitments.at_once, with the environment of a site.
"""

import json
import os
import sys
import threading
from collections.abc import Callable


def together(acts: list[Callable[[], object]]) -> list[str]:
    """Run the acts at once; what each one says: its answer or the code of its refusal."""
    from django.db import connection  # noqa: PLC0415 - after django.setup

    from luoshi.foundation.core.refusals import Refused  # noqa: PLC0415 - as above

    gate, told = threading.Barrier(len(acts)), list[str]()

    def run(act: Callable[[], object]) -> None:
        try:
            gate.wait(10)
            told.append(str(act()))
        except Refused as refused:
            told.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return sorted(told)


def main() -> None:
    """Undertake, keep in two threads, catch up in four, write the outcome."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.site.settings")
    import django  # noqa: PLC0415 - before the models

    django.setup()
    from luoshi.supervision.commitments.domain.keeping import Kept, keep  # noqa: PLC0415 - as above
    from tests.story import make_world  # noqa: PLC0415 - as above
    from tests.supervision.commitments import ground  # noqa: PLC0415 - as above

    world = make_world()
    row = ground.undertaken(world)
    one, at = ground.on(row, 2026, 4, 17), ground.noon(2026, 4, 16)

    def keeping(who: object) -> Callable[[], object]:
        return lambda: keep(occurrence=one, kept=Kept(), actor=who, at=at).state  # type: ignore[arg-type]

    kept = together([keeping(world.officer), keeping(world.second_officer)])
    runs = together([lambda: ground.run(ground.noon(2026, 5, 14))] * 4)
    sys.stdout.write(
        json.dumps(
            {
                "kept": kept,
                "made": sum(map(int, runs)),
                "rows": [str(day) for day in ground.due_days(row)],
            }
        )
    )


if __name__ == "__main__":
    main()

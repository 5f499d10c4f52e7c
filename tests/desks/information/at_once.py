"""An editor saves while a colleague sends the bulletin out, on a database of its own; writes what
was printed and what is saved.

python -m tests.desks.information.at_once, with the environment of a site.
"""

import json
import os
import sys
import threading
import time

WAITS = """SELECT count(*) FROM pg_stat_activity
WHERE wait_event_type = 'Lock' AND datname = current_database()"""


def wait_for_a_lock(runner: threading.Thread) -> None:
    """Until somebody waits for what this connection holds, or the other act is over."""
    from django.db import connection  # noqa: PLC0415 - after django.setup

    for _try in range(400):
        with connection.cursor() as cursor:
            cursor.execute(WAITS)
            if cursor.fetchone()[0] or not runner.is_alive():
                return
        time.sleep(0.05)


def main() -> None:
    """Hold a saved edit open while the issue goes out; write the outcome."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.site.settings")
    import django  # noqa: PLC0415 - before the models

    django.setup()
    from django.db import connection, transaction  # noqa: PLC0415 - as above

    from luoshi.desks.information.domain.issues.issuing import issue_out  # noqa: PLC0415 - as above
    from luoshi.desks.information.domain.items.editing import edit  # noqa: PLC0415 - as above
    from tests.desks.information import book  # noqa: PLC0415 - as above

    desk = book.make_desk()
    item = book.accepted(desk, desk.county)
    issue = book.draft_with(desk, book.bulletin(desk), item)

    def go_out() -> None:
        try:
            issue_out(issue=issue, signer="陈远", actor=desk.editor, at=book.DAY)
        finally:
            connection.close()

    runner = threading.Thread(target=go_out)
    words = book.opinion(text=book.SITUATION + "数据已核实。")
    with transaction.atomic():
        edit(item=item, words=words, why="核实", version=1, actor=desk.editor, at=book.DAY)
        runner.start()
        wait_for_a_lock(runner)
    runner.join(60)
    item.refresh_from_db()
    issue.refresh_from_db()
    printed = issue.content["items"][0]
    told = {
        "state": item.state,
        "saved": [item.version, item.text],
        "printed": [printed["version"], printed["text"]],
    }
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()

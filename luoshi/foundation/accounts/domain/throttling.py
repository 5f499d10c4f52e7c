"""Count uses per account or token and minute; two processes share one counter (security row 26)."""

from datetime import datetime

from django.db import connection
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.refusals import TooMany

WINDOW = 60
UPSERT = """
INSERT INTO accounts_usecounter (key, window_start, uses) VALUES (%s, %s, 1)
ON CONFLICT (key) DO UPDATE SET
    uses = CASE WHEN accounts_usecounter.window_start = excluded.window_start
                THEN accounts_usecounter.uses + 1 ELSE 1 END,
    window_start = excluded.window_start
RETURNING uses
"""


def count_use(kind: str, who: object, *, limit: int, at: datetime) -> int:
    """Count one use of `kind` by `who` in the running minute; above `limit` it is refused with the
    seconds to wait. Returns the uses of this minute."""
    start = at.replace(second=0, microsecond=0)
    with connection.cursor() as cursor:
        cursor.execute(UPSERT, [f"{kind}|{who}", start])
        uses = int(cursor.fetchone()[0])
    if uses > limit:
        wait = WINDOW - int((at - start).total_seconds())
        raise TooMany(
            _("Too many requests in one minute. Wait %(seconds)d seconds.") % {"seconds": wait},
            wait,
        )
    return uses

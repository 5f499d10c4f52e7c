"""What the drill sends: a kind whose effect is a row without any protection of its own, so that a
second effect shows. Known only to the drill's own processes, on the drill's own databases."""

import os
from typing import Any

from django.db import connection

from luoshi.foundation.exchange import kinds
from luoshi.foundation.exchange.domain.mail import entering
from luoshi.foundation.exchange.domain.mail.keeping import put
from luoshi.foundation.exchange.kinds import Arrived, Kind

KIND = "drill.item"
TABLE = "CREATE TABLE drill_effect (id uuid NOT NULL, at timestamptz NOT NULL DEFAULT now())"
WITHOUT = "LUOSHI_DRILL_WITHOUT"
INBOX_KEY = "inbox-key"
UNKEYED = (
    "ALTER TABLE exchange_incoming DROP CONSTRAINT exchange_incoming_pkey CASCADE",
    "ALTER TABLE exchange_incoming DROP CONSTRAINT exchange_in_sequence",
)


def note_effect(arrived: Arrived) -> None:
    """The effect of an item."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO drill_effect (id) VALUES (%s)", [arrived.row.pk])


def register() -> None:
    """Make the kind known here, and take the inbox key away where the drill asks for that."""
    kinds.register(Kind(KIND, 1, "item", note_effect))
    if os.environ.get(WITHOUT) == INBOX_KEY:
        entering.entered = always_entered


def always_entered(found: Any, at: Any) -> list[Any]:
    """The inbox without its key: every delivery is the first."""
    rows = []
    for one in found:
        row = entering.inbox_row(one, at)
        put(row, one.opened.file, one.opened.file.seek(0, 2), at)
        row.save(force_insert=True)
        rows.append(row)
    return rows

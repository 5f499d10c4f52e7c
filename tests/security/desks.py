"""What stands behind the routes of the desks: an instruction to file, an import to confirm."""

import io
from datetime import datetime
from uuid import UUID

from luoshi.desks.instructions.domain.noting import Words, note
from luoshi.desks.ledgers.domain.uploading import upload
from tests.story import World

LEDGER = "编号,督办事项,责任单位,完成时限\n001,整治易涝点,市水务局,2026.7.20\n"


def make_desks(world: World, at: datetime) -> dict[str, UUID]:
    """An instruction nobody has filed yet, and a checked ledger."""
    instruction = note(words=Words(text="请研究。"), actor=world.leader, at=at)
    ledger = upload(io.BytesIO(LEDGER.encode()), name="台账.csv", actor=world.officer, at=at)
    return {"instruction": instruction.pk, "ledger": ledger.pk}

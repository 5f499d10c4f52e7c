"""Ask the superior for the heads it keeps of this node's trail: what `luoshi audit verify
--against-superior` compares with. Nothing in this node's own database is believed."""

import time
from collections.abc import Callable

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.verifying import Anchor
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Refused
from luoshi.foundation.exchange.domain.anchoring.keeping import HEADS, WANTED
from luoshi.foundation.exchange.domain.anchoring.sending import superior
from luoshi.foundation.exchange.domain.mail.keeping import opened
from luoshi.foundation.exchange.domain.mail.sending import tell
from luoshi.foundation.exchange.domain.queries.neighbours import lookup
from luoshi.foundation.exchange.envelopes import opening
from luoshi.foundation.exchange.models import Incoming

ACTOR = Actor.system("anchors", via="cli")
PATIENCE, STEP = 120.0, 0.5


def heads_of_superior(
    *, patience: float = PATIENCE, wait: Callable[[float], None] = time.sleep
) -> list[Anchor]:
    """Ask, wait for the signed answer, check its signature, and give what it says. Refused: no
    superior, no answer in time."""
    node, at = superior(), timezone.now()
    if node is None:
        raise Refused(_("Not compared: this node has no connected superior."), code="no-superior")
    with acting(actor=ACTOR, at=at):
        asked = tell(kind=WANTED, payload={}, receiver=node, actor=ACTOR, at=at)
    left = patience
    while left > 0:
        rows = Incoming.objects.filter(kind=HEADS, sender=node, received_at__gte=at)
        for row in rows.order_by("received_at"):
            with opened(row) as file:
                found = opening.read(file)
                opening.check_signature(found, keys=lookup(), policy=settings.EXCHANGE_POLICY)
                if found.manifest.payload.get("of") == asked.pk.hex:
                    return [Anchor(**one) for one in found.manifest.payload["heads"]]
        wait(STEP)
        left -= STEP
    raise Refused(
        _("Not compared: the superior did not answer."),
        next_steps=(_("See whether the relay runs and the line stands, then try again."),),
        code="no-answer",
    )

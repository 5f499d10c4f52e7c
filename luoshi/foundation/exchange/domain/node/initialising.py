"""Set this installation up as a node: code, name, first keys, first life."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.exchange import rules
from luoshi.foundation.exchange.domain.node.configuring import prepare
from luoshi.foundation.exchange.domain.node.incarnating import begin_life
from luoshi.foundation.exchange.domain.node.rotating import first_keys
from luoshi.foundation.exchange.domain.queries.neighbours import find_own
from luoshi.foundation.exchange.enums import NodeState, Relation
from luoshi.foundation.exchange.envelopes.manifest import CODE
from luoshi.foundation.exchange.identity.cards import ADDRESS
from luoshi.foundation.exchange.models import Node


def refuse_code(code: str) -> None:
    """A node's code stands in subjects and file names: letters, digits and hyphens."""
    if CODE.fullmatch(code) is None:
        raise Invalid(
            _("Not saved."),
            {"code": [_("Up to 24 letters, digits and hyphens, such as P33 or C3301.")]},
        )


def initialise(*, code: str, name: str, address: str, actor: Actor, at: datetime) -> Node:
    """Make this site a node. Refused: it is one already, or the code cannot be used. `address` is
    host:port where subordinates will connect; empty for a node without any."""
    ensure(rules.may_enter_nodes(actor))
    refuse_code(code)
    if not name.strip() or len(name) > 100:
        raise Invalid(_("Not saved."), {"name": [_("A name of 1 to 100 characters is needed.")]})
    if ADDRESS.fullmatch(address) is None:
        raise Invalid(_("Not saved."), {"address": [_("host:port, such as 10.1.2.3:7422.")]})
    if find_own() is not None:
        raise Refused(_("This site is a node already."), str(find_own()), code="is-node")
    with acting(actor=actor, at=at):
        node = Node(
            code=code,
            name=name.strip(),
            relation=Relation.OWN,
            state=NodeState.ACTIVE,
            address=address,
            entered_by=actor.person_id,
            entered_by_name=actor.person_name,
            entered_at=at,
            accepted_at=at,
        )
        prepare(node, at)
        node.save()
        record("exchange.initialised", actor=actor, at=at, obj=node, after={"code": code})
        first_keys(actor=actor, at=at)
        begin_life(restored=False, actor=actor, at=at)
    return node

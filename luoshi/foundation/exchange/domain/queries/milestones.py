"""How far the connection of each region came (features row 54; S3-103…109): planned → entered →
card received → built (accepted by both officers) → connected (it acknowledged an envelope) → alive
(heard within a day).

Who should be a node: the regions one level below the level at which this site's officers hold their
posts, within their territory, and every unit somebody planned (a unit of one's own level with an
access zone of its own, S3-107).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.refusals import Text
from luoshi.foundation.core.time import office_date
from luoshi.foundation.exchange.enums import BELOW, Milestone, NodeState, Relation
from luoshi.foundation.exchange.models import ConnectionPlan, Node, ServedUnit
from luoshi.foundation.organizations.enums import LEVEL_ORDER, OFFICER_CLASS, Level
from luoshi.foundation.organizations.models import Post, Unit

DAY = timedelta(days=1)
ORDER = {milestone: place for place, milestone in enumerate(Milestone)}
NEXT_STEPS: dict[str, Text] = {
    Milestone.UNPLANNED: _("System administrator: set the planned date."),
    Milestone.PLANNED: _("System administrator: enter the node and speak its code."),
    Milestone.ENTERED: _("The node: send its card."),
    Milestone.MATCHED: _("Security administrators on both sides: compare the fingerprint, accept."),
    Milestone.BUILT: _("Built, not connected: the first envelope awaits its answer."),
    Milestone.CONNECTED: _("Not heard for a day: ask there whether server and relay run."),
    Milestone.ALIVE: "",
}


@dataclass(frozen=True)
class Region:
    """A unit that should have a node, with its node and the plan in force."""

    unit: Unit
    node: Node | None
    plan: ConnectionPlan | None
    milestone: Milestone
    late: bool

    @property
    def planned_on(self) -> date | None:
        """By when it is to be connected."""
        return self.plan.planned_on if self.plan else None

    @property
    def next_step(self) -> Text:
        """Whose turn it is, and for what."""
        if self.node is not None and self.node.state == NodeState.SUSPENDED:
            return _("Suspended: the security administrator connects it again.")
        return NEXT_STEPS[self.milestone]

    @property
    def key(self) -> str:
        """Its place in the order of units, unique."""
        return f"{self.unit.sort_key}\n{self.unit.code}"


@dataclass(frozen=True)
class Step:
    """One milestone of a region: when it was reached and by whom; `on` for the one that is a day
    to come."""

    name: Text
    reached: bool
    at: datetime | None = None
    on: date | None = None
    who: str = ""


def steps(region: Region) -> list[Step]:
    """The milestones in their order."""
    node, plan = region.node or Node(), region.plan
    found = [
        Step(
            Milestone.PLANNED.label,
            region.planned_on is not None,
            on=region.planned_on,
            who=plan.in_charge if plan else "",
        )
    ]
    for milestone, at, who in (
        (Milestone.ENTERED, node.entered_at, node.entered_by_name),
        (Milestone.MATCHED, node.matched_at, node.matched_by_name),
        (Milestone.BUILT, node.accepted_at, node.accepted_by_name),
        (Milestone.CONNECTED, node.connected_at, ""),
        (Milestone.ALIVE, node.heard_at, ""),
    ):
        reached = ORDER[region.milestone] >= ORDER[milestone]
        found.append(Step(milestone.label, reached, at=at, who=who))
    return found


def milestone_of(node: Node | None, planned: bool, at: datetime) -> Milestone:
    """How far it came at an instant. An envelope the node acknowledged proves the way to it and
    back; what was only heard proves the way back."""
    if node is None:
        return Milestone.PLANNED if planned else Milestone.UNPLANNED
    if node.state == NodeState.ENTERED:
        return Milestone.ENTERED
    if node.state == NodeState.MATCHED:
        return Milestone.MATCHED
    if node.connected_at is None:
        return Milestone.BUILT
    heard = node.heard_at is not None and node.heard_at > at - DAY
    alive = heard and node.state == NodeState.ACTIVE
    return Milestone.ALIVE if alive else Milestone.CONNECTED


def expected() -> QuerySet[Unit]:
    """The units that should have a node, in the order of the tree."""
    plans = ConnectionPlan.objects.filter(unit=OuterRef("pk"))
    wanted = Q(Exists(plans))
    posts = Post.objects.filter(role__in=OFFICER_CLASS, appointments__isnull=False)
    seats = set(posts.values_list("unit__level", "unit__seat_path"))
    if seats:
        own = min((Level(level) for level, _path in seats), key=LEVEL_ORDER.__getitem__)
        below = [level for level, order in LEVEL_ORDER.items() if order == LEVEL_ORDER[own] + 1]
        within = Q()
        for path in sorted(path for level, path in seats if level == own):
            within |= Q(path__startswith=path)
        wanted |= within & Q(level__in=below, path=F("seat_path"))
    rows = Unit.objects.filter(wanted, is_active=True)
    return rows.exclude(served_by__node__relation=Relation.SUPERIOR).order_by("sort_key", "code")


def regions(at: datetime, units: Iterable[Unit] | None = None) -> list[Region]:
    """Each of them as it is at an instant, in four queries whatever their number."""
    rows = list(expected() if units is None else units)
    plans = in_force(rows)
    nodes = {node.pk: node for node in Node.objects.filter(relation__in=BELOW)}
    lives: dict[UUID, UUID] = {}
    seats: dict[str, UUID] = {}
    served = ServedUnit.objects.filter(node__relation__in=BELOW).order_by("unit__sort_key")
    for unit_id, seat, node_id in served.values_list("unit", "unit__seat_path", "node"):
        lives[unit_id] = node_id
        seats.setdefault(seat, node_id)
    found = []
    for unit in rows:
        plan = plans.get(unit.pk)
        served_by = lives.get(unit.pk) or seats.get(unit.path) or (plan.node_id if plan else None)
        node = nodes.get(served_by) if served_by else None
        planned_on = plan.planned_on if plan else None
        reached = milestone_of(node, planned_on is not None, at)
        done = reached in (Milestone.CONNECTED, Milestone.ALIVE)
        late = planned_on is not None and not done and planned_on < office_date(at)
        found.append(Region(unit, node, plan, reached, late))
    return sorted(found, key=lambda region: region.key)


def in_force(units: Iterable[Unit]) -> dict[UUID, ConnectionPlan]:
    """The newest plan of each unit."""
    rows = ConnectionPlan.objects.filter(unit__in=[unit.pk for unit in units])
    return {row.unit_id: row for row in rows.order_by("unit_id", "-id").distinct("unit_id")}


def counted(found: Iterable[Region]) -> dict[str, int]:
    """Milestone → how many stand there."""
    counts = Counter(region.milestone for region in found)
    return {milestone.value: counts[milestone] for milestone in Milestone}


def named_nowhere(found: Iterable[Region]) -> list[Node]:
    """Nodes below that no region counts: nobody said yet which region they are of."""
    known = [region.node.pk for region in found if region.node is not None]
    return list(Node.objects.filter(relation__in=BELOW).exclude(pk__in=known))

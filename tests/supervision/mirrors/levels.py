"""Province, city and county in one process, each with its own database, over the simulated network
without faults unless a test makes some."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from django.db import connections

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.exchange.models import Node, ServedUnit
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.matters.domain.matter.drafting import Plan, draft
from luoshi.supervision.matters.domain.matter.registering import approve_to_register
from luoshi.supervision.matters.domain.report.contents import Figure, Words
from luoshi.supervision.matters.domain.share.assigning import Share, assign
from luoshi.supervision.matters.models import Assignment, Extension, Matter, Report
from luoshi.supervision.mirrors.domain.telling import resync
from luoshi.supervision.rulebook.domain.cataloguing import load_catalogue
from luoshi.supervision.rulebook.domain.settling import settle as decide_settings
from tests.foundation.exchange.simulation.network import Network, Rates
from tests.foundation.exchange.simulation.nodes import BEGIN, TREE, Cluster, SimNode, found
from tests.foundation.exchange.simulation.run import Count, settle
from tests.security.people import plant_tree
from tests.server import SERVER, WORKER
from tests.story import SYSTEM, actor
from tools import private_postgres

P, C, X = "P33", "C3301", "X330101"
OFFICE, COUNTY, SECOND, BUREAU = "市委办公室", "安澜县", "松屏县", "市发展改革委"
LIVES = {C: ("0101", "0101D01", "0101D12"), X: ("010101", "010102"), P: ("01",)}
PLAN = Plan(
    title="加快推进城区老旧燃气管网更新改造",
    regime="instruction",
    content="完成普查与更新计划",
    method="牵头单位负责",
    purpose="消除风险",
    end_on=date(2026, 6, 30),
)
GOOD = Words(
    progress="已完成普查1286公里",
    state_change="普查完成",
    problems="资金未到位",
    next_steps="编制方案",
    summary="全部完成",
    figures=(Figure("隐患", Decimal(46), "处"),),
)


@dataclass
class Levels:
    """The three nodes and the time that passes between acts."""

    nodes: dict[str, SimNode]
    network: Network
    at: datetime = BEGIN
    people: dict[str, Actor] = field(default_factory=dict)

    @contextmanager
    def on(self, code: str) -> Iterator[datetime]:
        """Act on a node, an hour later than before."""
        self.at += timedelta(hours=1)
        with self.nodes[code].running():
            yield self.at

    def flow(self) -> None:
        """Let everything arrive; nothing is left on its way."""
        count = Count(0)
        settle(self.nodes, self.network, self.at, count)
        assert not count.unsettled

    def who(self, code: str, name: str, unit: str, role: str) -> Actor:
        """A person of a unit on the node where it lives."""
        key = f"{code} {name}"
        if key not in self.people:
            with self.nodes[code].running():
                found_unit = Unit.objects.get(short_name=unit)
                self.people[key] = actor(f"p{len(self.people)}", name, found_unit, role)
        return self.people[key]

    @property
    def officer(self) -> Actor:
        """The city's supervision officer."""
        return self.who(C, "李文清", OFFICE, Role.SUPERVISION_OFFICER)

    @property
    def liaison(self) -> Actor:
        """The county's liaison."""
        return self.who(X, "赵县", COUNTY, Role.LIAISON)

    @property
    def county_officer(self) -> Actor:
        """The county's supervision officer."""
        return self.who(X, "县督查", COUNTY, Role.SUPERVISION_OFFICER)

    def restore(self, code: str) -> None:
        """Put a node back to its newest backup, as after a loss."""
        node = self.nodes[code]
        node.backups = node.backups[-1:]
        node.restore(self.at)

    def resync(self) -> None:
        """The minute's job on every node, and what it sends."""
        for code in self.nodes:
            with self.on(code) as at:
                resync(at=at)
        self.flow()


@contextmanager
def levels(settings: Any, seed: int = 11, rates: Rates | None = None) -> Iterator[Levels]:
    """Three fresh nodes with their units, catalogue and files."""
    template = str(connections["default"].settings_dict["NAME"])
    connections.close_all()
    dice = Random(seed)  # noqa: S311 - by seed
    network = Network(dice, rates or Rates(0, 0, 0, 0, 0))

    def statement(database: str, text: str) -> None:
        private_postgres.sql(SERVER, database, text)

    cluster = Cluster(statement, template, f"{WORKER}_levels_{seed}")
    nodes = {code: SimNode(code, cluster, network, dice) for code in TREE}
    with TemporaryDirectory(prefix="luoshi-levels-") as folder:
        settings.FILES = Path(folder)
        try:
            found(nodes, plant_tree)
            for node in nodes.values():
                furnish(node)
            made = Levels(nodes, network)
            assert made.officer and made.liaison and made.county_officer
            for node in nodes.values():
                node.back_up()
            yield made
        finally:
            for node in nodes.values():
                node.close()
                for name in (node.database, *node.backups):
                    cluster.drop(name)


def furnish(node: SimNode) -> None:
    """Which unit lives where, the rules of reports, and an office whose officer registers."""
    with node.running():
        for other in Node.objects.exclude(code=node.code):
            for unit in Unit.objects.filter(code__in=LIVES[other.code], served_by=None):
                ServedUnit.objects.create(node=other, unit=unit)
        load_catalogue(actor=SYSTEM, at=BEGIN)
        for office in ("0101D01", "0101", "010101", "01"):
            unit = Unit.objects.get(code=office)
            values = {"officer_registers": True, "principal_signs": False}
            decide_settings(office_id=unit.pk, values=values, actor=SYSTEM, at=BEGIN)


def registered(officer: Actor, at: datetime, plan: Plan = PLAN) -> Matter:
    """A matter with its number."""
    matter = draft(plan=plan, actor=officer, at=at)
    return approve_to_register(matter=matter, actor=officer, at=at, despite="分别办理")


def assigned(
    one: Levels, *names: tuple[str, str], code: str = C, plan: Plan = PLAN
) -> dict[str, Assignment]:
    """A matter of the city's office for these (unit, part), by unit."""
    officer = one.officer
    with one.on(code) as at:
        matter = registered(officer, at, plan)
        shares = [Share(Unit.objects.get(short_name=unit), part) for unit, part in names]
        made = assign(matter=matter, shares=shares, actor=officer, at=at)
        return {str(row.unit): row for row in made}


def books(code: str, one: Levels, matter_id: Any, unit: str = COUNTY) -> dict[str, Any]:
    """How a share stands in the books of a node, as far as both sides speak of it."""
    with one.nodes[code].running():
        matter = Matter.objects.get(pk=matter_id)
        shares = Assignment.objects.filter(matter=matter, unit__short_name=unit)
        reports = Report.objects.filter(assignment__in=shares).exclude(state="draft")
        lapsed = {row.fact_id for s in shares for row in s.settlements.all()}
        asked = [
            row
            for row in Extension.objects.filter(duty__assignment__in=shares)
            if f"extension:{row.pk}" not in lapsed
        ]
        return {
            "matter": (matter.state, matter.number, matter.title, matter.stopped_at),
            "closures": list(matter.closures.order_by("round").values_list("round", "result")),
            "shares": sorted(
                (str(s.pk), s.state, s.part, str(s.signed_at), str(s.stopped_at), s.returns)
                for s in shares
            ),
            "duties": sorted(
                (d.rule_code, d.period, d.state, str(d.due_at), str(d.redo_due_at), d.late_amount)
                for s in shares
                for d in s.duties.all()
            ),
            "reports": sorted((str(r.pk), r.state, r.progress, r.receipt_number) for r in reports),
            "figures": sorted(
                (str(r.pk), f.name, str(f.value)) for r in reports for f in r.figures.all()
            ),
            "extensions": sorted((str(e.pk), e.state, str(e.granted_at)) for e in asked),
            "settled": sorted(
                (row.rule, row.fact, row.fact_id, row.outcome)
                for s in shares
                for row in s.settlements.all()
            ),
        }


def agree(one: Levels, matter_id: Any, unit: str = COUNTY, upper: str = C, lower: str = X) -> None:
    """Both sides have the same in their books."""
    above, below = books(upper, one, matter_id, unit), books(lower, one, matter_id, unit)
    for name, rows in above.items():
        assert below[name] == rows, name

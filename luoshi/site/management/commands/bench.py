"""`luoshi bench`: ratios against floors in a scratch database; real data is never touched."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.test import override_settings
from django.utils.translation import gettext as _

from luoshi.site.trials.bench.filling import fill
from luoshi.site.trials.bench.gates import Gate, Timings, gates
from luoshi.site.trials.bench.measuring import measure, measure_work
from luoshi.site.trials.bench.scratch import migrated, scratch
from luoshi.site.trials.bench.serving import measure_serving

SIZES = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000}
SMALL = {"10k": 1_000, "100k": 1_000, "1m": 10_000}  # what growth is measured from
SLOWER = 1.25


class Command(BaseCommand):
    """Measure; exit code 1 when a gate fails."""

    help = _("Measure pages, API and work in a scratch database and print ratios.")
    requires_system_checks: list[str] = []  # they are part of `make check`

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--size", choices=SIZES, default="10k", help=_("Obligations."))
        parser.add_argument("--json", action="store_true", help=_("Print JSON."))
        parser.add_argument("--serve", action="store_true", help=_("Also with real workers."))
        parser.add_argument(
            "--against", type=Path, metavar="FILE", help=_("Compare with an earlier JSON.")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        size = SIZES[options["size"]]
        with pinned(), migrated() as template:
            with scratch(template):
                small, small_floors = measure(fill(SMALL[options["size"]]))
            with scratch(template) as name:
                user = fill(size)
                found, floors = measure(user)
                served = measure_serving(user, name) if options["serve"] else {}
                work = measure_work(user)
        made = gates(size, found, floors, small, small_floors, work)
        if options["against"]:
            made += compared(found, json.loads(options["against"].read_text()))
        result = report(options["size"], found, floors, work, made) | {"served": served}
        if options["json"]:
            self.stdout.write(json.dumps(result, ensure_ascii=False))
        else:
            self.table(result, made)
        if not all(gate.ok for gate in made):
            raise SystemExit(1)

    def table(self, result: dict[str, Any], made: list[Gate]) -> None:
        """The figures for people."""
        for part in ("floors", "figures"):
            for row in result[part]:
                words = "  ".join(f"{key} {value}" for key, value in row.items() if key != "name")
                self.stdout.write(f"{row['name']:20s} {words}")
        for name, value in result["served"].items():
            self.stdout.write(f"{name:20s} {value}")
        for gate in made:
            mark = "ok    " if gate.ok else "FAILED"
            value = "—" if gate.value is None else f"{gate.value:.3g}"
            self.stdout.write(f"{mark} {gate.name:38s} {value:>9s}  ≤≥ {gate.limit:.4g}")


@contextmanager
def pinned() -> Iterator[None]:
    """Measure what runs in production: no debug, the real middleware."""
    with override_settings(DEBUG=False):
        yield


def report(
    size: str, found: Timings, floors: Timings, work: dict[str, float], made: list[Gate]
) -> dict[str, Any]:
    """The result in the form other programs read."""
    figures = [{"name": name} | timing.as_json() for name, timing in found.items()]
    figures += [{"name": name, "value": round(value, 3)} for name, value in work.items()]
    return {
        "size": size,
        "figures": figures,
        "floors": [{"name": name} | timing.as_json() for name, timing in floors.items()],
        "gates": [gate.as_json() for gate in made],
    }


def compared(found: Timings, old: dict[str, Any]) -> list[Gate]:
    """More than 25 % more CPU, or any more queries, than the earlier run fails."""
    made = []
    for row in old["figures"]:
        timing = found.get(row["name"])
        if timing is None or "cpu_ms" not in row:
            continue
        cpu, queries = row["cpu_ms"] * SLOWER, row["queries"]
        made.append(Gate(f"{row['name']} CPU", timing.cpu, cpu, timing.cpu <= cpu))
        more = timing.queries <= queries
        made.append(Gate(f"{row['name']} queries", timing.queries, queries, more))
    return made

"""Mutation proof: a copy of the product with one protection removed must fail a named test."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.faults.ground import ROOT, Ground
from tests.faults.table import Row

KEPT = ("luoshi", "tests", "tools", "pyproject.toml")


@dataclass(frozen=True)
class Mutant:
    """One protection, the file it stands in, the words that are it, what they become, and the
    tests that must notice."""

    protection: str
    file: str
    old: str
    new: str
    tests: str


FAULTS = "tests/faults/test_sample.py::test_fault_row_keeps_every_promise"
MATTERS = "luoshi/supervision/matters/"
MUTANTS = (
    Mutant(
        "ensure",
        "luoshi/foundation/core/permissions.py",
        "        raise decision.reason\n",
        "        return\n",
        "tests/supervision/matters/test_circle.py",
    ),
    Mutant(
        "visible_to",
        MATTERS + "models/scopes.py",
        '        """Matters this actor may open."""\n',
        "        return self\n",
        "tests/security/test_rights.py",
    ),
    Mutant(
        "submission key",
        "luoshi/foundation/accounts/domain/submissions.py",
        "SubmissionKey.objects.create(key=key,",
        "SubmissionKey.objects.create(key=__import__('uuid').uuid4(),",
        f"{FAULTS}[race]",
    ),
    Mutant(
        "fsync",
        "luoshi/foundation/attachments/domain/storing.py",
        "        os.fsync(file.fileno())\n",
        "        pass\n",
        f"{FAULTS}[power]",
    ),
    Mutant(
        "chain prev",
        "luoshi/foundation/audit/hashing.py",
        'digest(algorithm, prev.encode(), b"\\n", body.encode())',
        "digest(algorithm, body.encode())",
        f"{FAULTS}[trail]",
    ),
    Mutant(
        "row lock of transitions",
        MATTERS + "domain/transitions.py",
        'rows.select_for_update(of=("self",)).get',
        "rows.get",
        "tests/supervision/matters/test_locks.py",
    ),
    Mutant(
        "matter locked before its share",
        MATTERS + "domain/transitions.py",
        "        hold(Matter.objects.filter(own | whole))\n",
        "        pass\n",
        "tests/supervision/matters/test_locks.py",
    ),
    Mutant(
        "each reminder once",
        "luoshi/supervision/chasing/domain/reminding.py",
        "Reached(due, step, limit, stands",
        "Reached(due, step, now.at, stands",
        "tests/supervision/chasing/test_sweep.py",
    ),
)


def copied(place: Path, mutant: Mutant) -> bool:
    """A copy of the product with the protection removed; whether its words were there once."""
    for name in KEPT:
        source = ROOT / name
        ignore = shutil.ignore_patterns("__pycache__")
        if source.is_dir():
            shutil.copytree(source, place / name, ignore=ignore)
        else:
            shutil.copy(source, place / name)
    path = place / mutant.file
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(mutant.old, mutant.new), encoding="utf-8")
    return text.count(mutant.old) == 1


def tested(place: Path, tests: str) -> tuple[int, list[str]]:
    """Exit code of the tests in the copy, and the names of those that failed."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("LUOSHI_", "DATABASE"))}
    command = [sys.executable, "-m", "pytest", "-q", "-x", tests]
    done = subprocess.run(
        command,
        cwd=place,
        env=environment | {"PYTHONPATH": str(place)},
        check=False,
        capture_output=True,
        text=True,
    )
    return done.returncode, re.findall(r"^FAILED (\S+)", done.stdout, re.MULTILINE)


def run(row: Row, ground: Ground, scale: str, dice: Random) -> None:
    """Every mutant (full), or one by the seed (sample)."""
    for mutant in MUTANTS if scale == "full" else [MUTANTS[-1]]:
        place = ground.base / f"mutant-{MUTANTS.index(mutant)}"
        place.mkdir()
        row.check(copied(place, mutant), f"{mutant.protection}: its words are not there once")
        code, names = tested(place, mutant.tests)
        row.check(code == 1 and names != [], f"{mutant.protection} removed: no test noticed")
        row.say(f"without {mutant.protection}: {', '.join(names[:1])} fails")
        shutil.rmtree(place)

"""What an office enters survives the machine: backup, restore, drill, verify (security.md 10)."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.databases import LUOSHI, database, drop, environment, told
from tools import private_postgres


@dataclass(frozen=True)
class Office:
    """A site on disk: its folder and the environment of its commands."""

    var: Path
    environment: dict[str, str]

    def command(self, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
        """Run `luoshi` for this site."""
        return subprocess.run(
            [LUOSHI, *words],
            env=self.environment | more,
            check=False,
            capture_output=True,
            text=True,
        )

    def ok(self, *words: str) -> str:
        """Run, expecting success."""
        done = self.command(*words)
        assert done.returncode == 0, done.stderr
        return done.stdout


def empty(name: str, var: Path) -> Office:
    """A site with a fresh database of that name."""
    database(name)
    return Office(var, environment(name, var, private_postgres.OWNER))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A site that holds the demo story."""
    var = tmp_path_factory.mktemp("office")
    told("backed_up", var)
    yield Office(var, environment("backed_up", var, private_postgres.OWNER))
    drop("backed_up")


def backup(office: Office, to: Path) -> Path:
    """A backup in a folder of its own."""
    return Path(office.ok("backup", "create", "--to", str(to)).split("Backup: ")[1].strip())


def test_restored_into_an_empty_place_it_is_the_same(office: Office, tmp_path: Path) -> None:
    """§10: rows, files, trail and dates are back; a new chain names the backup and the old head."""
    made = backup(office, tmp_path)
    rows = json.loads((made / "manifest.json").read_text())["rows"]
    assert rows["matters_matter"] > 5
    again = empty("restored", tmp_path / "again")
    again.ok("backup", "restore", str(made))
    found = json.loads(again.ok("verify", "--json"))
    assert found["problems"] == []
    assert found["files"] == len(json.loads((made / "manifest.json").read_text())["files"])
    new = ("audit_", "exchange_incarnation")  # the trail's chain, the node's life
    same = {k: v for k, v in rows.items() if not k.startswith(new)}
    assert found["rows"]["exchange_incarnation"] == rows["exchange_incarnation"] + 1
    assert {k: found["rows"][k] for k in same} == same
    assert found["rows"]["audit_chain"] == rows["audit_chain"] + 1
    second = again.command("backup", "restore", str(made))
    assert second.returncode != 0
    assert "in use" in second.stderr


def test_a_drill_says_whether_a_backup_can_be_relied_on(office: Office, tmp_path: Path) -> None:
    """§10: restored to scratch, verified, counted; a damaged part is named and nothing restored."""
    made = backup(office, tmp_path)
    assert "restored and verified" in office.ok("backup", "drill", str(made))
    file = next(path for path in (made / "files").rglob("*") if path.is_file())
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    broken = office.command("backup", "drill", str(made))
    assert broken.returncode != 0
    assert file.name in broken.stderr
    shutil.rmtree(made / "files")
    assert office.command("backup", "drill", str(made)).returncode != 0


@pytest.mark.parametrize("part", ["database.dump", "manifest.json", "manifest.sig"])
def test_one_flipped_byte_is_found(office: Office, tmp_path: Path, part: str) -> None:
    """Row 19: flip one byte in each store, it is named."""
    made = backup(office, tmp_path)
    raw = bytearray((made / part).read_bytes())
    raw[len(raw) // 2] ^= 1
    (made / part).write_bytes(raw)
    done = office.command("backup", "drill", str(made))
    assert done.returncode != 0
    assert "damaged" in done.stderr or "no backup" in done.stderr


def test_a_failing_backup_leaves_nothing_behind(office: Office, tmp_path: Path) -> None:
    """§8, disk full or killed: half a backup never looks like one."""
    wrong = office.environment["DATABASE_URL"].replace("luoshi_owner", "nobody_here")
    done = office.command(
        "backup", "create", "--to", str(tmp_path), LUOSHI_OWNER_DATABASE_URL=wrong
    )
    assert done.returncode != 0
    assert list(tmp_path.iterdir()) == []


def test_verify_names_what_is_wrong_and_checks_the_rest(office: Office, tmp_path: Path) -> None:
    """§8 "corrupt page, truncated attachment, missing file": named, the rest works."""
    copy = Path(shutil.copytree(office.var / "files", tmp_path / "files"))
    files = sorted(path for path in copy.rglob("*") if path.is_file())
    files[0].unlink()
    files[1].write_bytes(files[1].read_bytes()[:-1])
    files[2].write_bytes(b"x" * files[2].stat().st_size)
    done = office.command("verify", "--json", LUOSHI_FILES=str(copy))
    assert done.returncode == 1
    found = json.loads(done.stdout)["problems"]
    assert sorted(found) == sorted(
        [
            f"file missing: {files[0].name}",
            f"file cut: {files[1].name}",
            f"file changed: {files[2].name}",
        ]
    )


def test_the_signing_key_is_readable_by_its_owner_only(office: Office, tmp_path: Path) -> None:
    """Row 18: keys are files 0600 and never part of a backup."""
    made = backup(office, tmp_path)
    assert (office.var / "signing_key").stat().st_mode & 0o777 == 0o600
    secret = (office.var / "signing_key").read_text().splitlines()[1]
    whole = b"".join(path.read_bytes() for path in made.rglob("*") if path.is_file())
    assert secret.encode() not in whole

"""`luoshi exchange drill`: real servers, relays, workers, sites and browsers under kill -9, cut
links and doubled deliveries (B16, B17; rows 50, 52, 53; S3-100, S3-101)."""

import re
import subprocess

import pytest

from tests.databases import LUOSHI
from tests.server import SERVER
from tools import private_postgres

LAST = re.compile(
    r"sent (\d+) received (\d+) lost (\d+) twice (\d+) receipts (\d+) settled ([\d.]+) s\n"
)
# the tests' server does not write through; nothing here kills it
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LUOSHI_LANGUAGE": "en", "LUOSHI_ALLOW_LOSS": "1"}


def drilled(*words: str, var: str) -> "subprocess.CompletedProcess[str]":
    """Run the command as a person does, its databases on the tests' server."""
    addresses = {
        "DATABASE_URL": SERVER.url(private_postgres.APP, "postgres"),
        "LUOSHI_OWNER_DATABASE_URL": SERVER.url(private_postgres.OWNER, "postgres"),
    }
    return subprocess.run(
        [LUOSHI, "exchange", "drill", *words],
        env=ENVIRONMENT | {"LUOSHI_VAR": var} | addresses,
        check=False,
        capture_output=True,
        text=True,
    )


@pytest.fixture
def var(tmp_path: object) -> str:
    """Where the site of the command keeps what is its own."""
    return str(tmp_path)


def test_nothing_is_lost_and_nothing_happens_twice(var: str) -> None:
    """B16: the witness counts what was accepted in the databases of those who received it."""
    done = drilled(
        *("--envelopes", "120", "--faults", "12", "--longest-cut", "4", "--seed", "7"), var=var
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("seed 7: 120 envelopes, 12 faults")
    assert len(re.findall(r"kill -9 \S+\n", done.stdout)) >= 5
    assert re.search(r"cut \w+ for [\d.]+ s", done.stdout)
    assert "4 signatures, 0 of them unknown to the sender" in done.stdout
    found = LAST.search(done.stdout)
    assert found is not None
    assert found.groups()[:5] == ("120", "120", "0", "0", "120")


@pytest.mark.full
def test_without_the_inbox_key_the_witness_sees_it(var: str) -> None:
    """B16, mutation: without its key the inbox works twice what comes twice."""
    given = ("--envelopes", "60", "--faults", "11", "--longest-cut", "2", "--seed", "3")
    done = drilled(*given, "--without", "inbox-key", var=var)
    assert done.returncode == 1, done.stdout + done.stderr
    found = LAST.search(done.stdout)
    assert found is not None
    assert int(found.group(3)) + int(found.group(4)) > 0
    assert "logs: " in done.stdout


@pytest.mark.full
def test_nodes_that_lost_their_disk_catch_up(var: str) -> None:
    """B16, security 5.7: back from a backup made in the middle of the traffic, nothing is lost that
    its sender still has, nothing works twice; who lost what it had sent is given it back."""
    given = ("--envelopes", "600", "--faults", "10", "--longest-cut", "4", "--seed", "5")
    done = drilled(*given, "--restores", "2", var=var)
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(re.findall(r"comes back from its backup of \d+ s ago", done.stdout)) == 2
    assert "0 of them worked elsewhere without its being told" in done.stdout
    found = LAST.search(done.stdout)
    assert found is not None
    assert (found.group(3), found.group(4)) == ("0", "0")

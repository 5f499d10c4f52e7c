"""`tools/keep.sh`: a killed program of `make run` comes again, one that cannot run ends the run."""

import os
import signal
import subprocess
import time
from pathlib import Path

KEEP = Path(__file__).resolve().parents[2] / "tools" / "keep.sh"
WAIT = 20


def kept(folder: Path, script: str) -> subprocess.Popen[bytes]:
    """A program that writes a line a start, under the keeper, in a group of its own as in
    `make run`."""
    told = f"echo $$ >> {folder}/starts; {script}"
    return subprocess.Popen([KEEP, "sh", "-c", told], start_new_session=True)


def starts(folder: Path, n: int) -> list[int]:
    """The numbers of the programs, once `n` were started."""
    for _try in range(WAIT * 10):
        found = folder / "starts"
        lines = found.read_text().split() if found.exists() else []
        if len(lines) >= n:
            return list(map(int, lines))
        time.sleep(0.1)
    raise AssertionError(f"{n} starts expected, {lines}")


def test_a_killed_program_comes_again_and_a_signal_to_the_group_ends_both(tmp_path: Path) -> None:
    """The one started again is another; ending the run leaves nothing behind."""
    keeper = kept(tmp_path, "exec sleep 60")
    os.kill(starts(tmp_path, 1)[0], signal.SIGKILL)
    second = starts(tmp_path, 2)[1]
    os.killpg(keeper.pid, signal.SIGTERM)
    assert keeper.wait(WAIT) != 0
    assert not Path(f"/proc/{second}").exists()
    assert len(starts(tmp_path, 2)) == 2


def test_a_signal_to_the_keeper_alone_ends_its_program(tmp_path: Path) -> None:
    """As a supervisor does that knows only its child."""
    keeper = kept(tmp_path, "exec sleep 60")
    only = starts(tmp_path, 1)[0]
    keeper.terminate()
    keeper.wait(WAIT)
    assert not Path(f"/proc/{only}").exists()


def test_what_ends_well_stays_ended(tmp_path: Path) -> None:
    """Exit 0 is the end."""
    assert kept(tmp_path, "exit 0").wait(WAIT) == 0
    assert len(starts(tmp_path, 1)) == 1


def test_what_cannot_run_is_given_up(tmp_path: Path) -> None:
    """Three quick failures: its exit code is the keeper's, so that the run ends and says so."""
    assert kept(tmp_path, "exit 7").wait(WAIT) == 7
    assert len(starts(tmp_path, 3)) == 3

"""`make run-levels`: province, city and county as three complete installations on this machine, and
the story flowing through their three NATS servers; Ctrl-C ends all.

python -m tools.run_levels                  start, in var/levels
python -m tools.run_levels code C3301 admin print an officer's second factor, good now
"""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from shlex import join
from types import FrameType

from honcho.manager import Manager

from luoshi.site.trials.levels.installations import Broken, Installation
from tools import private_postgres
from tools.announce import LUOSHI, ROOT, say
from tools.level_ground import BASE, Busy, Ground, prepare
from tools.run import only_once


def interrupt(_number: int, _frame: FrameType | None) -> None:
    """Being told to end is Ctrl-C."""
    raise KeyboardInterrupt


def ground_on(server: private_postgres.Server | None) -> Ground:
    """The ground on the private server, or on the one the environment names."""
    if server is None:
        return Ground.from_environment()
    return Ground(BASE, server.url(private_postgres.APP), server.url(private_postgres.OWNER))


def processes(installations: Mapping[str, Installation]) -> Manager:
    """Pages, jobs, and server with relay of each level, in one group."""
    manager = Manager()
    for code, here in installations.items():
        own = here.environment()
        serve = here.command("serve", "--port", str(here.ports.web), "--workers", "1")
        for name, words in (
            ("web", serve),
            ("worker", here.command("worker")),
            ("exchange", here.command("exchange", "run")),
        ):
            line = f"exec {join(words)}"
            manager.add_process(f"{code}-{name}", line, env=own, quiet=name != "web")
    return manager


def run(ground: Ground) -> int:
    """Prepare, start, wait, end everything."""
    prepare(ground, say)
    manager = processes(ground.installations())
    handed = {"DATABASE_URL": ground.app, "LUOSHI_OWNER_DATABASE_URL": ground.owner}
    # a process, not a thread: the manager forks, and a lock held by a thread would stay locked
    first = [sys.executable, "-m", "tools.tell_levels"]
    with subprocess.Popen(first, cwd=ROOT, env=os.environ | handed) as beside:
        manager.loop()
        beside.terminate()
    return 0 if manager.returncode in {None, 130, 143} else manager.returncode


def main() -> int:
    """Start the server this needs; whatever happens, end it."""
    lock = only_once(BASE)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, interrupt)
    private = "DATABASE_URL" not in os.environ
    try:
        return run(ground_on(private_postgres.start(BASE) if private else None))
    except (Busy, Broken, private_postgres.CannotStart) as problem:
        say(str(problem))
        return 1
    except subprocess.CalledProcessError as problem:
        say(f"{' '.join(map(str, problem.cmd[1:]))} failed; see the lines above.")
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        (BASE / "address").unlink(missing_ok=True)
        if private:
            private_postgres.stop(BASE)
        del lock


def code(level: str, name: str) -> int:
    """Print the code of an officer's second factor in one of the three, while they run."""
    private = "DATABASE_URL" not in os.environ
    ground = ground_on(private_postgres.describe(BASE) if private else None)
    here = ground.installations()[level]
    words = [LUOSHI, "demo", "code", name]
    return subprocess.run(words, env=here.environment(), check=False).returncode


if __name__ == "__main__":
    sys.exit(code(*sys.argv[2:4]) if sys.argv[1:2] == ["code"] else main())

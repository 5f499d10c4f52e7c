"""`make run`: database, migrations, demo story on first start, web server, worker; Ctrl-C ends all.
A killed web server, worker or exchange is started again (`keep.sh`).

python -m tools.run
"""

import fcntl
import os
import socket
import subprocess
import sys
from pathlib import Path
from shlex import quote

from honcho.manager import Manager

from tools import private_postgres
from tools.announce import LUOSHI, ROOT, TOLD, VAR, say, wanted

FIRST, TRIES = 8000, 50
KEEP = quote(str(ROOT / "tools" / "keep.sh"))


def free(port: int) -> bool:
    """Whether nobody listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def choose_port() -> int:
    """The asked or the next free port; a busy asked one ends the start."""
    asked = os.environ.get("LUOSHI_PORT")
    if asked:
        if not asked.isdigit() or not 1 <= int(asked) <= 65535:
            say(f"LUOSHI_PORT={asked!r}: expected a whole number from 1 to 65535")
            sys.exit(2)
        if not free(int(asked)):
            say(f"Port {asked} is busy. Choose another: LUOSHI_PORT=8010 make run")
            sys.exit(1)
        return int(asked)
    for port in range(FIRST, FIRST + TRIES):
        if free(port):
            if port != FIRST:
                say(f"Port {FIRST} is busy; using {port}.")
            return port
    say(f"No free port from {FIRST} to {FIRST + TRIES - 1}.")
    sys.exit(1)


def only_once(folder: Path) -> object:
    """A lock on this folder's run; a second start says so and leaves the first alone."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = (folder / "run.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        at = folder / "address"
        where = at.read_text().strip() if at.exists() else "another terminal"
        say(f"Luoshi already runs in this folder: {where}")
        sys.exit(1)
    return lock


def migrate(owner: dict[str, str]) -> None:
    """Migrate when the migrations changed."""
    stamp = VAR / "migrated"
    files = sorted((ROOT / "luoshi").rglob("migrations/*.py"))
    state = "\n".join(str(f.relative_to(ROOT)) for f in files) + owner["DATABASE_URL"]
    if not stamp.exists() or stamp.read_text() != state:
        subprocess.run([LUOSHI, "migrate", "-v0"], check=True, env=owner)
        stamp.write_text(state)
        TOLD.unlink(missing_ok=True)


def worker() -> str:
    """The worker's shell line: no sweep and no other job comes between the lines of the story."""
    wait = f"until [ -e {quote(str(TOLD))} ]; do sleep 0.2; done; " if wanted() else ""
    return f"{wait}exec {KEEP} {LUOSHI} worker"


def main() -> int:
    """Start everything, wait, end everything."""
    lock = only_once(VAR)
    port = choose_port()
    environment = os.environ | {"LUOSHI_PORT": str(port), "PYTHONUNBUFFERED": "1"}
    owner = dict(environment)
    private = "DATABASE_URL" not in os.environ
    try:
        if private:
            server = private_postgres.start(VAR)
            environment["DATABASE_URL"] = server.url(private_postgres.APP)
            owner["DATABASE_URL"] = server.url(private_postgres.OWNER)
        migrate(owner)
        manager = Manager()
        manager.add_process("web", f"exec {KEEP} {LUOSHI} serve --port {port}", env=environment)
        manager.add_process("worker", worker(), env=environment, quiet=True)
        # rests until the first neighbour is accepted, then runs this node's server and relay
        exchange = f"exec {KEEP} {LUOSHI} exchange run"
        manager.add_process("exchange", exchange, env=environment, quiet=True)
        # a process, not a thread: the manager forks, and a lock held by a thread would stay locked
        first = [sys.executable, "-m", "tools.announce", str(port)]
        with subprocess.Popen(first, cwd=ROOT, env=environment) as beside:
            manager.loop()
            beside.terminate()
        return 0 if manager.returncode in {None, 130} else manager.returncode
    except private_postgres.CannotStart as problem:
        say(str(problem))
        return 1
    except subprocess.CalledProcessError as problem:
        say(f"{' '.join(map(str, problem.cmd[1:]))} failed; see the lines above.")
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        (VAR / "address").unlink(missing_ok=True)
        if private:
            private_postgres.stop(VAR)
        del lock


if __name__ == "__main__":
    sys.exit(main())

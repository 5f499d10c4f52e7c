"""`make run`: database, migrations, demo story on first start, web server, worker; Ctrl-C ends all.

python -m tools.run
"""

import fcntl
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from shlex import quote

from honcho.manager import Manager

from tools import private_postgres

ROOT = Path(__file__).resolve().parents[1]
VAR = Path(os.environ.get("LUOSHI_VAR", ROOT / "var"))
TOLD, SIGN_INS = VAR / "told", VAR / "demo_sign_ins"
LUOSHI = str(Path(sys.executable).parent / "luoshi")
FIRST, TRIES, ANSWER_SECONDS = 8000, 50, 60


def say(words: str) -> None:
    """One line to the person who started it."""
    print(words, flush=True)


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


def only_once() -> object:
    """A lock on this folder's run; a second start says so and leaves the first alone."""
    VAR.mkdir(parents=True, exist_ok=True)
    lock = (VAR / "run.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        at = VAR / "address"
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


def wanted() -> bool:
    """Is the demo story wanted, and not told yet?"""
    off = os.environ.get("LUOSHI_DEMO", "1").lower() in {"0", "false", "no", "off"}
    return not off and not TOLD.exists()


def tell(environment: dict[str, str]) -> None:
    """Tell the demo story in an empty database and keep its sign-ins for this account."""
    say("Telling the demo story (once, about 25 seconds) …")
    command = [LUOSHI, "demo", "--if-empty"]
    done = subprocess.run(command, check=True, env=environment, stdout=subprocess.PIPE, text=True)
    if done.stdout:
        keep(done.stdout)
    TOLD.write_text("yes")


def keep(sign_ins: str) -> None:
    """Write the sign-ins down, readable by their owner only."""
    SIGN_INS.touch(mode=0o600)
    SIGN_INS.write_text(sign_ins)


def begin(port: int, environment: dict[str, str], manager: Manager) -> None:
    """While the web server starts: tell the story; then announce. A failure ends everything."""
    try:
        if wanted():
            tell(environment)
    except subprocess.CalledProcessError:
        say("The demo story could not be told; see the lines above.")
        manager.returncode = 1
        manager.terminate()
        return
    announce(port, environment)


def announce(port: int, environment: dict[str, str]) -> None:
    """Print address and sign-ins when the page answers."""
    address = f"http://127.0.0.1:{port}"
    end = time.monotonic() + ANSWER_SECONDS
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{address}/healthz/ready", timeout=2):  # noqa: S310 - our own loopback address
                break
        except urllib.error.HTTPError as answer:
            say(f"The site answers, but not everything is in order: {answer.read().decode()}")
            break
        except OSError:
            time.sleep(0.1)
    else:
        say(f"{address} does not answer after {ANSWER_SECONDS} s; see the lines above.")
        return
    (VAR / "address").write_text(address + "\n")
    if not TOLD.exists():
        subprocess.run([LUOSHI, "init", "--address", address], check=False, env=environment)
        say("Ctrl-C ends it.")
        return
    if not SIGN_INS.exists():
        command = [LUOSHI, "demo", "sign-ins"]
        done = subprocess.run(command, check=False, env=environment, capture_output=True, text=True)
        keep(done.stdout)
    say(f"\n{address}\n")
    say(SIGN_INS.read_text())
    say("Ctrl-C ends it.")


def worker() -> str:
    """The worker's shell line: no sweep and no other job comes between the lines of the story."""
    wait = f"until [ -e {quote(str(TOLD))} ]; do sleep 0.2; done; " if wanted() else ""
    return f"{wait}exec {LUOSHI} worker"


def main() -> int:
    """Start everything, wait, end everything."""
    lock = only_once()
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
        manager.add_process("web", f"exec {LUOSHI} serve --port {port}", env=environment)
        manager.add_process("worker", worker(), env=environment, quiet=True)
        threading.Thread(target=begin, args=(port, environment, manager), daemon=True).start()
        manager.loop()
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

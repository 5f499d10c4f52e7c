"""Real NATS servers on free loopback ports: a province, a city, a county in a row."""

import random
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from subprocess import Popen

from luoshi.foundation.exchange.broker import certificates, configuration, nkeys, serving
from luoshi.foundation.exchange.broker.certificates import Pair
from luoshi.foundation.exchange.broker.client import Line
from luoshi.foundation.exchange.broker.configuration import DirectLine
from luoshi.foundation.exchange.broker.topology import Neighbour, Place
from luoshi.foundation.exchange.transports.over_nats import NatsTransport

AT = datetime.now(UTC)


def free() -> int:
    """A port nobody listens on, below those the system gives to connections that go out: one of
    these may be taken between now and the server's start."""
    while True:
        port = random.randrange(20000, 32000)  # noqa: S311 - a place, no secret
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


@dataclass
class Machine:
    """A node's machine: its server's folder, ports, keys, and the running server."""

    folder: Path
    place: Place
    client: int = field(default_factory=free)
    leaf: int = field(default_factory=free)
    link: tuple[str, str] = field(default_factory=nkeys.link_key)
    authority: Pair = field(default_factory=lambda: certificates.authority("test", AT))
    running: "Popen[bytes] | None" = None
    open: list[NatsTransport] = field(default_factory=list)

    def start(self) -> None:
        """Start the server and wait until it listens."""
        self.running = serving.start(self.folder / "nats.conf", self.folder / "log")
        end = time.monotonic() + 10
        while time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.client)) == 0:
                    return
            time.sleep(0.02)
        raise AssertionError((self.folder / "log").read_text()[-2000:])

    def kill(self) -> None:
        """kill -9."""
        if self.running is not None:
            self.running.kill()
            self.running.wait()
            self.running = None

    def transport(self) -> NatsTransport:
        """This machine's end, as a fresh relay process has it; the one before is dead."""
        while self.open:
            self.open.pop().close()
        made = NatsTransport(self.place, self.folder, self.client, self.folder / "parts")
        self.open.append(made)
        return made

    def end(self) -> None:
        """Close what was opened here."""
        for one in self.open:
            one.close()
        self.kill()


def write(
    machine: Machine,
    above: Machine | None,
    below: list[Machine],
    tops: "dict[str, Machine] | None" = None,
) -> None:
    """Keys, certificates and configuration, as `configure` lays them out. `tops`: the machines
    reported to past a level."""
    tops = tops or {}
    direct = [
        DirectLine(
            Place(machine.place.code, Neighbour(code), inbox_mib=64, up_mib=32),
            f"127.0.0.1:{top.leaf}",
        )
        for code, top in tops.items()
    ]
    folder, place = machine.folder, machine.place
    folder.mkdir(parents=True, exist_ok=True)
    clients = {"relay": configuration.RELAY_NAME, "control": configuration.CONTROL_NAME}
    pairs = {"server": certificates.certificate(machine.authority, place.code, ["127.0.0.1"], AT)}
    pairs |= {k: certificates.certificate(machine.authority, n, [], AT) for k, n in clients.items()}
    for name, pair in pairs.items():
        (folder / f"{name}.pem").write_bytes(pair.certificate)
        (folder / f"{name}.key").write_bytes(pair.private)
    own = machine.authority.certificate
    (folder / "own-ca.pem").write_bytes(own)
    clients = [own]
    for line in direct:
        by = certificates.authority(line.who, AT)
        pair = certificates.certificate(by, line.who, [], AT)
        (folder / f"{line.who}.pem").write_bytes(pair.certificate)
        (folder / f"{line.who}.key").write_bytes(pair.private)
        (folder / line.authority).write_bytes(tops[line.above].authority.certificate)
        clients.append(by.certificate)
    (folder / "clients-ca.pem").write_bytes(b"".join(clients))
    (folder / "above-ca.pem").write_bytes(above.authority.certificate if above else own)
    known = b"".join(one.authority.certificate for one in below) or own
    (folder / "below-ca.pem").write_bytes(known)
    listens = configuration.Addresses(
        client=f"127.0.0.1:{machine.client}",
        leaf=f"127.0.0.1:{machine.leaf}" if below else "",
        superior=f"127.0.0.1:{above.leaf}" if above else "",
    )
    files = configuration.Files(folder)
    text = configuration.text(
        place, listens, files, seed=machine.link[0], store_mib=1024, direct=direct
    )
    (folder / "nats.conf").write_text(text)
    serving.check(folder / "nats.conf")


def linked(machines: dict[str, Machine], seconds: float = 30) -> None:
    """Provide every server and wait until each `IN` draws from all its mailboxes: a source that
    was not there yet is tried again after five seconds (measured)."""
    for machine in machines.values():
        machine.transport().fetch(1, 0.1)
    end = time.monotonic() + seconds
    for machine in machines.values():
        line = Line(machine.folder, machine.client)
        while True:
            sources = line.run(line.ask("$JS.API.STREAM.INFO.IN", {})).get("sources", [])
            if all(one["active"] != -1 for one in sources):
                break
            assert time.monotonic() < end, sources
            time.sleep(0.1)
        line.close()


@contextmanager
def three_levels(base: Path, mailbox_mib: int = 64) -> Iterator[dict[str, Machine]]:
    """P33 over C3301 and C3302, C3301 over X330101; all started, all ended."""
    sizes = {"inbox_mib": 256, "up_mib": 64}
    tree = {"P33": ("C3301", "C3302"), "C3301": ("X330101",), "C3302": (), "X330101": ()}
    above = {child: parent for parent, children in tree.items() for child in children}
    made = {code: Machine(base / code, Place(code, **sizes)) for code in tree}
    for code, machine in made.items():
        below = tuple(Neighbour(one, made[one].link[1], mailbox_mib) for one in tree[code])
        superior = Neighbour(above[code]) if code in above else None
        machine.place = replace(machine.place, superior=superior, subordinates=below)
    try:
        for code, machine in made.items():
            write(machine, made.get(above.get(code, "")), [made[one] for one in tree[code]])
            machine.start()
        linked(made)
        yield made
    finally:
        for machine in made.values():
            machine.end()

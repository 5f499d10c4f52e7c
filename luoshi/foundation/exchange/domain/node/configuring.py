"""The NATS server's folder: keys and certificates made once, the configuration made from the
registry whenever a node is accepted, suspended or changed, and checked by the server itself."""

import fcntl
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Refused
from luoshi.foundation.exchange import rules
from luoshi.foundation.exchange.broker import certificates, configuration, nkeys, serving
from luoshi.foundation.exchange.broker.configuration import DirectLine
from luoshi.foundation.exchange.broker.topology import MIB, Neighbour, Place
from luoshi.foundation.exchange.domain.queries.neighbours import connected, own_node
from luoshi.foundation.exchange.enums import BELOW, Relation
from luoshi.foundation.exchange.models import Node

SEED, LINK_NAME, CONFIGURATION = "link.seed", "link.name", "nats.conf"
STORE = re.compile(r'"max_file_store": (\d+)')
SPARE = 256
DIRECT_INBOX, DIRECT_UP = 512, 256  # MiB; information only
CLIENTS = {"relay": configuration.RELAY_NAME, "control": configuration.CONTROL_NAME}


def folder(code: str) -> Path:
    """Where the server's files lie; 0700, outside database and backup."""
    return Path(settings.CONFIG.var) / "exchange" / code


def write(path: Path, raw: bytes) -> None:
    """Put a file of 0600 in place, whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


@contextmanager
def one_writer(base: Path) -> Iterator[None]:
    """Server and relay start together and both write the configuration: one after the other."""
    handle = os.open(base / ".writing", os.O_WRONLY | os.O_CREAT, 0o600)
    with os.fdopen(handle, "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def prepare(node: Node, at: datetime) -> None:
    """Make what the server needs and is not there yet, and let the node say the public halves. The
    row is not saved."""
    base = folder(node.code)
    base.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not (base / SEED).exists():
        seed, name = nkeys.link_key()
        write(base / SEED, seed.encode())
        write(base / LINK_NAME, name.encode())
    if not (base / "own-ca.pem").exists():
        make_certificates(node, base, at)
    node.link = (base / LINK_NAME).read_text()
    node.authority = (base / "own-ca.pem").read_text()


def make_certificates(node: Node, base: Path, at: datetime) -> None:
    """An authority, the server's certificate for loopback and its address, the two clients'. The
    authority's key is not kept: another certificate means another authority, and a new card."""
    by = certificates.authority(f"luoshi {node.code}", at)
    hosts = ["127.0.0.1", "::1", "localhost", *([host_of(node.address)] if node.address else [])]
    made = {"server": certificates.certificate(by, node.code, hosts, at)}
    made |= {key: certificates.certificate(by, name, [], at) for key, name in CLIENTS.items()}
    for key, pair in made.items():
        write(base / f"{key}.pem", pair.certificate)
        write(base / f"{key}.key", pair.private)
    write(base / "own-ca.pem", by.certificate)


def host_of(address: str) -> str:
    """The host of host:port."""
    return address.rpartition(":")[0].strip("[]")


def listener(address: str) -> str:
    """Where to listen for an address neighbours connect to: itself, or every interface when it is a
    name."""
    try:
        ip_address(host_of(address))
    except ValueError:
        return f"0.0.0.0:{address.rpartition(':')[2]}"
    return address


def place() -> Place:
    """This node among its connected neighbours; a direct-report point has its mailbox like a
    subordinate."""
    superior, subordinates = None, []
    for node in connected():
        neighbour = Neighbour(node.code, node.link)
        if node.relation == Relation.SUPERIOR:
            superior = neighbour
        elif node.relation in BELOW:
            subordinates.append(neighbour)
    return Place(own_node().code, superior, tuple(subordinates))


def direct_lines() -> tuple[DirectLine, ...]:
    """The lines past a level, to the nodes this one reports to directly."""
    own = own_node().code
    return tuple(
        DirectLine(
            Place(own, Neighbour(node.code, node.link), (), DIRECT_INBOX, DIRECT_UP), node.address
        )
        for node in connected().filter(relation=Relation.REPORTED_TO).order_by("code")
    )


def addresses() -> configuration.Addresses:
    """Where this node's server listens, and where its superior's does."""
    own = own_node()
    superior = connected().filter(relation=Relation.SUPERIOR).first()
    return configuration.Addresses(
        client=f"127.0.0.1:{settings.CONFIG.exchange_port}",
        leaf=listener(own.address) if own.address else "",
        superior=superior.address if superior else "",
    )


def written_store(base: Path) -> int:
    """The size of the store as last written: a running server takes no smaller one (measured)."""
    path = base / CONFIGURATION
    found = STORE.search(path.read_text()) if path.exists() else None
    return int(found.group(1)) // MIB if found else 0


def configure(*, actor: Actor, at: datetime) -> Path:
    """Write the configuration and let the server check it; the old one stays when it refuses.
    Refused: link keys that are not those of this node's card, a configuration the server does not
    take."""
    ensure(rules.may_enter_nodes(actor))
    own = own_node()
    base = folder(own.code)
    if not (base / LINK_NAME).exists() or (base / LINK_NAME).read_text() != own.link:
        raise Refused(
            _("Not written: the link keys on this machine are not those of this node's card."),
            next_steps=(
                _("Put the sealed copy of the keys back, or connect to the neighbours anew."),
            ),
            code="other-link",
        )
    with one_writer(base):
        changed = written(base, own, at)
    if changed:
        with acting(actor=actor, at=at):
            record("exchange.configured", actor=actor, at=at, obj=own)
    return base / CONFIGURATION


def write_authorities(base: Path, own: Node, direct: Sequence[DirectLine], at: datetime) -> None:
    """Whom the server believes: the neighbours, and its own clients. A line past a level has a
    client of its own, whose certificate is made here once."""
    known = connected().exclude(authority="")
    files = {
        "below-ca.pem": known.filter(relation__in=BELOW),
        "above-ca.pem": known.filter(relation=Relation.SUPERIOR),
    }
    files |= {line.authority: known.filter(code=line.above) for line in direct}
    for name, rows in files.items():
        write(base / name, ("".join(row.authority for row in rows) or own.authority).encode())
    clients = [(base / "own-ca.pem").read_bytes()]
    for line in direct:
        if not (base / f"{line.who}-ca.pem").exists():
            by = certificates.authority(line.who, at)
            made = certificates.certificate(by, line.who, [], at)
            write(base / f"{line.who}.key", made.private)
            write(base / f"{line.who}.pem", made.certificate)
            write(base / f"{line.who}-ca.pem", by.certificate)
        clients.append((base / f"{line.who}-ca.pem").read_bytes())
    write(base / "clients-ca.pem", b"".join(clients))


def written(base: Path, own: Node, at: datetime) -> bool:
    """Put the configuration in place once the server takes it; whether it is another one."""
    here, direct = place(), direct_lines()
    write_authorities(base, own, direct, at)
    needed = here.needed_mib() + sum(line.place.needed_mib() for line in direct)
    text = configuration.text(
        here,
        addresses(),
        configuration.Files(base),
        seed=(base / SEED).read_text(),
        store_mib=max(needed + SPARE, written_store(base)),
        direct=direct,
    )
    candidate = base / f"new-{CONFIGURATION}"
    write(candidate, text.encode())
    try:
        serving.check(candidate)
    except serving.BadConfiguration as error:
        raise Refused(
            _("Not written: the server does not take this configuration."),
            str(error),
            code="bad-configuration",
        ) from error
    changed = not (base / CONFIGURATION).exists() or (base / CONFIGURATION).read_text() != text
    candidate.replace(base / CONFIGURATION)
    return changed

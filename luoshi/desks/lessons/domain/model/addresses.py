"""Which addresses a local model may stand at: this machine and the private ranges, nothing else.

Pure and light, for the settings are read with it before anything else is there. Link-local
addresses are none: cloud machines answer there with their own secrets.
"""

import socket
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

INSIDE = tuple(
    ip_network(word)
    for word in (
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "127.0.0.0/8",
        "::1/128",
        "fc00::/7",
    )
)


class NotInside(ValueError):
    """The address is not one of the office network."""


@dataclass(frozen=True)
class Endpoint:
    """Where the model listens."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """Host and port as an HTTP header has them."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        usual = {"http": 80, "https": 443}[self.scheme]
        return name if self.port == usual else f"{name}:{self.port}"


def endpoint(url: str) -> Endpoint:
    """The parts of an http(s) address without user, query or fragment; `ValueError` else."""
    parts = urlsplit(url)
    wrong = parts.username or parts.password or parts.query or parts.fragment
    if parts.scheme not in {"http", "https"} or not parts.hostname or wrong:
        raise ValueError(url)
    port = parts.port or {"http": 80, "https": 443}[parts.scheme]
    return Endpoint(parts.scheme, parts.hostname, port, parts.path.rstrip("/"))


def inside(address: str) -> bool:
    """Whether an IP address is this machine or in a private range."""
    found = ip_address(address.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None)
    return any((mapped or found) in network for network in INSIDE)


def resolved(where: Endpoint) -> list[str]:
    """Every IP address of the host; `OSError` when the name is unknown now."""
    rows = socket.getaddrinfo(where.host, where.port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in rows))


def chosen(where: Endpoint, allowed: tuple[str, ...] = ()) -> str:
    """The IP address to connect to. All of the host's addresses must be inside, unless the host is
    allowed by name: `NotInside`. `OSError` when the name is unknown now."""
    found = resolved(where)
    if not found:
        raise OSError(where.host)
    if where.host not in allowed and not all(inside(one) for one in found):
        raise NotInside(where.host)
    return found[0]

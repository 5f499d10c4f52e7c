"""The server's configuration as text, from the node's place; nothing in it is written by hand."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from luoshi.foundation.exchange.broker.topology import MIB, Place, leaf_rights

ACCOUNT, SYSTEM, DIRECT = "LUOSHI", "SYS", "DIRECT"
RELAY_NAME, CONTROL_NAME = "luoshi relay", "luoshi control"
MAX_PAYLOAD = MIB


@dataclass(frozen=True)
class Addresses:
    """Where the server listens: `client` on loopback for the relay, `leaf` for subordinates
    (empty: none), `superior` the address of the superior's leaf listener (empty: none)."""

    client: str
    leaf: str = ""
    superior: str = ""


@dataclass(frozen=True)
class DirectLine:
    """A line past a level to a node this one reports to: an account of its own on this server, so
    that nothing passes between it and the line to the superior. `place`: this node below that one;
    `address`: of its leaf listener."""

    place: Place
    address: str

    @property
    def above(self) -> str:
        """The code of the node reported to."""
        return self.place.superior.code if self.place.superior else ""

    @property
    def account(self) -> str:
        """The account of the line."""
        return f"{DIRECT}_{self.above}"

    @property
    def who(self) -> str:
        """As whom the relay signs in; its certificate has that name."""
        return f"direct-{self.above}"

    @property
    def authority(self) -> str:
        """The file with that node's authority."""
        return f"above-{self.above}-ca.pem"


@dataclass(frozen=True)
class Files:
    """The folder with keys, certificates and store. `server.pem`, `server.key`: for both
    listeners; `own-ca.pem`: our authority; `clients-ca.pem`: those that signed our own
    clients' certificates; `below-ca.pem`, `above-ca.pem`: the neighbours'."""

    folder: Path

    def at(self, name: str) -> str:
        """A file's full path."""
        return str(self.folder / name)


def quoted(value: Any) -> str:
    """A text, number, list or mapping in the server's own notation, which takes JSON."""
    return json.dumps(value, ensure_ascii=True)


def tls(files: Files, authority: str, **more: Any) -> dict[str, Any]:
    """Both sides show a certificate."""
    names = {"cert_file": "server.pem", "key_file": "server.key", "ca_file": authority}
    return {key: files.at(name) for key, name in names.items()} | more


def users(place: Place) -> list[dict[str, Any]]:
    """The relay by its certificate, each subordinate's link by its nkey with its rights."""
    found: list[dict[str, Any]] = [{"user": f"CN={RELAY_NAME}"}]
    for one in place.subordinates:
        publish, subscribe = leaf_rights(place.code, one.code)
        rights = {"publish": {"allow": publish}, "subscribe": {"allow": subscribe}}
        found.append({"nkey": one.link, "permissions": rights})
    return found


def leafnodes(
    place: Place, addresses: Addresses, files: Files, seed: str, direct: Sequence[DirectLine]
) -> dict[str, Any]:
    """The links: those let in from below, and those to above."""
    found: dict[str, Any] = {}
    if addresses.leaf and place.subordinates:
        found["listen"] = addresses.leaf
        found["tls"] = tls(files, "below-ca.pem", verify=True, timeout=5)
    above = [(line.address, line.account, line.authority) for line in direct]
    if addresses.superior and place.superior is not None:
        above.insert(0, (addresses.superior, ACCOUNT, "above-ca.pem"))
    if above:
        found["reconnect"] = "1s"
        found["remotes"] = [
            {
                "urls": [f"tls://{address}"],
                "account": account,
                "nkey": seed,
                "tls": tls(files, authority, timeout=5),
            }
            for address, account, authority in above
        ]
    return found


def text(
    place: Place,
    addresses: Addresses,
    files: Files,
    *,
    seed: str = "",
    store_mib: int = 0,
    direct: Sequence[DirectLine] = (),
) -> str:
    """The whole configuration. Refused with `ValueError`: a store smaller than the streams' sum,
    for then a full store would stop a mailbox that is not."""
    needed = place.needed_mib() + sum(line.place.needed_mib() for line in direct)
    store = store_mib or needed + 256
    if store < needed:
        raise ValueError(f"store of {store} MiB for streams of {needed} MiB")
    value: dict[str, Any] = {
        "server_name": place.code,
        "listen": addresses.client,
        "max_payload": MAX_PAYLOAD,
        "tls": tls(files, "clients-ca.pem", verify_and_map=True, timeout=5),
        "jetstream": {
            "domain": place.code,
            "store_dir": files.at("store"),
            "max_memory_store": 0,
            "max_file_store": store * MIB,
            "sync_interval": "always",
        },
        "accounts": {
            ACCOUNT: {"jetstream": "enabled", "users": users(place)},
            **{
                line.account: {"jetstream": "enabled", "users": [{"user": f"CN={line.who}"}]}
                for line in direct
            },
            SYSTEM: {"users": [{"user": f"CN={CONTROL_NAME}"}]},
        },
        "system_account": SYSTEM,
        "pid_file": files.at("nats.pid"),
    }
    links = leafnodes(place, addresses, files, seed, direct)
    if links:
        value["leafnodes"] = links
    return "".join(f"{key}: {quoted(one)}\n" for key, one in value.items())

"""The server's configuration as text, from the node's place; nothing in it is written by hand."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from luoshi.foundation.exchange.broker.topology import MIB, Place, leaf_rights

ACCOUNT, SYSTEM = "LUOSHI", "SYS"
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
class Files:
    """The folder with keys, certificates and store. `server.pem`, `server.key`: for both
    listeners; `own-ca.pem`: our authority; `below-ca.pem`, `above-ca.pem`: the neighbours'."""

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


def leafnodes(place: Place, addresses: Addresses, files: Files, seed: str) -> dict[str, Any]:
    """The links: those let in from below, and the one to above."""
    found: dict[str, Any] = {}
    if addresses.leaf and place.subordinates:
        found["listen"] = addresses.leaf
        found["tls"] = tls(files, "below-ca.pem", verify=True, timeout=5)
    if addresses.superior and place.superior is not None:
        found["reconnect"] = "2s"
        found["remotes"] = [
            {
                "urls": [f"tls://{addresses.superior}"],
                "account": ACCOUNT,
                "nkey": seed,
                "tls": tls(files, "above-ca.pem", timeout=5),
            }
        ]
    return found


def text(
    place: Place, addresses: Addresses, files: Files, *, seed: str = "", store_mib: int = 0
) -> str:
    """The whole configuration. Refused with `ValueError`: a store smaller than the streams' sum,
    for then a full store would stop a mailbox that is not."""
    store = store_mib or place.needed_mib() + 256
    if store < place.needed_mib():
        raise ValueError(f"store of {store} MiB for streams of {place.needed_mib()} MiB")
    value: dict[str, Any] = {
        "server_name": place.code,
        "listen": addresses.client,
        "max_payload": MAX_PAYLOAD,
        "tls": tls(files, "own-ca.pem", verify_and_map=True, timeout=5),
        "jetstream": {
            "domain": place.code,
            "store_dir": files.at("store"),
            "max_memory_store": 0,
            "max_file_store": store * MIB,
            "sync_interval": "always",
        },
        "accounts": {
            ACCOUNT: {"jetstream": "enabled", "users": users(place)},
            SYSTEM: {"users": [{"user": f"CN={CONTROL_NAME}"}]},
        },
        "system_account": SYSTEM,
        "pid_file": files.at("nats.pid"),
    }
    links = leafnodes(place, addresses, files, seed)
    if links:
        value["leafnodes"] = links
    return "".join(f"{key}: {quoted(one)}\n" for key, one in value.items())

"""Found three installations and connect neighbours, each by its own officers."""

from concurrent.futures import ThreadPoolExecutor

from luoshi.site.trials.levels.installations import Installation
from luoshi.site.trials.levels.places import LEVELS

SUPERIOR, SUBORDINATE = "superior", "subordinate"


def found_all(installations: dict[str, Installation], password: str) -> None:
    """Found every installation in its migrated database, and connect neighbours."""
    found_each(installations, password)
    connect_all(installations)


def found_each(installations: dict[str, Installation], password: str) -> None:
    """Found every installation, two at a time; none has a neighbour yet."""

    def one(here: Installation) -> None:
        here.folder.mkdir(parents=True, exist_ok=True)
        address = f"127.0.0.1:{here.ports.leaf}"
        here.inside("found", code=here.code, password=password, address=address)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(one, installations.values()))


def connect_all(installations: dict[str, Installation]) -> None:
    """Connect each level with the one above, from the top down."""
    for level in LEVELS:
        if level.above:
            connect(installations[level.above], installations[level.code])


def connect(above: Installation, below: Installation) -> None:
    """A superior and its subordinate: the card down with the spoken code, the card back up, both
    fingerprints compared, both accepted."""
    down, up = above.folder / f"card-{below.code}", below.folder / f"card-{above.code}"
    spoken = above.inside("enter", code=below.code, relation=SUBORDINATE, card=str(down))["spoken"]
    theirs = below.inside("take", card=str(down), spoken=spoken, relation=SUPERIOR, back=str(up))
    ours = above.inside("answer", code=below.code, card=str(up))
    above.inside("accept", code=below.code, fingerprint=ours["fingerprint"])
    below.inside("accept", code=above.code, fingerprint=theirs["fingerprint"])

"""The limited process that parses one upload: `python -I … ROOT PATH [mode …]`, JSON on stdout.

Modes: none = text and tables, of a document of pages at most the first `FIRST`; `whole` = of all
pages; `pages N M` = what stands on pages N to M; `join KIND` = the text of all pages, PATH being a
folder of such ranges; `table` = the ledger a spreadsheet holds.

Runs with an empty environment, 512 MiB of memory, 20 s of CPU and 20 MB of output. Exit codes:
0 text follows; 3 no text layer; 4 damaged; 5 cannot be read here; 6 too heavy.
"""

import ctypes
import json
import resource
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

MEMORY, CPU, OUTPUT = 512 * 1024 * 1024, 20, 20 * 1024 * 1024
FIRST = 40  # pages read while somebody waits
NO_TEXT, DAMAGED, UNREADABLE, HEAVY = 3, 4, 5, 6
NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000


def limit() -> None:
    """Bind this process before any parser is imported."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU, CPU))
    resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT, OUTPUT))
    resource.setrlimit(resource.RLIMIT_NPROC, (64, 64))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    ctypes.CDLL(None).unshare(NEW_USER | NEW_NETWORK)  # no network, where the kernel allows it


def text_in(path: Path) -> dict[str, Any]:
    """The text of a document and its tables; of a long one the first pages, and how many it has."""
    from luoshi.foundation.reading.sources import pages, read_text  # noqa: PLC0415 - after limits

    count = pages.count_pages(path)
    if count <= FIRST:
        return shown(read_text(path))
    source = pages.assemble(pages.read_pages(path, 1, FIRST), pages.kind_of(path))
    return shown(source) | {"pages": count, "partial": True}


def whole_in(path: Path) -> dict[str, Any]:
    """The text of a document of any length and its tables."""
    from luoshi.foundation.reading.sources import read_text  # noqa: PLC0415 - after the limits

    return shown(read_text(path))


def shown(source: Any) -> dict[str, Any]:
    """A source as plain values."""
    found = asdict(source) | {"partial": False}
    del found["kind"]
    return found


def pages_in(path: Path, first: str, last: str) -> dict[str, Any]:
    """What stands on a range of pages."""
    from luoshi.foundation.reading.sources import pages  # noqa: PLC0415 - after the limits are set

    return {"pages": [page.to_json() for page in pages.read_pages(path, int(first), int(last))]}


def joined(folder: Path, kind: str) -> dict[str, Any]:
    """The text of a document whose ranges of pages stand in a folder. Raises `NoText`."""
    from luoshi.foundation.reading.sources import NoText, pages  # noqa: PLC0415 - after the limits

    raw = [json.loads(path.read_bytes())["pages"] for path in sorted(folder.iterdir())]
    source = pages.assemble([pages.Page.from_json(one) for part in raw for one in part], kind)
    if not source.text.strip():
        raise NoText(folder.name)
    return shown(source)


def table_in(path: Path) -> dict[str, Any]:
    """The ledger a spreadsheet holds; none where no row looks like its heading."""
    from luoshi.foundation.reading.ledgers import grid, table  # noqa: PLC0415 - after the limits

    try:
        return {"table": asdict(table.find_table(grid.read_grids(path)))}
    except table.NoTable:
        return {"table": None}


MODES: dict[str, Callable[..., dict[str, Any]]] = {
    "": text_in,
    "whole": whole_in,
    "pages": pages_in,
    "join": joined,
    "table": table_in,
}


def main() -> int:
    """Read and print JSON."""
    limit()
    root, path = sys.argv[1], Path(sys.argv[2])
    mode, *more = sys.argv[3:] or [""]
    sys.path.insert(0, root)
    from luoshi.foundation.reading import sources  # noqa: PLC0415 - after the limits are set

    try:
        found = MODES[mode](path, *more)
    except sources.NoText:
        return NO_TEXT
    except sources.CannotRead:
        return UNREADABLE
    except MemoryError:
        return HEAVY
    except Exception:
        return DAMAGED
    out = json.dumps(found, ensure_ascii=False)
    if len(out.encode()) > OUTPUT:
        return HEAVY
    sys.stdout.buffer.write(out.encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The limited process that parses one upload: `python -I … ROOT PATH [table]`, JSON on stdout: text
and tables, or with `table` the ledger a spreadsheet holds.

Runs with an empty environment, 512 MiB of memory, 20 s of CPU and 20 MB of output. Exit codes:
0 text follows; 3 no text layer; 4 damaged; 5 cannot be read here; 6 too heavy.
"""

import ctypes
import json
import resource
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

MEMORY, CPU, OUTPUT = 512 * 1024 * 1024, 20, 20 * 1024 * 1024
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
    """The text of a document and its tables."""
    from luoshi.foundation.reading import sources  # noqa: PLC0415 - after the limits are set

    source = sources.read_text(path)
    return {"text": source.text, "tables": source.tables}


def table_in(path: Path) -> dict[str, Any]:
    """The ledger a spreadsheet holds; none where no row looks like its heading."""
    from luoshi.foundation.reading.ledgers import grid, table  # noqa: PLC0415 - after the limits

    try:
        return {"table": asdict(table.find_table(grid.read_grids(path)))}
    except table.NoTable:
        return {"table": None}


def main() -> int:
    """Read and print JSON."""
    limit()
    root, path = sys.argv[1], Path(sys.argv[2])
    sys.path.insert(0, root)
    from luoshi.foundation.reading import sources  # noqa: PLC0415 - after the limits are set

    try:
        found = table_in(path) if sys.argv[3:] == ["table"] else text_in(path)
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

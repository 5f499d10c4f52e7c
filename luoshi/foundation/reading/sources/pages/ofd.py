"""The pages of an OFD (GB/T 33190) through ofdkit: text runs with their places in millimetres."""

from pathlib import Path

from luoshi.foundation.reading.sources.pages.page import Page, Run


def ofd_count(path: Path) -> int:
    """How many pages."""
    import ofdkit  # noqa: PLC0415 - heavy, only in the reading child

    with ofdkit.open(str(path)) as document:
        return len(document.pages)


def ofd_pages(path: Path, first: int, last: int) -> list[Page]:
    """Pages `first` to `last`, from 1; text drawn twice at one place (false bold) stands once.
    A page without text counts as a picture: OFD has no other way to show a scan."""
    import ofdkit  # noqa: PLC0415 - heavy, only in the reading child

    found = []
    with ofdkit.open(str(path)) as document:
        for number, page in enumerate(document.pages[first - 1 : last], start=first):
            runs: dict[tuple[str, int, int], Run] = {}
            for one in page.runs:
                text = one.text.rstrip()
                bare = text.lstrip()
                if bare:
                    size = max(one.size, 0.1)
                    inside = (len(text) - len(bare)) * size
                    key = (text, round(one.x * 4), round(one.y * 4))
                    end = max(one.x + one.width, one.x + inside)
                    runs.setdefault(key, Run(bare, one.x + inside, end, one.y, size))
            found.append(
                Page(number, page.width, page.height, list(runs.values()), [], pictured=not runs)
            )
    return found

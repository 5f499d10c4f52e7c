"""The site's unit names, handed in as plain data; None = read units by grammar alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from python_calamine import CalamineWorkbook


@dataclass(frozen=True)
class UnitNames:
    """Every known name → unit code; collective names have the code ""."""

    codes: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, names: Mapping[str, Iterable[str]]) -> "UnitNames":
        """From code → names."""
        return cls({name: code for code, known in names.items() for name in known if name})

    @classmethod
    def from_xlsx(cls, path: Path) -> "UnitNames":
        """From a unit tree workbook (code, name, short name, aliases; second sheet groups)."""
        book = CalamineWorkbook.from_path(str(path))
        codes: dict[str, str] = {}
        rows = book.get_sheet_by_index(0).to_python()[1:]
        for cells in rows:
            code, name, short = (str(cell).strip() for cell in cells[:3])
            aliases = [alias.strip() for alias in str(cells[3]).split("；")]
            codes.update({known: code for known in (name, short, *aliases) if known})
        if len(book.sheet_names) > 1:
            for cells in book.get_sheet_by_index(1).to_python()[1:]:
                codes.setdefault(str(cells[0]).strip(), "")
        return cls(codes)

    def code(self, name: str) -> str | None:
        """The code of a name; "" for a collective name; None when unknown."""
        return self.codes.get(name)

"""One readable table: fault | cases | lost | twice | wrong | ok, with the seed."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass
class Row:
    """What a row found. `lost`: acknowledged and not there; `twice`: there more than once;
    `wrong`: any other broken promise. `history` says what, for the first few."""

    fault: str
    seed: int = 0
    cases: int = 0
    lost: int = 0
    twice: int = 0
    wrong: int = 0
    seconds: float = 0.0
    history: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether it ran and every promise was kept."""
        return self.cases > 0 and not (self.lost or self.twice or self.wrong)

    def count(self, found: int, what: str) -> None:
        """One acknowledged act was found so many times; it must be once."""
        self.cases += 1
        if found == 0:
            self.lost += 1
            self.say(f"lost: {what}")
        elif found > 1:
            self.twice += 1
            self.say(f"{found} times: {what}")

    def check(self, right: bool, what: str) -> None:
        """One promise."""
        self.cases += 1
        if not right:
            self.wrong += 1
            self.say(f"wrong: {what}")

    def say(self, line: str) -> None:
        """Keep the first lines of the history."""
        if len(self.history) < 20:
            self.history.append(line)

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self) | {"ok": self.ok}


HEAD = ("fault", "cases", "lost", "twice", "wrong", "ok")


def line(row: Row) -> str:
    """A row of the printed table."""
    word = "ok" if row.ok else "FAILED"
    figures = f"{row.cases:>7} {row.lost:>5} {row.twice:>6} {row.wrong:>6}"
    return f"{row.fault:34s} {figures}  {word:6s} {row.seconds:6.1f} s  seed {row.seed}"


def head() -> str:
    """The head of the printed table."""
    fault, cases, lost, twice, wrong, ok = HEAD
    return f"{fault:34s} {cases:>7} {lost:>5} {twice:>6} {wrong:>6}  {ok}"

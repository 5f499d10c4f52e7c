"""Acts that rooms above add to `luoshi exchange`."""

from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class More:
    """One act: its help in the language of the command line, its arguments, and what it does with
    them; `run` is given the options and how to say a line."""

    help: Callable[[], str]
    arguments: Callable[[ArgumentParser], None]
    run: Callable[[dict[str, Any], Callable[[object], None]], None]


MORE: dict[str, More] = {}

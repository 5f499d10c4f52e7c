"""Every public verb leaves its trace: what takes an actor and an instant writes to the trail."""

import ast
from functools import cache
from pathlib import Path

LUOSHI = Path(__file__).resolve().parents[2] / "luoshi"
WRITERS = {"record", "record_denied"}
# What changes nothing of its own, each with its reason.
SILENT = {
    "foundation/audit/domain/acting.py:acting": "the transaction that writes the entries",
    "foundation/audit/domain/recording.py:record": "the entry itself",
    "foundation/organizations/domain/repeating.py:once_by_key": "runs another verb once",
    "site/domain/publishing.py:preview_edition": "shows what would move, writes nothing",
}


@cache
def module(path: Path) -> ast.Module:
    """The parsed file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def verbs() -> list[tuple[Path, ast.FunctionDef]]:
    """Public functions of every `domain` package that take `actor` and `at` by name."""
    found = []
    for path in sorted(LUOSHI.rglob("domain/**/*.py")):
        if "queries" in path.parts or path.name == "__init__.py":
            continue
        for node in module(path).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                names = {argument.arg for argument in node.args.kwonlyargs}
                if {"actor", "at"} <= names:
                    found.append((path, node))
    return found


@cache
def functions(path: Path) -> dict[str, tuple[Path, ast.FunctionDef]]:
    """Name → function, of a file and of what it imports from our own domain packages."""
    known = {}
    for node in ast.walk(module(path)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("luoshi."):
            target = LUOSHI.parent / Path(*(node.module or "").split("."))
            for name in node.names:
                for file in (target.with_suffix(".py"), target / f"{name.name}.py"):
                    if file.exists():
                        for one in module(file).body:
                            if isinstance(one, ast.FunctionDef):
                                known[f"{name.name}.{one.name}"] = (file, one)
                                if one.name == name.name:
                                    known[name.asname or name.name] = (file, one)
    for node in module(path).body:
        if isinstance(node, ast.FunctionDef):
            known[node.name] = (path, node)
    return known


def writes(path: Path, function: ast.FunctionDef, seen: frozenset[str] = frozenset()) -> bool:
    """Whether a call of `record` is reached from the function's body."""
    here = functions(path)
    for node in ast.walk(function):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        if called in WRITERS or called.split(".")[-1] in WRITERS:
            return True
        key = f"{path}:{called}"
        if called in here and key not in seen and writes(*here[called], seen | {key}):
            return True
    return False


def test_every_public_verb_writes_its_entry() -> None:
    """Security 6, contract of the trail: no verb without an entry, in every `domain` package."""
    found = verbs()
    assert len(found) > 100
    quiet = [(path, one.name) for path, one in found if not writes(path, one)]
    silent = {f"{path.relative_to(LUOSHI)}:{name}" for path, name in quiet}
    assert silent == set(SILENT)

"""Sizes that keep the house livable (STYLE.md, Budgets)."""

import ast
import gzip
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LUOSHI = ROOT / "luoshi"
UNCOUNTED = {"__init__.py", "__pycache__", "migrations", "locale"}


def sources() -> Iterator[Path]:
    """Our Python files."""
    for path in sorted(LUOSHI.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path


def lines(path: Path) -> int:
    """Lines of a file."""
    return len(path.read_text(encoding="utf-8").splitlines())


def test_python_files_within_ceiling() -> None:
    """No file of the product passes 400 lines, no test 600."""
    over = {str(p): lines(p) for p in sources() if lines(p) > 400}
    over |= {str(p): lines(p) for p in (ROOT / "tests").rglob("*.py") if lines(p) > 600}
    assert over == {}


def test_functions_and_classes_within_ceiling() -> None:
    """A function has at most 50 lines, a class 150."""
    over = []
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                size = (node.end_lineno or node.lineno) - node.lineno + 1
                limit = 150 if isinstance(node, ast.ClassDef) else 50
                if size > limit:
                    over.append((str(path.relative_to(ROOT)), node.name, size))
    assert over == []


def test_public_functions_have_docstrings() -> None:
    """What it changes, what it refuses: every public function says it."""
    bare = []
    for path in sources():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if ast.get_docstring(tree) is None and path.name != "__init__.py":
            bare.append(str(path.relative_to(ROOT)))
        for node in tree.body:
            public = isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
            if public and ast.get_docstring(node) is None:
                bare.append(f"{path.relative_to(ROOT)}:{node.name}")
    assert bare == []


def test_templates_within_ceiling() -> None:
    """A template has at most 120 lines."""
    assert {str(p): lines(p) for p in LUOSHI.rglob("*.html") if lines(p) > 120} == {}


def test_folders_not_crowded() -> None:
    """A folder has at most 15 entries, an app's root 16."""
    crowded = {}
    for folder in [LUOSHI, *(p for p in LUOSHI.rglob("*") if p.is_dir())]:
        if UNCOUNTED & set(folder.parts):
            continue
        count = sum(1 for child in folder.iterdir() if child.name not in UNCOUNTED)
        if count > (16 if (folder / "apps.py").exists() else 15):
            crowded[str(folder.relative_to(ROOT))] = count
    assert crowded == {}


def test_css_and_js_weigh_little() -> None:
    """CSS ≤ 60 KB raw and 15 KB gzip, own JS ≤ 20 KB gzip, files ≤ 300 and 60 lines."""
    css = sorted(LUOSHI.rglob("*.css"))
    js = sorted(LUOSHI.rglob("static/luoshi/js/*.js"))
    raw = b"".join(path.read_bytes() for path in css)
    assert len(raw) <= 60_000
    assert len(gzip.compress(raw)) <= 15_000
    assert len(gzip.compress(b"".join(path.read_bytes() for path in js))) <= 20_000
    assert {p.name: lines(p) for p in css if lines(p) > 300} == {}
    assert {p.name: lines(p) for p in js if lines(p) > 60} == {}


def test_dark_tokens_stand_twice_and_equal() -> None:
    """The dark block is repeated under prefers-color-scheme for the automatic theme."""
    text = (LUOSHI / "foundation/core/static/luoshi/css/tokens.css").read_text()
    chosen = text.split(":root[data-theme=dark] {")[1].split("}")[0]
    auto = text.split(":root[data-theme=auto] {")[1].split("}")[0]
    assert [line.strip() for line in chosen.splitlines()] == [
        line.strip() for line in auto.splitlines()
    ]

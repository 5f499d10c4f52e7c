"""The project speaks of the product alone, and its references hold."""

import ast
import re
from pathlib import Path

from django.template.loader import get_template
from django.urls import get_resolver

ROOT = Path(__file__).resolve().parents[2]
LUOSHI = ROOT / "luoshi"
TEXTS = {".py", ".html", ".md", ".toml", ".txt", ".in", ".lock", ".sh", ".css", ".js", ".typ"}


def texts() -> list[Path]:
    """Every text file of the project."""
    roots = [LUOSHI, ROOT / "tools", ROOT / "docs", ROOT / "tests"]
    found = [p for r in roots for p in r.rglob("*") if p.suffix in TEXTS and p.is_file()]
    found = [p for p in found if "data" not in p.parts]
    return found + [p for p in ROOT.iterdir() if p.suffix in TEXTS and p.is_file()]


def test_locks_name_no_host() -> None:
    """Lock files carry versions and hashes only."""
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text()
        assert re.findall(r"https?://", text) == []
        assert "--hash=sha256:" in text


def test_no_machine_path_in_the_project() -> None:
    """No path of a machine, and no folder outside the repository."""
    pattern = re.compile(r"/(?:work|home|root|Users)/|\.\./" + "shared")
    found = [str(p) for p in texts() if pattern.search(p.read_text(encoding="utf-8"))]
    assert found == []


def test_templates_compile_and_their_includes_exist() -> None:
    """Every template compiles; includes and extends are found."""
    for path in LUOSHI.rglob("templates/**/*.html"):
        name = path.relative_to(next(p for p in path.parents if p.name == "templates"))
        text = path.read_text(encoding="utf-8")
        get_template(str(name))
        for other in re.findall(r"{% (?:include|extends) \"([^\"]+)\"", text):
            get_template(other)


def names(resolver: object, space: str = "") -> set[str]:
    """Every url name with its namespace."""
    found: set[str] = set()
    for pattern in resolver.url_patterns:  # type: ignore[attr-defined]
        if hasattr(pattern, "url_patterns"):
            inner = f"{pattern.app_name}:" if pattern.app_name else ""
            found |= names(pattern, space + inner)
        elif pattern.name:
            found.add(space + pattern.name)
    return found


def test_url_names_in_strings_exist() -> None:
    """Every "app:name" in templates and code is a route."""
    known = names(get_resolver())
    spaces = {name.split(":")[0] for name in known if ":" in name}
    pattern = re.compile(
        r"(?:url|redirect\(|reverse\(|url_name=|link=)\s*[\"']((?:"
        + "|".join(spaces)
        + r"):[a-z-]+)[\"']"
    )
    used = {
        name
        for path in [*LUOSHI.rglob("*.html"), *LUOSHI.rglob("*.py")]
        for name in pattern.findall(path.read_text(encoding="utf-8"))
    }
    assert used - known == set()


def test_no_word_is_fixed_in_one_language_at_import() -> None:
    """A label written into a text while a module is read stays in the language of that moment."""
    found = []
    for path in sorted((ROOT / "luoshi").rglob("*.py")):
        left: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
        while left:
            node = left.pop()
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
                continue
            if isinstance(node, ast.JoinedStr):
                named = (one for one in ast.walk(node) if isinstance(one, ast.Attribute))
                found += [f"{path.name}:{node.lineno}" for one in named if one.attr == "label"]
            left.extend(ast.iter_child_nodes(node))
    assert found == []


def test_templates_leave_punctuation_to_the_language() -> None:
    """ui.md 12: no Chinese mark stands in a template outside a translated text, so that an English
    page has none."""
    marks = re.compile(r"[：；、，。（）]")
    found = {
        str(path.relative_to(ROOT)): marks.findall(text)
        for path in sorted((ROOT / "luoshi").rglob("*.html"))
        if (text := re.sub(r"{[%{].*?[%}]}", "", path.read_text())) and marks.search(text)
    }
    assert found == {}


def test_no_style_reaches_a_field_by_its_bare_name() -> None:
    """A rule for one page's field once made every reason of the product seven characters wide."""
    bare = re.compile(r"^\s*#id_\w+[^{]*{", re.MULTILINE)
    sheets = sorted((ROOT / "luoshi").rglob("*.css"))
    assert [path.name for path in sheets if bare.search(path.read_text())] == []

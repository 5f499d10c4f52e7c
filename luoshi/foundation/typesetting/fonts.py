"""Which face sets which role, and where the faces come from.

A site folder with licensed faces (小标宋, 仿宋_GB2312 …) goes before the faces of the wheel; the
health check says what each role really uses.
"""

import importlib.util
from dataclasses import dataclass
from pathlib import Path

import typst

WISHES: dict[str, tuple[str, ...]] = {
    "body": ("FangSong_GB2312", "FangSong", "FandolFang R", "Noto Serif SC"),
    "head": ("SimHei", "FandolHei", "Noto Sans SC"),
    "kai": ("KaiTi_GB2312", "KaiTi", "FandolKai", "Noto Serif SC"),
    "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "Noto Serif SC"),
    "mark": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "Noto Serif SC"),
}
FALLBACK = ("Noto Serif SC", "Noto Sans SC")


@dataclass(frozen=True)
class FontUse:
    """A role, the face it uses, and whether that is the face the standard names."""

    role: str
    face: str
    wished: bool


def wheel_folder() -> Path:
    """The folder of the faces that come with the installation."""
    found = importlib.util.find_spec("pylopdf_fonts_zh_cn")
    if found is None or found.origin is None:
        raise FileNotFoundError("pylopdf-fonts-zh-cn is not installed")
    return Path(found.origin).parent


def folders(site: Path | None) -> list[str]:
    """Font folders in order of preference."""
    own = [str(site)] if site is not None and site.is_dir() else []
    return [*own, str(wheel_folder())]


def families(site: Path | None) -> set[str]:
    """The families there are."""
    fonts = typst.Fonts(font_paths=folders(site), include_system_fonts=False)
    return set(fonts.families())


def chosen(site: Path | None) -> dict[str, list[str]]:
    """Role → faces in order, the chosen one first, then the fallbacks for rare characters."""
    there = families(site)
    out: dict[str, list[str]] = {}
    for role, wishes in WISHES.items():
        known = [face for face in (*wishes, *FALLBACK) if face in there]
        out[role] = list(dict.fromkeys(known))
    return out


def font_report(site: Path | None = None) -> list[FontUse]:
    """The health check: role by role."""
    return [
        FontUse(role, faces[0], faces[0] not in FALLBACK) for role, faces in chosen(site).items()
    ]

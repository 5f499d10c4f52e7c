"""Components: a name, declared props and slots, and a template. An unknown prop is an error that
names the allowed ones, so that a page cannot be misspelt into silence."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


class BadComponent(TypeError):
    """A page used a component in a way it does not declare."""


@dataclass(frozen=True)
class Component:
    """Declared once: `props` maps a name to its default (`...` = required)."""

    name: str
    props: Mapping[str, Any]
    slots: tuple[str, ...] = ()

    @property
    def template(self) -> str:
        """Where it is drawn."""
        return f"core/components/{self.name}.html"

    def context(self, given: Mapping[str, Any], slots: Mapping[str, str]) -> dict[str, Any]:
        """The template's context; raises `BadComponent`."""
        unknown = set(given) - set(self.props)
        if unknown:
            allowed = ", ".join(self.props)
            raise BadComponent(f"{self.name}: no prop {sorted(unknown)}; allowed: {allowed}")
        missing = [n for n, v in self.props.items() if v is ... and n not in given]
        if missing:
            raise BadComponent(f"{self.name}: prop {missing} is required")
        if set(slots) - set(self.slots):
            raise BadComponent(f"{self.name}: no slot {sorted(set(slots) - set(self.slots))}")
        return {**{k: v for k, v in self.props.items() if v is not ...}, **given, **slots}


COMPONENTS = {
    component.name: component
    for component in (
        Component("light", {"state": ..., "word": ""}),
        Component("late", {"amount": ..., "unit": "days", "note": ""}),
        Component("empty", {"what": ..., "why": "", "action": "", "url": ""}),
        Component(
            "field",
            {
                "name": ...,
                "label": ...,
                "value": "",
                "kind": "text",
                "hint": "",
                "optional": False,
                "errors": (),
                "choices": (),
                "rows": 3,
                "autocomplete": "",
                "id": "",
            },
        ),
        Component("errors", {"refusal": ..., "typed": ()}),
        Component("notice", {"kind": "info", "title": "", "text": ""}),
        Component(
            "turn",
            {"light": ..., "who": ..., "act": ..., "detail": "", "more": "", "word": ""},
            ("actions",),
        ),
        Component(
            "trace",
            {
                "title": ...,
                "lines": ...,
                "grid": (),
                "provisional": False,
                "other": "",
                "print_url": "",
            },
        ),
        Component("card", {"title": ..., "id": ""}, ("aside", "body")),
        Component("pager", {"page": ..., "query": ""}),
        Component("icon", {"name": ...}),
        Component("styles", {}),
        Component("scripts", {}),
        Component("keys", {"single": ...}),
    )
}

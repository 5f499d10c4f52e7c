"""`{% c "light" state=… %}` draws a component; `{% cb "card" title=… %}{% slot "aside" %}…
{% endslot %}…{% endcb %}` draws one with slots (what stands outside a slot is the slot `body`)."""

from functools import lru_cache
from typing import Any

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, Token, token_kwargs
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from luoshi.foundation.core.components.registry import COMPONENTS, BadComponent

register = template.Library()
PURE = frozenset(("light", "late", "icon", "styles", "scripts", "keys"))
BLANK = "field"  # pure as long as nobody has typed in it; what was typed is not kept in memory
PLAIN = (str, int)


def draw(
    name: str, given: dict[str, Any], slots: dict[str, str], context: template.Context
) -> SafeString:
    """Render a declared component."""
    if name not in COMPONENTS:
        raise BadComponent(f"no component {name!r}; there are: {', '.join(COMPONENTS)}")
    component = COMPONENTS[name]
    values = component.context(given, slots)
    request = context.get("request")
    found = get_template(component.template).render(values, request)
    return mark_safe(found)  # noqa: S308 - rendered by an autoescaping template


@lru_cache(maxsize=2000)
def drawn(name: str, props: tuple[tuple[str, Any], ...], language: str) -> SafeString:
    """A component that is a pure function of its props and the language, drawn once."""
    return draw(name, dict(props), {}, template.Context())


@register.simple_tag(takes_context=True)
def c(context: template.Context, component: str, **props: Any) -> SafeString:
    """A component without slots."""
    blank = component == BLANK and not props.get("value") and not props.get("errors")
    if component in PURE or blank:
        words = tuple((key, fixed(value)) for key, value in sorted(props.items()))
        return drawn(component, words, get_language() or "")
    return draw(component, props, {}, context)


def fixed(value: Any) -> Any:
    """A prop as it is compared: words of the language in force, rows of choices as tuples."""
    if isinstance(value, PLAIN):
        return value
    return tuple(fixed(one) for one in value) if isinstance(value, list | tuple) else str(value)


class SlotNode(Node):
    """The content of one slot."""

    def __init__(self, name: str, body: NodeList) -> None:
        self.name, self.body = name, body

    def render(self, context: template.Context) -> str:
        return ""


class BlockNode(Node):
    """A component with slots."""

    def __init__(self, name: str, props: dict[str, FilterExpression], body: NodeList) -> None:
        self.name, self.props, self.body = name, props, body

    def render(self, context: template.Context) -> SafeString:
        slots: dict[str, str] = {
            node.name: node.body.render(context) for node in self.body if isinstance(node, SlotNode)
        }
        rest = NodeList(node for node in self.body if not isinstance(node, SlotNode))
        if "body" in COMPONENTS[self.name].slots:
            slots["body"] = rest.render(context)
        given = {key: value.resolve(context) for key, value in self.props.items()}
        return draw(self.name, given, slots, context)


@register.tag
def cb(parser: Parser, token: Token) -> BlockNode:
    """The block form."""
    _tag, name, *bits = token.split_contents()
    props = token_kwargs(bits, parser)
    body = parser.parse(("endcb",))
    parser.delete_first_token()
    return BlockNode(name.strip("\"'"), props, body)


@register.tag
def slot(parser: Parser, token: Token) -> SlotNode:
    """One slot of a block component."""
    _tag, name = token.split_contents()
    body = parser.parse(("endslot",))
    parser.delete_first_token()
    return SlotNode(name.strip("\"'"), body)

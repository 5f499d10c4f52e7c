"""Django's `i18n` library with one change: what `{% trans %}` says of a literal is looked up once
per language. A page has eighty such words, and Django translates and escapes each every time."""

from typing import Any

from django import template
from django.template.base import Node, Parser, Token, Variable
from django.templatetags import i18n
from django.utils.translation import get_language

register = template.Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class Literal(Node):
    """A literal in the reader's language."""

    child_nodelists = ()

    def __init__(self, of: i18n.TranslateNode) -> None:
        self.of, self.name, self.known = of, of.asvar, {}  # type: ignore[var-annotated]
        of.asvar = None

    def render(self, context: template.Context) -> Any:
        language = get_language()
        word = self.known.get(language)
        if word is None:
            word = self.known[language] = self.of.render(context)
        if self.name is None:
            return word
        context[self.name] = word
        return ""


@register.tag("trans")
@register.tag("translate")
def translate(parser: Parser, token: Token) -> Node:
    """`{% trans "words" [as name] %}`; anything but a plain literal is left to Django."""
    made = i18n.do_translate(parser, token)
    said = made.filter_expression
    plain = isinstance(said.var, Variable) and said.var.literal is not None and not said.filters
    return Literal(made) if plain and not made.message_context and not made.noop else made

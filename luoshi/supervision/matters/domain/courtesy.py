"""Words of command become words of request where there is no command power (S2-89, S2-90)."""

from luoshi.foundation.organizations.enums import System
from luoshi.supervision.matters.models import Matter

REQUESTS = (
    ("责令", "商请"),
    ("责成", "商请"),
    ("严令", "商请"),
    ("务必", "请"),
    ("必须", "请"),
    ("不得", "请勿"),
    ("立即", "请尽快"),
    ("立刻", "请尽快"),
    ("限期", "请按期"),
    ("督促", "商请"),
)


def softened(text: str) -> str:
    """The text with every word of command replaced by its request; unchanged when there is none."""
    for order, request in REQUESTS:
        text = text.replace(order, request)
    return text.replace("请请", "请")


def asks(matter: Matter) -> bool:
    """Whether the office has no power of command at all: it requests handling (S2-90)."""
    return matter.office.system in (System.CPPCC, System.ASSOCIATION)

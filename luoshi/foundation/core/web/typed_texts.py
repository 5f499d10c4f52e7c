"""What a person wrote into a form that was refused: shown again to be copied, so that nothing is
lost when a page has no place of its own for the refusal."""

import re

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

SECRET = re.compile(r"pass|code|secret|token|seed|csrf|key", re.IGNORECASE)
WORDS = re.compile(r"[\u3400-\u9fff]|\w\s+\w")
MOST = 20
UNREADABLE = (SuspiciousOperation, BadRequest, MultiPartParserError, UnreadablePostError)


def typed_texts(request: HttpRequest) -> list[str]:
    """The written texts of the form, in its order, each once; never a password or a code. Choices
    and numbers are left out: they are quickly made again."""
    if request.method != "POST":
        return []
    try:
        fields = list(request.POST.lists())
    except UNREADABLE:
        return []
    texts = [
        value.strip()
        for name, values in fields
        if not SECRET.search(name)
        for value in values
        if WORDS.search(value)
    ]
    return list(dict.fromkeys(texts))[:MOST]

"""The hidden key that makes a form act once (security.md 5, rule 8)."""

import uuid

from django import template
from django.utils.html import format_html

register = template.Library()


@register.simple_tag
def submission_key() -> str:
    """A fresh random key as a hidden field."""
    return format_html('<input type="hidden" name="submission_key" value="{}">', uuid.uuid4())

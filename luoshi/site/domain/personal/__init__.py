"""The register of personal information: what is personal (`fields`), and what is not (`other`)."""

from luoshi.site.domain.personal.fields import PERSONAL, Personal
from luoshi.site.domain.personal.other import OTHER

__all__ = ["OTHER", "PERSONAL", "Personal"]

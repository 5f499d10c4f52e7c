"""`luoshi fonts`: which face each role of the papers really uses; needs no database."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.foundation.typesetting.fonts import font_report

ROLES = {
    "body": gettext_lazy("Text (Fangsong)"),
    "head": gettext_lazy("First level (Heiti)"),
    "kai": gettext_lazy("Second level (Kaiti)"),
    "title": gettext_lazy("Title (small Biaosong)"),
    "mark": gettext_lazy("Red head (small Biaosong)"),
}


class Command(BaseCommand):
    """The health check of the faces."""

    help = _("Which face each role of the papers uses, and whether it is the standard's.")
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        report = font_report(settings.FONTS)
        for use in report:
            state = _("as the standard names it") if use.wished else _("stands in")
            self.stdout.write(f"{ROLES[use.role]}: {use.face} ({state})")
        if not all(use.wished for use in report):
            words = _("Put the office's licensed faces into %(folder)s and they are used.")
            self.stdout.write(words % {"folder": settings.FONTS})

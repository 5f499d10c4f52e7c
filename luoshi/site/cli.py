"""`luoshi`: Django's management commands under the product's name, in the language asked for.

Language: `LUOSHI_LANGUAGE`, else `LANG`, else Chinese. A wrong environment variable ends the
command with exit code 2 and one sentence that names it.
"""

import os
import sys

import django
from django.core.management import execute_from_command_line
from django.utils import translation

from luoshi.site import config


def command_language() -> str:
    """The language of help and messages on the command line: "zh-hans" or "en"."""
    asked = os.environ.get("LUOSHI_LANGUAGE")
    word = (asked or os.environ.get("LANG") or "zh").lower()
    return "en" if word.startswith(("en", "c.", "posix")) or word == "c" else "zh-hans"


def main() -> None:
    """Run one command; refuses a wrong environment before anything else happens."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.site.settings")
    try:
        config.read()
    except config.WrongSetting as wrong:
        sys.stderr.write(f"luoshi: {wrong}\n")
        sys.exit(2)
    django.setup()
    translation.activate(command_language())
    execute_from_command_line(sys.argv)

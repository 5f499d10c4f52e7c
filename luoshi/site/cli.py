"""`luoshi`: Django's management commands under the product's name, in the language asked for.

Language: `LUOSHI_LANGUAGE`, else `LANG`, else Chinese. A wrong environment variable ends the
command with exit code 2 and one sentence that names it; so does an unknown command. A reader that
goes away (`| head`) ends any command silently, with the code a shell gives one that SIGPIPE ended.
"""

import gc
import gettext
import io
import os
import select
import signal
import sys
from collections.abc import Callable
from importlib import import_module

import django
from django.core.management import execute_from_command_line
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from django.utils import translation
from django.utils.translation import gettext as _

from luoshi.site import config
from luoshi.site.management.words import LISTED

COLLECTED = 50_000  # the collector's default of 700 costs a migration a fifth of its time
HELP = {"", "help", "-h", "--help"}
NOBODY_READS = 128 + signal.SIGPIPE
STREAMS = (1, 2)  # what a command says, and its errors
GENERAL = {
    "--version",
    "--verbosity",
    "--settings",
    "--pythonpath",
    "--traceback",
    "--no-color",
    "--force-color",
    "--skip-checks",
}


def speak(language: str) -> None:
    """Let pages' texts and argparse's own words come in the language of the command line."""
    translation.activate(language)
    os.environ["LANGUAGE"] = "zh_Hans" if language == "zh-hans" else "en"
    gettext.bindtextdomain("django", config.ROOT / "luoshi" / "locale")
    gettext.textdomain("django")


def overview() -> str:
    """The product's own commands, one line each."""
    lines = [_("Usage: luoshi COMMAND [options]; luoshi COMMAND --help says more."), ""]
    for name, module in LISTED.items():
        command = import_module(module).Command
        lines.append(f"  {name:8s} {command.help}")
    return "\n".join([*lines, "", _("Django's own commands (migrate, check …) work as well.")])


def stop(words: str, code: int) -> None:
    """End with one sentence on the error stream."""
    sys.stderr.write(f"luoshi: {words}\n")
    sys.exit(code)


def guarded(run: Callable[[], None]) -> None:
    """Run a command; its refusal is one sentence and its exit code, never a stack of calls."""
    try:
        run()
    except CommandError as error:
        stop(str(error), error.returncode)
    except OperationalError as error:
        reason = str(error).strip().splitlines()
        stop(_("The database does not answer: %(why)s") % {"why": reason[0] if reason else ""}, 1)


def unread(stream: int) -> bool:
    """Whether nobody is left to read a stream of this process."""
    looked = select.poll()
    looked.register(stream, select.POLLOUT)
    return any(event & (select.POLLERR | select.POLLHUP) for _stream, event in looked.poll(0))


def write_whole() -> None:
    """Under PYTHONUNBUFFERED a write that a leaving reader cuts short raises nothing and its rest
    is lost unseen; a buffer by lines writes all of it or raises."""
    if isinstance(sys.stdout.buffer, io.RawIOBase):
        how = {"encoding": sys.stdout.encoding, "errors": sys.stdout.errors}
        sys.stdout = os.fdopen(sys.stdout.fileno(), "w", buffering=1, closefd=False, **how)


def quietly(run: Callable[[], None]) -> None:
    """Run to the last word written; ends silently with 141 where its reader went away. A pipe that
    broke inside, as to a child process, is an error as ever."""
    write_whole()
    try:
        try:
            run()
        except SystemExit:
            sys.stdout.flush()
            raise
        sys.stdout.flush()
    except BrokenPipeError:
        gone = [stream for stream in STREAMS if unread(stream)]
        if not gone:
            raise
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in gone:  # else the interpreter's own last flush complains
            os.dup2(nowhere, stream)
        sys.exit(NOBODY_READS)


def main() -> None:
    """Run one command of the command line."""
    quietly(command)


def command() -> None:
    """Run one command; refuses a wrong environment before anything else happens."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.site.settings")
    try:
        language = config.command_language()
        config.read()
    except config.WrongSetting as wrong:
        stop(str(wrong), 2)
    gc.set_threshold(COLLECTED)
    django.setup()
    speak(language)
    BaseCommand.suppressed_base_arguments = GENERAL
    name, rest = (sys.argv[1:2] or [""])[0], sys.argv[2:]
    if name in HELP and not rest:
        sys.stdout.write(overview() + "\n")
        return
    if name in LISTED:
        # with --traceback Django hands a refusal on instead of printing its class
        # (before the command's own words: an act of `exchange` knows none of Django's options)
        words = [sys.argv[0], name, "--traceback", *rest]
        guarded(lambda: execute_from_command_line(words))
        return
    execute_from_command_line(sys.argv)

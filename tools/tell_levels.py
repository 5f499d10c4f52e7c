"""Beside the processes of `make run-levels`: print addresses and sign-ins once the pages answer,
then let the story flow, once.

python -m tools.tell_levels     (started by tools.run_levels)
"""

import signal
import sys

from luoshi.site.trials.levels.installations import Broken, Installation, listening
from luoshi.site.trials.levels.places import LEVELS
from luoshi.site.trials.levels.telling import tell
from tools.announce import ANSWER_SECONDS, say
from tools.level_ground import Ground
from tools.run_levels import interrupt

OFFICERS = ("admin", "security", "auditor")
CODE = "python -m tools.run_levels code"


def introduce(ground: Ground, installations: dict[str, Installation]) -> None:
    """Addresses, people, password."""
    for level in LEVELS:
        port = installations[level.code].ports.web
        say(f"\n{level.name} {level.code}   http://127.0.0.1:{port}")
        for username, name, unit, _role, title in level.people:
            more = f" · code: {CODE} {level.code} {username}" if username in OFFICERS else ""
            say(f"  {username:10s} {name}  {unit} {title}{more}")
    say(f"\nPassword for all: {ground.password}\n")


def flow(ground: Ground, installations: dict[str, Installation]) -> None:
    """Tell what was not told yet."""
    told = ground.base / "told"
    if told.exists():
        say("The story is told. Ctrl-C ends all.")
        return
    say("The story flows between the levels (once, about a minute and a half):")
    try:
        tell(installations, say)
    except Broken as problem:
        say(f"The story stopped. {problem}")
        say("The sites go on; the next start goes on with the story. Ctrl-C ends all.")
        return
    told.write_text("yes\n")
    say("The story is told. Ctrl-C ends all.")


def main() -> int:
    """Wait for the pages, introduce, tell."""
    signal.signal(signal.SIGTERM, interrupt)
    ground = Ground.from_environment()
    installations = ground.installations()
    try:
        for code, here in installations.items():
            if not listening(here.ports.web, ANSWER_SECONDS):
                say(f"{code}: port {here.ports.web} does not answer after {ANSWER_SECONDS} s.")
                return 1
        (ground.base / "address").write_text(
            " ".join(f"http://127.0.0.1:{one.ports.web}" for one in installations.values()) + "\n"
        )
        introduce(ground, installations)
        flow(ground, installations)
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())

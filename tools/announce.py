"""The first minute of `make run`, beside the web server that is starting: tell the demo story if it
is wanted, then print address and sign-ins once the page answers.

python -m tools.announce PORT     (started by tools.run; SIGTERM to it when the story fails)
"""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VAR = Path(os.environ.get("LUOSHI_VAR", ROOT / "var"))
TOLD, SIGN_INS = VAR / "told", VAR / "demo_sign_ins"
LUOSHI = str(Path(sys.executable).parent / "luoshi")
ANSWER_SECONDS = 60


def say(words: str) -> None:
    """One line to the person who started it."""
    print(words, flush=True)


def wanted() -> bool:
    """Is the demo story wanted, and not told yet?"""
    off = os.environ.get("LUOSHI_DEMO", "1").lower() in {"0", "false", "no", "off"}
    return not off and not TOLD.exists()


def tell(environment: dict[str, str]) -> None:
    """Tell the demo story in an empty database and keep its sign-ins for this account."""
    say("Telling the demo story (once, about 25 seconds) …")
    command = [LUOSHI, "demo", "--if-empty"]
    done = subprocess.run(command, check=True, env=environment, stdout=subprocess.PIPE, text=True)
    if done.stdout:
        keep(done.stdout)
    TOLD.write_text("yes")


def keep(sign_ins: str) -> None:
    """Write the sign-ins down, readable by their owner only."""
    SIGN_INS.touch(mode=0o600)
    SIGN_INS.write_text(sign_ins)


def announce(port: int, environment: dict[str, str]) -> None:
    """Print address and sign-ins when the page answers."""
    address = f"http://127.0.0.1:{port}"
    end = time.monotonic() + ANSWER_SECONDS
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{address}/healthz/ready", timeout=2):  # noqa: S310 - our own loopback address
                break
        except urllib.error.HTTPError as answer:
            say(f"The site answers, but not everything is in order: {answer.read().decode()}")
            break
        except OSError:
            time.sleep(0.1)
    else:
        say(f"{address} does not answer after {ANSWER_SECONDS} s; see the lines above.")
        return
    (VAR / "address").write_text(address + "\n")
    if not TOLD.exists():
        subprocess.run([LUOSHI, "init", "--address", address], check=False, env=environment)
        say("Ctrl-C ends it.")
        return
    if not SIGN_INS.exists():
        command = [LUOSHI, "demo", "sign-ins"]
        done = subprocess.run(command, check=False, env=environment, capture_output=True, text=True)
        keep(done.stdout)
    say(f"\n{address}\n")
    say(SIGN_INS.read_text())
    say("Ctrl-C ends it.")


def main() -> int:
    """Tell and announce; a story that cannot be told ends the run."""
    environment = dict(os.environ)
    try:
        if wanted():
            tell(environment)
    except subprocess.CalledProcessError:
        say("The demo story could not be told; see the lines above.")
        os.kill(os.getppid(), signal.SIGTERM)
        return 1
    except KeyboardInterrupt:
        return 130
    announce(int(sys.argv[1]), environment)
    return 0


if __name__ == "__main__":
    sys.exit(main())

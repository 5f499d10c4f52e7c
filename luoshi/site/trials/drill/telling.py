"""Talk to the witness: one JSON line there, one back, over a socket file."""

import json
import socket
from typing import Any


class Witness:
    """A line to the witness. What was asked without an answer was perhaps not heard."""

    def __init__(self, path: str) -> None:
        self.line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.line.connect(path)
        self.file = self.line.makefile("rwb")

    def ask(self, said: dict[str, Any]) -> dict[str, Any]:
        """Say it, and wait until it stands in the witness's file."""
        self.file.write(json.dumps(said).encode() + b"\n")
        self.file.flush()
        answer = self.file.readline()
        if not answer:
            raise ConnectionError("the witness is gone")
        found: dict[str, Any] = json.loads(answer)
        return found

    def close(self) -> None:
        """Let go."""
        self.file.close()
        self.line.close()

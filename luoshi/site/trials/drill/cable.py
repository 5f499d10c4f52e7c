"""The cable between a subordinate's server and its superior's: bytes pass through it, and it can be
cut for a while."""

import contextlib
import socket
import threading
import time

CHUNK = 1 << 16


class Cable:
    """Listens on a loopback port of its own and passes everything on to another one."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.until = 0.0
        self.open: set[socket.socket] = set()
        self.guard = threading.Lock()
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.door.getsockname()[1])
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self) -> None:
        """Take connections until closed; a cut cable takes none."""
        while True:
            try:
                near, _where = self.door.accept()
            except OSError:
                return
            if time.monotonic() < self.until:
                near.close()
                continue
            try:
                far = socket.create_connection(("127.0.0.1", self.target), timeout=5)
            except OSError:
                near.close()
                continue
            far.settimeout(None)
            with self.guard:
                self.open |= {near, far}
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self.pass_on, args=(one, other), daemon=True).start()

    def pass_on(self, one: socket.socket, other: socket.socket) -> None:
        """One direction, until either side ends."""
        with contextlib.suppress(OSError):
            while data := one.recv(CHUNK):
                other.sendall(data)
        self.drop(one, other)

    def drop(self, *ends: socket.socket) -> None:
        """Close both ends hard."""
        with self.guard:
            self.open -= set(ends)
        for end in ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def cut(self, seconds: float) -> None:
        """Nothing passes for so long, and what was open breaks."""
        self.until = time.monotonic() + seconds
        with self.guard:
            ends = tuple(self.open)
        self.drop(*ends)

    def close(self) -> None:
        """Take the cable away."""
        self.door.close()
        with self.guard:
            ends = tuple(self.open)
        self.drop(*ends)

"""The witness: a process of its own that writes down what it is told was accepted, and at the end
reads the databases from outside. It imports nothing of the product that is on trial.

python -m luoshi.site.trials.drill.witness FOLDER JSON      (JSON: database address by node)

Told: {"flow": "P33>C3301", "items": [id …]}; {"flow": …, "dispatch": id}; {"signed": id of the
arrival, "node": where}. Asked: {"known": flow}, {"judge": true}, {"open": true}.
"""

import json
import os
import socketserver
import sys
import threading
from collections import defaultdict
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

SOCKET, BOOK = "witness.socket", "accepted.jsonl"
EFFECTS = "SELECT id, count(*) FROM drill_effect WHERE id = ANY(%s) GROUP BY id"
RECEIVED = "SELECT id FROM exchange_outgoing WHERE id = ANY(%s) AND state = 'received'"
CONSIGNMENTS = """SELECT a.outgoing_id, n.code, u.code FROM exchange_addressee a
    JOIN exchange_outgoing o ON o.id = a.outgoing_id JOIN exchange_node n ON n.id = o.receiver_id
    JOIN organizations_unit u ON u.id = a.unit_id WHERE a.dispatch_id = %s"""
ARRIVALS = """SELECT count(*) FROM exchange_arrival a JOIN organizations_unit u ON u.id = a.unit_id
    WHERE a.incoming_id = %s AND u.code = %s"""
WRITTEN = "SELECT id FROM exchange_outgoing WHERE id = ANY(%s)"
RETURNED = "SELECT consignment FROM exchange_returned WHERE consignment = ANY(%s)"
SIGNED_THERE = """SELECT a.incoming_id, u.code, n.code FROM exchange_arrival a
    JOIN organizations_unit u ON u.id = a.unit_id JOIN exchange_incoming i ON i.id = a.incoming_id
    JOIN exchange_node n ON n.id = i.sender_id WHERE a.id = %s AND a.state = 'signed'"""
RECEIPT = """SELECT count(*) FROM exchange_receipt
    WHERE outgoing_id = %s AND unit = %s AND word = 'signed'"""
OPEN = """SELECT (SELECT count(*) FROM exchange_outgoing WHERE next_at IS NOT NULL)
    + (SELECT count(*) FROM exchange_incoming WHERE state = 'parked')"""


class Book:
    """What was told, in memory and in a file that is written through before anybody is answered."""

    def __init__(self, folder: Path, databases: dict[str, str]) -> None:
        self.databases = databases
        self.file = (folder / BOOK).open("ab")
        self.guard = threading.Lock()
        self.items: dict[str, list[UUID]] = defaultdict(list)
        self.dispatches: list[tuple[str, UUID]] = []
        self.signed: list[tuple[str, UUID]] = []

    def heed(self, said: dict[str, Any]) -> dict[str, Any]:
        """Answer a question, or write down what was told."""
        if "known" in said:
            return {"count": len(self.items[said["known"]])}
        if "open" in said:
            return {"open": sum(self.one(code, OPEN, ())[0] for code in self.databases)}
        if "judge" in said:
            return self.judged()
        with self.guard:
            self.file.write(json.dumps(said).encode() + b"\n")
            self.file.flush()
            os.fsync(self.file.fileno())
            self.note(said)
        return {"written": True}

    def note(self, said: dict[str, Any]) -> None:
        """Keep it for the judgement."""
        if "items" in said:
            self.items[said["flow"]] += [UUID(hex=one) for one in said["items"]]
        elif "dispatch" in said:
            self.dispatches.append((said["flow"].split(">")[0], UUID(said["dispatch"])))
        elif "signed" in said:
            self.signed.append((said["node"], UUID(said["signed"])))

    def rows(self, code: str, query: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        """Read a node's database from outside."""
        with psycopg.connect(self.databases[code]) as link:
            return link.execute(query, values).fetchall()  # type: ignore[call-overload, no-any-return]

    def one(self, code: str, query: str, values: tuple[Any, ...]) -> tuple[Any, ...]:
        """The first row."""
        return self.rows(code, query, values)[0]

    def judged(self) -> dict[str, Any]:
        """What came of everything that was accepted. `own`: what its sender lost itself, with its
        disk; such an item may have taken effect, once, and its sender must then have been told
        (`untold`: how often it was not)."""
        names = ("sent", "received", "lost", "twice", "receipts", "own", "untold")
        count = dict.fromkeys(names, 0)
        for flow, ids in self.items.items():
            sender, receiver = flow.split(">")
            effects = dict(self.rows(receiver, EFFECTS, (ids,)))
            answered, written, returned = (
                {row[0] for row in self.rows(sender, query, (ids,))}
                for query in (RECEIVED, WRITTEN, RETURNED)
            )
            count["sent"] += len(written)
            for one in set(ids) - written:
                times = effects.get(one, 0)
                count["own"] += 1
                count["twice"] += times > 1
                count["untold"] += times > 0 and one not in returned
            for one in written:
                times = effects.get(one, 0)
                count["received"] += times > 0
                count["lost"] += times == 0
                count["twice"] += times > 1
                count["receipts"] += one in answered
        self.judge_documents(count)
        return count

    def judge_documents(self, count: dict[str, int]) -> None:
        """Documents of the clerks: once before each unit, each signature known to the sender."""
        for sender, dispatch in self.dispatches:
            consignments = self.rows(sender, CONSIGNMENTS, (dispatch,))
            count["own"] += not consignments
            for consignment, receiver, unit in consignments:
                times = self.one(receiver, ARRIVALS, (consignment, unit))[0]
                count["sent"] += 1
                count["received"] += times > 0
                count["lost"] += times == 0
                count["twice"] += times > 1
                count["receipts"] += bool(self.rows(sender, RECEIVED, ([consignment],)))
        # a signature its own site lost with its disk waits there to be given again
        count["signatures"] = count["signatures_missing"] = 0
        for node, arrival in self.signed:
            for consignment, unit, sender in self.rows(node, SIGNED_THERE, (arrival,)):
                if self.rows(sender, WRITTEN, ([consignment],)):
                    count["signatures"] += 1
                    missing = self.one(sender, RECEIPT, (consignment, unit))[0] != 1
                    count["signatures_missing"] += missing


class Handler(socketserver.StreamRequestHandler):
    """One party's line."""

    def handle(self) -> None:
        for line in self.rfile:
            answer = self.server.book.heed(json.loads(line))  # type: ignore[attr-defined]
            try:
                self.wfile.write(json.dumps(answer).encode() + b"\n")
            except OSError:
                return  # the party was killed; what it told stands


class Server(socketserver.ThreadingUnixStreamServer):
    """Listens on the socket file; a killed party's line ends its thread only."""

    daemon_threads = True

    def __init__(self, path: Path, book: Book) -> None:
        self.book = book
        super().__init__(str(path), Handler)


if __name__ == "__main__":
    base = Path(sys.argv[1])
    with Server(base / SOCKET, Book(base, json.loads(sys.argv[2]))) as server:
        server.serve_forever()

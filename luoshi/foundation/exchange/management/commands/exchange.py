"""`luoshi exchange`: node, neighbours, keys, server, relay, medium, and what rooms above add."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Refusal
from luoshi.foundation.exchange.broker import serving
from luoshi.foundation.exchange.domain.mail.carrying import carry_in, carry_out
from luoshi.foundation.exchange.domain.node.configuring import CONFIGURATION, configure, folder
from luoshi.foundation.exchange.domain.node.entering import (
    NEIGHBOURS,
    answer_card,
    card_for,
    invite,
    take_card,
)
from luoshi.foundation.exchange.domain.node.initialising import initialise
from luoshi.foundation.exchange.domain.node.rotating import rotate
from luoshi.foundation.exchange.domain.node.suspending import revoke_key
from luoshi.foundation.exchange.domain.queries.health import Health, health
from luoshi.foundation.exchange.domain.queries.neighbours import own_node
from luoshi.foundation.exchange.management.more import MORE
from luoshi.foundation.exchange.models import Node, NodeKey
from luoshi.foundation.exchange.relay.minding import mind
from luoshi.foundation.exchange.relay.running import run

ACTOR = Actor.system("luoshi exchange", via="cli")


class Command(BaseCommand):
    """One word, one act."""

    help = _("Exchange with other levels: nodes, keys, server, relay, medium.")
    requires_system_checks: list[str] = []  # they are part of `make check`

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        one = acts.add_parser("init", help=_("Make this site a node."))
        one.add_argument("code", metavar="CODE")
        one.add_argument("name", metavar="NAME")
        one.add_argument("--address", default="", help=_("host:port for subordinates."))
        one = acts.add_parser("enrol", help=_("Enter a neighbour, or take its card."))
        one.add_argument("code", metavar="CODE", help=_("The neighbour's code."))
        one.add_argument("--name", default="")
        one.add_argument("--relation", choices=[str(r) for r in NEIGHBOURS])
        one.add_argument("--card", type=Path, metavar="FILE", help=_("The neighbour's card."))
        one.add_argument("--spoken", default="", metavar="CODE", help=_("The code it spoke."))
        one.add_argument("--to", type=Path, metavar="FILE", help=_("Write our card for it here."))
        acts.add_parser("config", help=_("Write the server's configuration."))
        acts.add_parser("check", help=_("Let the server check its configuration."))
        one = acts.add_parser("status", help=_("Say how the exchange stands."))
        one.add_argument("--json", action="store_true", help=_("Print JSON."))
        acts.add_parser("rotate", help=_("Make new keys; the old ones end in thirty days."))
        one = acts.add_parser("revoke", help=_("Revoke a key for good."))
        one.add_argument("key", metavar="KEY", help=_("The first characters of its id."))
        one.add_argument("--reason", required=True)
        acts.add_parser("broker", help=_("Run the server of this node."))
        acts.add_parser("relay", help=_("Run the relay."))
        acts.add_parser("run", help=_("Run server and relay as soon as there is a neighbour."))
        one = acts.add_parser("export", help=_("Write what waits for a node to a medium."))
        one.add_argument("code", metavar="CODE")
        one.add_argument("folder", type=Path, metavar="FOLDER")
        one = acts.add_parser("import", help=_("Take in the envelopes of a medium."))
        one.add_argument("folder", type=Path, metavar="FOLDER")
        for name, more in MORE.items():
            more.arguments(acts.add_parser(name, help=more.help()))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["act"] in MORE:
                MORE[options["act"]].run(options, self.say)
            else:
                getattr(self, f"do_{options['act']}")(options)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal

    def say(self, text: object) -> None:
        """One line, at once."""
        self.stdout.write(str(text))
        self.stdout.flush()

    def do_init(self, options: dict[str, Any]) -> None:
        """Make this site a node."""
        values = {key: options[key] for key in ("code", "name", "address")}
        node = initialise(**values, actor=ACTOR, at=timezone.now())
        self.say(_("This site is node %(node)s.") % {"node": node})

    def do_enrol(self, options: dict[str, Any]) -> None:
        """Invite, answer or take a card, by what is given."""
        at, node = timezone.now(), Node.objects.filter(code=options["code"]).first()
        card = read_file(options["card"]) if options["card"] else b""
        if card and options["spoken"]:
            node = take_card(
                file=card,
                spoken=options["spoken"],
                relation=options["relation"] or "",
                actor=ACTOR,
                at=at,
            )
        elif card and node is not None:
            answer_card(node=node, file=card, actor=ACTOR, at=at)
        elif options["relation"]:
            node, spoken = invite(
                code=options["code"],
                name=options["name"],
                relation=options["relation"],
                actor=ACTOR,
                at=at,
            )
            self.say(_("Speak this code on the telephone: %(code)s") % {"code": spoken})
        if node is None:
            raise CommandError(_("No such node; give --relation to enter it."))
        if options["to"]:
            options["to"].write_bytes(card_for(node, at=at))
            self.say(_("Our card: %(path)s") % {"path": options["to"]})
        if node.fingerprint:
            self.say(_("Its fingerprint: %(text)s") % {"text": grouped(node.fingerprint)})
            self.say(_("The security administrator accepts it on the page of nodes."))

    def do_config(self, options: dict[str, Any]) -> None:
        """Write and check the configuration."""
        self.say(configure(actor=ACTOR, at=timezone.now()))

    def do_check(self, options: dict[str, Any]) -> None:
        """The server's own check of the configuration as it lies there."""
        try:
            serving.check(folder(own_node().code) / CONFIGURATION)
        except serving.BadConfiguration as error:
            raise CommandError(str(error)) from error
        self.say(_("The server takes this configuration."))

    def do_status(self, options: dict[str, Any]) -> None:
        """How it stands."""
        found = health(timezone.now())
        whole = json.dumps(found.as_json(), ensure_ascii=False)
        self.say(whole if options["json"] else "\n".join(told(found)))

    def do_rotate(self, options: dict[str, Any]) -> None:
        """New keys."""
        for key in rotate(actor=ACTOR, at=timezone.now()):
            self.say(f"{key.suite:16s} {key.purpose:8s} {key.pk}")

    def do_revoke(self, options: dict[str, Any]) -> None:
        """End a key."""
        found = NodeKey.objects.filter(pk__startswith=options["key"].lower())[:2]
        if len(options["key"]) < 8 or len(found) != 1:
            raise CommandError(_("Give at least eight characters that name one key."))
        revoke_key(key=found[0], reason=options["reason"], actor=ACTOR, at=timezone.now())
        self.say(_("Revoked: %(key)s") % {"key": found[0].pk})

    def do_broker(self, options: dict[str, Any]) -> None:
        """Become the server."""
        path = configure(actor=ACTOR, at=timezone.now())
        program = str(serving.program())
        os.execv(program, [program, "-c", str(path)])  # noqa: S606 - the wheel's own program

    def do_relay(self, options: dict[str, Any]) -> None:
        """Run until told to end."""
        run()

    def do_run(self, options: dict[str, Any]) -> None:
        """Mind server and relay until told to end."""
        mind()

    def do_export(self, options: dict[str, Any]) -> None:
        """To a medium."""
        node = Node.objects.filter(code=options["code"]).first()
        if node is None:
            raise CommandError(_("No such node."))
        count = carry_out(node=node, folder=options["folder"], actor=ACTOR, at=timezone.now())
        self.say(_("%(count)d envelopes written.") % {"count": count})

    def do_import(self, options: dict[str, Any]) -> None:
        """From a medium."""
        found = carry_in(folder=options["folder"], actor=ACTOR, at=timezone.now())
        self.say(
            _("Taken %(taken)d, known %(again)d, refused %(refused)d, not sound %(alarm)d")
            % vars(found)
        )


def told(found: Health) -> Iterator[str]:
    """The state of the exchange for a person at the machine."""
    words = _("%(node)s: open %(open)d (stuck %(stuck)d), parked %(parked)d, alarms %(alarms)d")
    yield words % (vars(found) | {"node": found.node or "–"})
    for node in found.nodes:
        yield f"  {node.code:24s} {node.state:10s} {node.open:>6d}  {node.heard_at or '–'}"
        whole = node.hops["whole"]
        if whole["median"] is not None:
            words = _("    answered in a day %(n)d: median %(median).1f s, p95 %(p95).1f s")
            yield words % {"n": node.answered, **whole}


def read_file(path: Path) -> bytes:
    """A card's bytes."""
    try:
        return path.read_bytes()[: 1 << 20]
    except OSError as error:
        raise CommandError(_("%(path)s cannot be read.") % {"path": path}) from error


def grouped(fingerprint: str) -> str:
    """Sixteen groups of four, to be read out."""
    return " ".join(fingerprint[place : place + 4] for place in range(0, 64, 4))

"""`luoshi reading score GOLD.json`: read the gold texts and score the drafts; needs no database."""

import importlib.util
import json
import time
from pathlib import Path
from types import ModuleType
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from luoshi.foundation.reading.drafting import read

SOURCE_FOLDER = Path(__file__).parents[4]
SCORER = Path("tests/data/reading/score.py")


class Command(BaseCommand):
    """Measure the reading against labelled documents."""

    help = _("Score the reading against labelled documents; no database is needed.")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=("score",), help=_("What to do."))
        parser.add_argument("gold", type=Path, help=_("Labelled documents (JSON)."))
        parser.add_argument("--scorer", type=Path, help=_("Another scorer than the shipped one."))
        parser.add_argument("--format", choices=("table", "json"), default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        scorer = load(options["scorer"] or SOURCE_FOLDER / SCORER)
        try:
            docs = json.loads(options["gold"].read_text(encoding="utf-8"))["docs"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            message = _("%(file)s cannot be read: %(why)s")
            raise CommandError(
                message % {"file": options["gold"], "why": error}, returncode=2
            ) from error
        started = time.process_time()
        drafts = {
            doc["id"]: [d.to_json() for d in read(doc["text"]).drafts if d.band == "draft"]
            for doc in docs
        }
        seconds = time.process_time() - started
        found = scorer.score(docs, drafts)
        found["characters_per_second"] = int(sum(len(doc["text"]) for doc in docs) / seconds)
        if options["format"] == "json":
            self.stdout.write(json.dumps(found, ensure_ascii=False, sort_keys=True))
            return
        for name, value in found.items():
            self.stdout.write(f"{name:24s} {line(value)}")


def load(path: Path) -> ModuleType:
    """The scorer as a module; it comes with the source tree, not with the installed package."""
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None or not path.is_file():
        message = _("The scorer %(file)s is missing; run this in the source folder.")
        raise CommandError(message % {"file": path}, returncode=2)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def line(value: Any) -> str:
    """One figure for the eye."""
    if isinstance(value, dict):
        shares = "  ".join(f"{key} {value[key]:.3f}" for key in ("P", "R", "F1"))
        return f"{shares}   tp {value['tp']} fp {value['fp']} fn {value['fn']}"
    return f"{value[0]}/{value[1]}" if isinstance(value, list) else str(value)

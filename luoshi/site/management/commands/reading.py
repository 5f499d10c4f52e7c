"""`luoshi reading score | cross | train GOLD.json…`: measure the reading against labelled
documents, and learn from them what binds (the gate) and who is named; needs no database."""

import importlib.util
import json
import time
from pathlib import Path
from types import ModuleType
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from luoshi.foundation.reading.drafting import read
from luoshi.foundation.reading.gate.training import SHIPPED as EXAMPLES
from luoshi.foundation.reading.gate.training import measure, train
from luoshi.foundation.reading.gate.weights import SHIPPED as WEIGHTS
from luoshi.foundation.reading.labelled import FOLDS, counted_in, crossed, examples_of, named_in
from luoshi.foundation.reading.second.since.learning import learn as learn_since
from luoshi.foundation.reading.second.since.model import SHIPPED as SINCE
from luoshi.foundation.reading.second.who.learning import learn as learn_names
from luoshi.foundation.reading.second.who.model import SHIPPED as NAMES

SOURCE_FOLDER = Path(__file__).parents[4]
SCORER = Path("tests/data/reading/score.py")


class Command(BaseCommand):
    """Measure the reading against labelled documents, or learn from them."""

    help = _("Score the reading against labelled documents, or train it; no database is needed.")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=("score", "cross", "train"), help=_("What to do."))
        parser.add_argument("gold", nargs="+", type=Path, help=_("Labelled documents (JSON)."))
        parser.add_argument("--scorer", type=Path, help=_("Another scorer than the shipped one."))
        parser.add_argument("--format", choices=("table", "json"), default="table")
        parser.add_argument(
            "--folds", type=int, default=FOLDS, help=_("Parts for cross; 0 = one per document.")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        docs = [doc for path in options["gold"] for doc in documents(path)]
        if options["act"] == "train":
            self.train(docs)
            return
        scorer = load(options["scorer"] or SOURCE_FOLDER / SCORER)
        started = time.process_time()
        if options["act"] == "cross":
            drafts = crossed(docs, options["folds"] or len(docs))
        else:
            drafts = {
                doc["id"]: [d.to_json() for d in read(doc["text"]).drafts if d.band == "draft"]
                for doc in docs
            }
        seconds = time.process_time() - started
        found = scorer.score(docs, drafts)
        if options["act"] == "score":
            letters = sum(len(doc["text"]) for doc in docs)
            found["characters_per_second"] = int(letters / seconds)
        if options["format"] == "json":
            self.stdout.write(json.dumps(found, ensure_ascii=False, sort_keys=True))
            return
        for name, value in found.items():
            self.stdout.write(f"{name:24s} {line(value)}")

    def train(self, docs: list[dict[str, Any]]) -> None:
        """Learn what is shipped: the gate's weights, how names are found, and what lengths count
        from. The last learns from what the grammar alone reads."""
        self.gate(docs)
        started = time.process_time()
        names = learn_names([sentence for doc in docs for sentence in named_in(doc)])
        self.keep(NAMES, names, started)
        started = time.process_time()
        since = learn_since([length for doc in docs for length in counted_in(doc)])
        self.keep(SINCE, since, started)

    def keep(self, path: Path, model: Any, started: float) -> None:
        """Write a model into the package and say how large it is."""
        told = json.dumps(model.to_json(), ensure_ascii=False, indent=0)
        path.write_text(told + "\n", encoding="utf-8")
        seconds = time.process_time() - started
        numbers = sum(map(len, model.values.values()))
        self.stdout.write(f"{path.parent.name} {model.version}: {numbers} numbers, {seconds:.1f} s")

    def gate(self, docs: list[dict[str, Any]]) -> None:
        """Learn the gate's weights; examples and weights are written into the package."""
        examples = [example for doc in docs for example in examples_of(doc)]
        started = time.process_time()
        weights = train(examples)
        seconds = time.process_time() - started
        rows = [[e.sentence, e.mode, e.anchor, int(e.binds), e.weight] for e in examples]
        lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        EXAMPLES.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
        told = json.dumps(weights.to_json(), ensure_ascii=False, indent=0)
        WEIGHTS.write_text(told + "\n", encoding="utf-8")
        found = measure(weights, examples)
        self.stdout.write(
            f"{weights.version}: {len(examples)} sentences, {len(weights.values)} weights, "
            f"{seconds:.1f} s; on these: P {found.precision:.3f} R {found.recall:.3f}"
        )


def documents(path: Path) -> list[dict[str, Any]]:
    """The labelled documents of a file."""
    try:
        docs: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["docs"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = _("%(file)s cannot be read: %(why)s")
        raise CommandError(message % {"file": path, "why": error}, returncode=2) from error
    return docs


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

"""Who acts where the sentence does not say: the heading's unit, the list's lead-in, the sentence
before. Always marked inferred."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from luoshi.foundation.reading.drafts import Draft
from luoshi.foundation.reading.structure.lines import numbered
from luoshi.foundation.reading.units import Mention

HEADING = 40


@dataclass
class Subjects:
    """What was said so far; `carry` gives a draft without acting units those it inherits."""

    heading: dict[int, tuple[Mention, ...]] = field(default_factory=dict)
    lead_in: tuple[int, tuple[Mention, ...]] | None = None
    before: tuple[Mention, ...] = ()

    def new_line(self, line: str, rank: int | None) -> None:
        """A paragraph begins: the sentence before no longer speaks for it; a numbered one ends
        the headings of its rank and below, and a lead-in of a higher or equal rank."""
        self.before = ()
        if rank is None:
            if line and self.lead_in and self.lead_in[0] == NO_RANK:
                self.lead_in = None
            return
        self.heading = {r: who for r, who in self.heading.items() if r < rank}
        if self.lead_in and rank <= self.lead_in[0] != NO_RANK:
            self.lead_in = None

    def hear(self, sentence: str, who: Sequence[Mention]) -> None:
        """Take in a sentence with its mentions (offsets in the document)."""
        actors = tuple(m for m in who if m.role == "lead")
        found = numbered(sentence)
        rank = found[0] if found else NO_RANK
        if sentence.endswith(("：", ":")) and actors:
            self.lead_in = (rank, actors)
        elif found and len(sentence) <= HEADING and not sentence.endswith(("。", "；")) and actors:
            self.heading[rank] = actors
        if actors:
            self.before = actors

    def carry(self, draft: Draft) -> Draft:
        """The draft, with inferred units where it names none."""
        if draft.responsible:
            return draft
        lead = self.lead_in[1] if self.lead_in else ()
        nearest = self.before or lead or (self.heading[max(self.heading)] if self.heading else ())
        return replace(draft, inferred=tuple(nearest)) if nearest else draft


NO_RANK = 99

"""Lists of what an office has promised the public to do (民生实事): every item is a task, whether
or not it says by when."""

from luoshi.foundation.reading.patterns import compiled
from luoshi.foundation.reading.structure.lines import UNNUMBERED, rank_of

PROMISE = compiled(
    r"(?:办[好理成实]|实施|抓好|推进|落实|完成|做好|兴办)(?!了)[^，。；：]{0,16}(?:实事(?!求是)|民生(?:工程|项目)|(?:惠民|为民)工程)"
    r"[^。；，]{0,8}[：:]"
)
"""着力办好十件惠民实事：: what follows is the list."""
TOLD = compiled(r"已|(?<![为除])了(?!解)|完成情况|去年|上年|年初(?:确定|承诺|安排)的|进展")
"""A list of what was done."""


class Promised:
    """Whether the sentences of a document, one after the other, stand in such a list."""

    def __init__(self) -> None:
        self.open = False
        self.rank = UNNUMBERED  # of the numbers of the items: 一是, （1）

    def hear(self, sentence: str, mode: str) -> bool:
        """Whether this sentence holds an item: it opens a list and its first item, or goes on with
        the numbers of one. In a review (mode past) nothing is promised."""
        lead = None if mode == "past" else PROMISE.search(sentence)
        if lead and not TOLD.search(sentence, 0, lead.end()):
            self.open = True
            self.rank = rank_of(sentence[lead.end() :])
            return self.rank != UNNUMBERED
        rank = rank_of(sentence)
        self.open = self.open and rank != UNNUMBERED and self.rank in {rank, UNNUMBERED}
        self.rank = rank
        return self.open

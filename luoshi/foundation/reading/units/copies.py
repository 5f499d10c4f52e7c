"""Which of the addressees get a copy only (抄送, 抄报, 抄告), by the verb they stand at.

Looks at the words around a name alone; who is an addressee at all was decided before.
"""

from luoshi.foundation.reading.patterns import compiled

BREAK = compiled(r"[，,。；;\n]")
VERB = compiled(
    r"抄[送报告致]|呈[报送]|[报上发分移]送|[上汇]报|报告|反馈|提交|函告|通报|备案|报|送"
)
TOWARDS = compiled(r"向[^向]*$")
COPIED_TO = compiled(r"[^，,。；;\n]{0,24}?抄[送报告]")


def is_copied(text: str, start: int, end: int) -> bool:
    """Whether the addressee `text[start:end]` gets a copy: 抄送A、B, or 向A、B抄送."""
    begin = max((found.end() for found in BREAK.finditer(text, 0, start)), default=0)
    before = text[begin:start]
    verbs = [found.group() for found in VERB.finditer(before)]
    if verbs and verbs[-1].startswith("抄"):
        return True
    after = VERB.search(text, end)
    towards = TOWARDS.search(before) is not None and COPIED_TO.match(text, end) is not None
    return towards and after is not None and after.group().startswith("抄")

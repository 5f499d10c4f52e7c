"""The words of a nudge: drafted by tone, checked for command and courtesy (S2-89, S2-90, ui.md 13).

`check` names what may not stand; `soften` offers the text without it.
"""

from dataclasses import dataclass
from datetime import date

from luoshi.foundation.core.time import date_text
from luoshi.supervision.chasing.enums import Tone
from luoshi.supervision.matters.domain.courtesy import REQUESTS

COMMANDS = {
    **dict(REQUESTS),
    "命令": "商请",
    "要求你": "商请贵",
    "督办": "商请",
    "催办": "商请",
}
SCOLDING = {
    "严重超期": "逾期",
    "严重逾期": "逾期",
    "严重滞后": "滞后",
    "严肃问责": "按规定办理",
    "严肃追责": "按规定办理",
    "追究责任": "按规定办理",
    "拒不": "尚未",
    "拖延": "尚未完成",
    "敷衍": "尚需补充",
    "推诿": "尚未办理",
    "！": "。",
    "!": "。",
}


@dataclass(frozen=True)
class Found:
    """What the check found: words of command, scolding words, and whether courtesy is missing."""

    commands: tuple[str, ...]
    scolding: tuple[str, ...]
    no_courtesy: bool

    def __bool__(self) -> bool:
        return bool(self.commands or self.scolding or self.no_courtesy)


def check(text: str, *, courteous: bool) -> Found:
    """What may not stand in a nudge; words of command only matter without command power."""
    commands = tuple(word for word in COMMANDS if courteous and word in text)
    scolding = tuple(word for word in SCOLDING if word in text)
    polite = ("商请" in text) if courteous else any(word in text for word in ("请", "商"))
    return Found(commands, scolding, not polite)


def soften(text: str, *, courteous: bool) -> str:
    """The same text without the words that `check` names."""
    for word, better in {**SCOLDING, **(COMMANDS if courteous else {})}.items():
        text = text.replace(word, better)
    if courteous and "商请" not in text:
        text = f"商请贵单位予以支持：{text}"
    if not courteous and "请" not in text:
        text = f"请予关注：{text}"
    if courteous and "为盼" not in text:
        text = f"{text.rstrip('。')}为盼。如已报送，敬请忽略。"
    return text


def drafted(
    *,
    tone: str,
    unit: str,
    matter: str,
    duty: str,
    due: date | None,
    late_days: int,
    behind: str = "",
) -> str:
    """The proposed text of a nudge, always in Chinese: it is an official text. `behind` says what
    was planned and what is reported (R-SUP-5)."""
    head = f"{unit}：《{matter}》{duty or '办理情况'}"
    by = f"应于{date_text(due, 'zh')}前报送" if due else "请按要求报送"
    passed = f"，已逾期{late_days}天" if late_days > 0 else ""
    passed += f"；进度滞后：{behind}" if behind else ""
    if tone == Tone.REQUEST:
        when = f"原定于{date_text(due, 'zh')}前反馈，" if due else ""
        when += f"{behind}，" if behind else ""
        return f"{head}{when}商请贵单位予以支持，并反馈有关情况为盼。如已报送，敬请忽略。"
    if tone == Tone.REMIND:
        return f"{head}{by}{passed}。请予关注；如有困难，请及早告知。"
    if tone == Tone.URGE:
        return f"{head}{by}{passed}。请尽快报送办理情况；如有困难，请说明原因和拟完成时间。"
    return (
        f"{head}{by}{passed}，经提醒和催办尚未收到。"
        "请主要负责人组织落实，签收后报送办理情况、未按期的原因和完成时间。"
    )

"""What is said of the document carried, named after GB/T 33480 (metadata of official documents).

Graded documents (秘密, 机密, 绝密) are refused at the door: they are registered by reference and
never travel here (decision 16).
"""

import re
from dataclasses import asdict, dataclass, field
from typing import Any

from luoshi.foundation.exchange.envelopes.refusing import Reason, Unacceptable

URGENCIES = ("", "加急", "特急")
OPEN_MARKS = ("", "公开", "内部")
GRADE = re.compile(r"(?:绝\s*密|机\s*密|秘\s*密)\s*(?:★|☆|$)")
LONGEST = 500


@dataclass(frozen=True)
class Metadata:
    """GB/T 33480: identifier, type, title, number, issuer, signer, date, addressees, urgency,
    secrecy, pages, attachments, relations, format, process history (who, what, when, opinion)."""

    identifier: str = ""
    type: str = ""
    title: str = ""
    number: str = ""
    issuer: str = ""
    signer: str = ""
    date: str = ""
    main_addressees: list[str] = field(default_factory=list)
    copy_addressees: list[str] = field(default_factory=list)
    urgency: str = ""
    secrecy: str = ""
    pages: int = 0
    attachments: list[str] = field(default_factory=list)
    relations: list[str] = field(default_factory=list)
    format: str = ""
    process: list[dict[str, str]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)


def refuse_graded(said: Metadata) -> None:
    """Refuse a secrecy mark, or a title, number or attachment name that carries one."""
    words = (said.title, said.number, said.secrecy, *said.attachments)
    if said.secrecy not in OPEN_MARKS or any(GRADE.search(word) for word in words):
        raise Unacceptable(Reason.GRADED)


def read(value: Any) -> Metadata:
    """The metadata of a manifest; unknown fields are ignored, wrong ones refused."""
    if not isinstance(value, dict):
        raise Unacceptable(Reason.MALFORMED, "metadata")
    empty = Metadata().as_json()
    known = {name: one for name, one in value.items() if name in empty}
    for name, one in known.items():
        if type(one) is not type(empty[name]) or not sound(one, dict if name == "process" else str):
            raise Unacceptable(Reason.MALFORMED, f"metadata.{name}")
    said = Metadata(**known)
    if said.urgency not in URGENCIES or said.pages < 0:
        raise Unacceptable(Reason.MALFORMED, "metadata.urgency")
    refuse_graded(said)
    return said


def sound(value: Any, inner: type) -> bool:
    """Whether texts are of a bearable length and lists hold what they should."""
    if isinstance(value, str):
        return len(value) <= LONGEST
    if isinstance(value, list):
        return all(isinstance(one, inner) and sound(one, str) for one in value)
    if isinstance(value, dict):
        return all(isinstance(one, inner) and sound(one, inner) for one in value.values())
    return True

"""An issue as a paper (GB/T 9704-2012 type area): from its frozen content, or a proof of what is
being put together."""

from datetime import date
from typing import Any

from luoshi.desks.information.domain.issues.issuing import content_of
from luoshi.desks.information.models import Issue
from luoshi.foundation.typesetting.rendering import Entry, InformationIssue

PARTS = (("text", ""), ("analysis", "原因分析"), ("suggestion", "有关建议"))
NUMERALS = "一二三四五六七八九十"


def journal_of(issue: Issue) -> InformationIssue:
    """The paper, always in Chinese: it is an official document. A draft says it is one."""
    content = issue.content or content_of(
        issue, list(issue.entries.select_related("item").order_by("place", "pk"))
    )
    out = bool(issue.number)
    day = date.fromisoformat(content["on"]) if content["on"] else None
    return InformationIssue(
        issuer=content["mark"],
        number=f"{content['year']}年第{content['number']}期（总第{content['total']}期）"
        if out
        else "（清样，未编号）",
        signer=content["signer"],
        entries=tuple(entry_of(one, len(content["items"]) > 1) for one in content["items"]),
        office=content["office"],
        date=f"{day.year}年{day.month}月{day.day}日" if day else "",
        copies=content["copies"],
        fingerprint=f"SHA-256 {issue.digest}" if out else "",
    )


def entry_of(said: dict[str, Any], numbered: bool) -> Entry:
    """One item: its title, its paragraphs with the heads of a social-opinion item, its source."""
    paragraphs: list[str] = []
    heads = bool(said["analysis"] or said["suggestion"])
    for place, (name, head) in enumerate(PARTS):
        words = [line.strip() for line in said[name].splitlines() if line.strip()]
        if words and heads:
            paragraphs.append(f"{NUMERALS[place]}、{head or '基本情况'}")
        paragraphs += words
    title = f"{said['place']}. {said['title']}" if numbered else said["title"]
    return Entry(title, tuple(paragraphs), said["source"])

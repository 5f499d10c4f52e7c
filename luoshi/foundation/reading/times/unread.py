"""Expressions that look like limits and are none the grammar knows: for the office's list (A9),
never a guess."""

from collections.abc import Iterator, Sequence

from luoshi.foundation.reading.patterns import compiled
from luoshi.foundation.reading.times.merging import Found
from luoshi.foundation.reading.times.numerals import NUMBER

SEASON = (
    r"春节|除夕|元宵节?|清明节?|端午节?|中秋节?|重阳节?|腊八|小年|寒假|暑假|开学|放假|秋收|春耕|夏收|三夏|三秋|入冬|入夏|入春|立春|立冬|霜降|冬至|"
    r"高考|中考|节前|两节|双节|供暖季?|采暖季|禁渔期|休渔期|农忙|雨天|换季|学期末|期末"
)
LOOKS = compiled(
    rf"(?:{SEASON})(?:到来|来临|开始|结束)?(?:之?前|以前|之?后|以后|期间)"
    rf"|(?:{NUMBER}|半|几|数)个?(?:工作日|自然日|日|天|周|星期|个?月|季度|年|小时|分钟)(?:之内|以内|内|之前|以前)"
    r"|(?:农历|阴历|旧历)[\u4e00-\u9fff]{1,8}?(?:(?:之|以)?前|期间|(?:日|底)前?)|(?:近期|短期内|日内|月内|年内|限时|届时)"
)
ABOUT_LENGTH = compiled(r"(?:过去|近|最近|连续|累计|满|未来|今后)$")


def unread_in(text: str, found: Sequence[Found]) -> Iterator[tuple[int, int]]:
    """(start, end) of what looks like a limit and lies in none that was read."""
    for match in LOOKS.finditer(text):
        read = any(one.start < match.end() and match.start() < one.end for one in found)
        if not read and not ABOUT_LENGTH.search(text[: match.start()]):
            yield match.start(), match.end()

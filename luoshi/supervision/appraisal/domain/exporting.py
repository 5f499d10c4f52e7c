"""A ranking as XLSX and as a paper: the frozen rows, guarded cells, as-of and fingerprint."""

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from luoshi.foundation.core.cells import guard
from luoshi.foundation.core.time import date_text, instant_text, office_date
from luoshi.foundation.typesetting.rendering import Bulletin as Paper
from luoshi.supervision.appraisal.domain.computing import shown_lines
from luoshi.supervision.appraisal.domain.periods import period_of
from luoshi.supervision.appraisal.enums import FactKind, Group
from luoshi.supervision.appraisal.models import Publication, PublishedScore

HEADS = {
    "zh": ("单位", "名次", "基础分", "扣分", "加分", "得分"),
    "en": ("Unit", "Rank", "Base", "Deducted", "Added", "Score"),
}


def workbook(
    publication: Publication, rows: Sequence[PublishedScore], *, about: dict[str, str]
) -> bytes:
    """The ranking with one column per kind of fact."""
    out = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    cover = book.add_worksheet(_("About"))
    for line, (name, text) in enumerate(about.items()):
        cover.write_row(line, 0, [guard(name), guard(text)])
    sheet = book.add_worksheet(_("Ranking"))
    heads = [_("Group"), _("Rank"), _("Unit"), _("Base"), _("Deducted"), _("Added"), _("Score")]
    sheet.write_row(0, 0, [*heads, _("Award"), *(str(kind.label) for kind in FactKind)])
    for place, row in enumerate(rows, start=1):
        lines = {line.kind: line for line in shown_lines(row.lines)}
        totals = (row.base, row.deductions, row.additions, row.score)
        cells: list[Any] = [str(Group(row.group).label), row.rank, guard(row.unit_name)]
        cells += [float(value) for value in totals]
        cells.append(_("No award") if row.no_award else "")
        cells += [float(lines[kind].points) if kind in lines else 0.0 for kind in FactKind.values]
        sheet.write_row(place, 0, cells)
    book.close()
    return out.getvalue()


def paper_of(publication: Publication, rows: Sequence[PublishedScore], language: str) -> Paper:
    """The ranking as an official paper, in zh or en."""
    language = "zh" if language.startswith("zh") else "en"
    zh = language == "zh"
    period, office = period_of(publication.period), publication.office
    day = office_date(publication.published_at)
    as_of = instant_text(publication.as_of, language)
    version = publication.version
    return Paper(
        issuer=f"{office.name}督查考核通报" if zh else "Supervision Appraisal",
        number=f"{publication.period}（第{publication.edition}版）"
        if zh
        else f"{publication.period}, edition {publication.edition}",
        title=f"关于{period.label('zh')}督查考核得分的通报"
        if zh
        else f"Appraisal of units, {period.label('en')}",
        paragraphs=paragraphs(publication, rows, language),
        head=HEADS[language],
        rows=tuple(line(row, zh=zh) for row in rows),
        bars=(),
        chart_title="",
        legend="",
        office=office.name if zh else office.short_name,
        date=f"{day.year}年{day.month}月{day.day}日" if zh else date_text(day, "en"),
        as_of=f"数据截至 {as_of}；评分规则{version}" if zh else f"As of {as_of}; rules {version}",
        fingerprint=f"指纹 {publication.fingerprint}"
        if zh
        else f"Fingerprint {publication.fingerprint}",
        lang=language,
    )


def line(row: PublishedScore, *, zh: bool) -> tuple[str, ...]:
    """A unit's line of the table."""
    name = row.unit_name
    if row.no_award:
        name += "（不参与评先）" if zh else " (no award)"
    numbers = (row.base, row.deductions, row.additions, row.score)
    return (name, str(row.rank), *(str(number) for number in numbers))


def paragraphs(
    publication: Publication, rows: Sequence[PublishedScore], language: str
) -> tuple[str, ...]:
    """What the ranking is made from, the best of each group, and what it corrects."""
    zh = language == "zh"
    basis, title = publication.version.basis, publication.version.title
    found = [
        f"依据《{title}》（{basis}），从台账事实逐项计分，名次分组排列，得分相同名次并列。"
        if zh
        else f"By “{title}” ({basis}), from the facts of the ledger; ties share a rank."
    ]
    for group in Group:
        best = [row.unit_name for row in rows if row.group == group and row.rank == 1]
        if best:
            named = ("、" if zh else ", ").join(best)
            words = GROUPS_ZH[group] if zh else str(group.value)
            found.append(f"{words}第一名：{named}。" if zh else f"First among {words}: {named}.")
    if publication.corrects_id:
        why = publication.reason
        found.append(f"本通报更正上一版，原因：{why}。" if zh else f"Corrects the former: {why}.")
    return tuple(found)


GROUPS_ZH = {Group.DEPARTMENTS: "本级部门", Group.TERRITORIES: "下级地区"}

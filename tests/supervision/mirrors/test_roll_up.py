"""Roll-up over the levels without re-typing (B17, TR-13, S3-16): county rows become city rows
become province rows, each with where it comes from; a correction below marks the report above."""

from dataclasses import replace
from decimal import Decimal

import pytest

from luoshi.foundation.core.refusals import Refused
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.matters.domain.matter.drafting import Origin, draft
from luoshi.supervision.matters.domain.matter.registering import approve_to_register
from luoshi.supervision.matters.domain.report.composing import compose, outdated, sums_of
from luoshi.supervision.matters.domain.report.contents import Figure
from luoshi.supervision.matters.domain.report.correcting import correct
from luoshi.supervision.matters.domain.report.reporting import submit
from luoshi.supervision.matters.domain.report.reviewing import accept
from luoshi.supervision.matters.domain.report.signing_off import words_of
from luoshi.supervision.matters.domain.share.assigning import Share, assign
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.models import Assignment, Report
from tests.supervision.mirrors.levels import (
    COUNTY,
    GOOD,
    PLAN,
    C,
    Levels,
    P,
    X,
    agree,
    registered,
)
from tests.supervision.mirrors.test_mirrored import share_of


def test_rows_go_up_and_a_correction_below_is_seen_above(one: Levels) -> None:
    """B17 across three nodes."""
    province = one.who(P, "省督查", "省委办公厅", "supervision_officer")
    city = one.who(C, "市府办", "清源市", "supervision_officer")
    writer = one.who(C, "市联络", "清源市", "liaison")
    liaison = one.liaison
    with one.on(P) as at:
        whole = registered(province, at)
        unit = Unit.objects.get(short_name="清源市")
        assign(matter=whole, shares=[Share(unit, "sole")], actor=province, at=at)
    one.flow()
    with one.on(C) as at:
        sign_for(assignment=share_of("清源市"), actor=writer, at=at)
        origin = Origin("matter", whole.title, whole.number)
        below = draft(plan=PLAN, origin=origin, actor=city, at=at)
        below = approve_to_register(matter=below, actor=city, at=at, despite="分解落实")
        county = Unit.objects.get(short_name=COUNTY)
        assign(matter=below, shares=[Share(county, "sole")], actor=city, at=at)
    one.flow()
    with one.on(X) as at:
        sign_for(assignment=share_of(), actor=liaison, at=at)
    one.flow()
    with one.on(X) as at:
        first = [share_of().duties.get(rule_code="TR-06").pk]
        report = submit(assignment=share_of(), duty_ids=first, words=GOOD, actor=liaison, at=at)
    one.flow()
    with one.on(C) as at:
        accept(report=Report.objects.get(pk=report.pk), actor=city, at=at)
        mine = Assignment.objects.select_related("matter").get(matter=whole.pk)
        made = compose(assignment=mine, source_ids=[report.pk], actor=writer, at=at)
        words = replace(GOOD, figures=words_of(made).figures)
        first = [mine.duties.get(rule_code="TR-06").pk]
        above = submit(assignment=mine, duty_ids=first, words=words, actor=writer, at=at)
    one.flow()
    agree(one, whole.pk, "清源市", P, C)
    with one.on(P):
        (total,) = sums_of(Report.objects.get(pk=above.pk))
        assert (total.name, total.value) == ("隐患", Decimal(46))
        assert [(row.unit_name, row.receipt) for row in total.rows] == [
            (COUNTY, report.receipt_number)
        ]

    with one.on(X) as at:
        figures = (Figure("隐患", Decimal(40), "处"),)
        report = Report.objects.get(pk=report.pk)
        better = correct(
            report=report,
            words=replace(GOOD, figures=figures),
            reason="重复统计",
            actor=liaison,
            at=at,
        )
    one.flow()
    with one.on(C) as at:
        accept(report=Report.objects.get(pk=better.pk), actor=city, at=at)
    one.flow()
    with one.on(P) as at:
        seen = Report.objects.get(pk=above.pk)
        (change,) = outdated(seen)
        assert (change.row.value, change.value) == (Decimal(46), Decimal(40))
        assert change.newer_receipt == better.receipt_number
        with pytest.raises(Refused) as refused:
            accept(report=seen, actor=province, at=at)
        assert refused.value.code == "outdated"
        accept(report=seen, actor=province, at=at, despite_outdated=True)
    one.flow()
    agree(one, whole.pk, "清源市", P, C)
    with one.on(C) as at:
        newest = correct(
            report=Report.objects.get(pk=above.pk),
            words=replace(words, figures=figures),
            reason="下级更正",
            actor=writer,
            at=at,
        )
    one.flow()
    agree(one, whole.pk, "清源市", P, C)
    with one.on(P):
        (total,) = sums_of(Report.objects.get(pk=newest.pk))
        assert total.value == Decimal(40)
        assert [row.receipt for row in total.rows] == [better.receipt_number]

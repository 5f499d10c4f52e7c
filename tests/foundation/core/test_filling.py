"""A page with the refused form filled again: only that form, whatever else stands on the page."""

from luoshi.foundation.core.web.filling import (
    Form,
    Refill,
    filled,
    form_sent,
    outdated,
)

PAGE = """<!doctype html><html><head><title>督 &amp; 查</title></head><body><main id="main">
<form method="get"><input name="q" value="旧"></form>
<details class="a"><summary>拒绝</summary><form method="post" action="/m/">
<input type="hidden" name="csrfmiddlewaretoken" value="new"><input name="reason" id="r1" value="甲">
<button name="act" value="approve">同意</button></form></details>
<details><summary>退回</summary><form method="post" action="/m/"><p>&nbsp;第1份 &#20013;</p>
<textarea name="reason" id="r2">旧文</textarea><br/><select name="part">
<option value="a" selected>甲</option><option value="b">乙</option></select>
<input type="checkbox" name="sure" value="1">
<input type="radio" name="way" value="x" checked><input type="radio" name="way" value="y">
<input name="row" value=""><input name="row" value=""><input type="file" name="paper">
<button name="act" value="refuse">退回</button></form></details>
<form method="post"><input name="reason"></form><!-- 注 --></main></body></html>"""
TYPED = {
    "csrfmiddlewaretoken": ["old"],
    "reason": ["<b>缺数据\"'</b>\n第二行"],
    "part": ["b"],
    "sure": ["1"],
    "way": ["y"],
    "row": ["一", "二&"],
    "paper": ["x"],
    "act": ["refuse"],
}
SUMMARY = '<div id="errors">未办理</div>'


def sent(action: str, typed: dict[str, list[str]]) -> tuple[int, Form] | None:
    return form_sent(PAGE, "/page/?open=1", action, typed)


def test_of_two_forms_with_one_address_the_one_that_was_sent_is_filled() -> None:
    """Row 13, ui.md 4: typed words are kept, escaped, in their own fields; errors beside them."""
    found = sent("/m/", TYPED)
    assert found is not None and found[0] == 1 and found[1].ids["reason"] == "r2"
    errors = {"reason": ["请写明依据 <x>"]}
    page = filled(PAGE, Refill(1, "/page/?open=1", TYPED, errors, SUMMARY))
    typed = "&lt;b&gt;缺数据&quot;&#x27;&lt;/b&gt;\n第二行"
    wanted = f'<textarea name="reason" id="r2" aria-invalid="true">\n{typed}</textarea>'
    assert f'{wanted}<span class="error">请写明依据 &lt;x&gt;</span><br/>' in page
    assert '<option value="b" selected>' in page and '<option value="a">' in page
    assert '<input type="checkbox" name="sure" value="1" checked>' in page
    assert 'name="way" value="x">' in page and 'name="way" value="y" checked>' in page
    assert '<input name="row" value="一"><input name="row" value="二&amp;">' in page
    assert '<input type="file" name="paper">' in page and "旧文" not in page
    opened = f'<details open><summary>退回</summary><form method="post" action="/m/">{SUMMARY}'
    assert opened in page and page.count(" open>") == 1
    assert '<input type="hidden" name="came_from" value="/page/?open=1">' in page


def test_the_rest_of_the_page_stays_and_every_form_keeps_its_address() -> None:
    """ui.md 4: what the page carries by itself stays the page's; a form that was sent to the page
    itself says so, for the page now stands under another address."""
    page = filled(PAGE, Refill(1, "/page/?open=1", TYPED, {}, SUMMARY))
    for kept in (
        "<title>督 &amp; 查</title>",
        '<input name="q" value="旧">',
        '<input type="hidden" name="csrfmiddlewaretoken" value="new">',
        'id="r1" value="甲">',
        "<p>&nbsp;第1份 &#20013;</p>",
        '<form method="post" action="/page/?open=1"><input name="reason"></form><!-- 注 -->',
        '<meta name="page" content="/page/?open=1">',
    ):
        assert kept in page, kept


def test_without_the_form_the_refusal_stands_at_the_top() -> None:
    """ui.md 4: the form may be gone, decided by somebody else; a form with no field is none."""
    assert sent("/gone/", TYPED) is None
    page = filled(PAGE, Refill(None, "/page/", TYPED, {}, SUMMARY))
    assert f'<main id="main">{SUMMARY}' in page and "came_from" not in page
    assert "旧文</textarea>" in page


def test_a_word_inside_another_attribute_stays_and_what_was_not_sent_is_kept() -> None:
    """ui.md 4: only the field's own attributes change; a field that did not come with the form
    (switched off, or not there when it was opened) keeps what it has."""
    form = (
        '<form method="post" action="/m/"><input name="a" placeholder="a value of 5" value="x">'
        '<select name="b"><option value="the selected unit" selected>甲</option>'
        '<option value="c">乙</option></select><input name="off" value="留" disabled>'
        '<textarea name="gone">留着</textarea><select name="far"><option selected>远</option>'
        "</select></form>"
    )
    page = filled(form, Refill(0, "/m/", {"a": ["新"], "b": ["c"]}, {}, ""))
    assert '<input name="a" placeholder="a value of 5" value="新">' in page
    assert '<option value="the selected unit">' in page and '<option value="c" selected>' in page
    assert '<input name="off" value="留" disabled>' in page
    assert '<textarea name="gone">留着</textarea>' in page and "<option selected>远" in page


def test_a_form_opened_before_somebody_else_saved_is_left_as_it_is() -> None:
    """Contract 3: with another revision on the page nothing is put back over what was saved."""
    page = (
        '<details><form method="post" action="/m/"><input type="hidden" name="revision" value="2">'
        '<textarea name="a">新存</textarea><input type="checkbox" name="t" checked></form>'
        "</details>"
    )
    found = form_sent(page, "/m/", "/m/", {"revision": ["1"], "a": ["旧"]})
    assert found is not None and outdated(found[1], {"revision": ["1"]})
    assert not outdated(found[1], {"revision": ["2"]}) and not outdated(found[1], {})
    left = filled(page, Refill(0, "/m/", {}, {"a": ["改"]}, SUMMARY))
    assert '<textarea name="a">新存</textarea>' in left and ' name="t" checked>' in left
    assert f'<details open><form method="post" action="/m/">{SUMMARY}' in left

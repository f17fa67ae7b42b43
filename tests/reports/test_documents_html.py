import re
import unicodedata
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from campaigns import rulesets
from members.vocabulary import vocabulary
from reports.documents.head import Signatory
from reports.documents.rollup_html import rollup_html
from tests.reports import rollups

SHORT = (
    "; ".join(
        f"{each.short.en}: {each.label.en}"
        for each in rulesets.load("hd27-2014").scheme("grassroots").levels
        if each.short.en != each.label.en
    )
    + "."
)


def printed(rollup, **head):
    return rollup_html(
        rollup,
        rule_set=rulesets.load(rollup.rule_set),
        vocabulary=vocabulary(),
        head=rollups.head(**head),
    )


class Texts(HTMLParser):
    """The texts of the elements that match, each with single blanks."""

    def __init__(self, tag, css=""):
        super().__init__()
        self.tag, self.css, self.depth, self.found = tag, css, 0, []

    def handle_starttag(self, tag, attrs):
        matches = tag == self.tag and self.css in (dict(attrs).get("class") or "")
        if self.depth or matches:
            self.depth += tag not in ("col", "meta", "br")
            self.found += [""] if matches and self.depth == 1 else []

    def handle_endtag(self, tag):
        self.depth -= self.depth > 0

    def handle_data(self, data):
        if self.depth:
            self.found[-1] += data


def texts(html, tag, css=""):
    reader = Texts(tag, css)
    reader.feed(html)
    return [" ".join(text.split()) for text in reader.found]


def test_the_head_has_the_prescribed_lines():
    html = printed(rollups.flat())

    assert texts(html, "header") == [
        "ĐẢNG BỘ TỈNH VĨNH PHÚC HUYỆN ỦY YÊN LẠC * Số 25-BC/HU "
        "ĐẢNG CỘNG SẢN VIỆT NAM Yên Lạc, ngày 05 tháng 01 năm 2019"
    ]
    assert texts(html, "h1") == ["BÁO CÁO"]
    assert texts(html, "p", "abstract") == [rollups.head().abstract]
    assert texts(html, "p", "dashes") == ["-----"]


def test_the_closing_has_recipients_and_the_body_that_signs():
    html = printed(rollups.flat())

    assert texts(html, "footer") == [
        "Nơi nhận: - Ban Thường vụ Tỉnh ủy, - Ban Tổ chức Tỉnh ủy, "
        "- Các tổ chức cơ sở đảng trực thuộc, - Lưu Văn phòng Huyện ủy. "
        "T/M BAN THƯỜNG VỤ BÍ THƯ Nguyễn Văn Thử"
    ]


def test_a_draft_leaves_number_date_and_name_blank():
    html = printed(
        rollups.flat(),
        number=None,
        issued_on=None,
        superior="",
        signatories=(Signatory(on_behalf_of="Chi bộ", post="Phó Bí thư"),),
    )

    assert texts(html, "header") == [
        "HUYỆN ỦY YÊN LẠC * Số -BC/HU ĐẢNG CỘNG SẢN VIỆT NAM Yên Lạc, "
        "ngày .... tháng .... năm ......"
    ]
    assert texts(html, "footer")[0].endswith("T/M CHI BỘ PHÓ BÍ THƯ")


def test_a_cell_states_its_own_level_and_has_neither_chart_nor_table_of_one_row():
    rollup = rollups.flat()
    cell = replace(
        rollup,
        unit=replace(
            rollup.unit,
            unit=replace(rollup.unit.unit, level="GOOD"),
            by_sector=dict(list(rollup.unit.by_sector.items())[:1]),
        ),
        children=(),
    )

    html = printed(cell)

    assert f"Mức xếp loại của {cell.unit.unit.name}: hoàn thành tốt nhiệm vụ." in html
    assert "<figure>" not in html
    assert 'id="members_by_sector"' not in html


def test_where_no_place_is_known_dots_leave_room_for_it():
    html = printed(rollups.flat(), place="")

    assert texts(html, "p", "dated") == ["............., ngày 05 tháng 01 năm 2019"]


def test_an_english_report_keeps_the_prescribed_words_with_a_gloss():
    html = printed(rollups.flat(), language="en")

    assert texts(html, "header") == [
        "ĐẢNG BỘ TỈNH VĨNH PHÚC HUYỆN ỦY YÊN LẠC * Số 25-BC/HU "
        "ĐẢNG CỘNG SẢN VIỆT NAM Communist Party of Vietnam Yên Lạc, 5 January 2019"
    ]
    assert texts(html, "h1") == ["BÁO CÁO Report"]


def test_the_text_states_figures_and_nothing_else():
    rule_set = rulesets.load("hd27-2014")
    rollup = rollups.district(1)
    figures = rollups.figures(
        rule_set,
        rollups.member_counts(rule_set, [108, 792, 90, 10], exempt=30, OTHER=2),
        rollups.organisation_counts(rule_set, [1, 2, 3, 0, 0], unrated=2),
        rollups.organisation_counts(rule_set, [0, 0, 0, 0, 0]),
    )
    unit = replace(rollup.unit, figures=figures, by_sector={})
    rollup = replace(rollup, unit=unit, children=())

    html = printed(rollup, language="en", theme="Tự soi, tự sửa")

    main = html[html.index("<main>") : html.index("</main>")]
    assert texts(main, "h2") == [
        "1. General",
        "2. Party organisations",
        "3. Party members",
        "4. Permitted number of the best level",
    ]
    assert [text for text in texts(main, "p") if text][2:] == [
        "This report sums up the results of the assessment and classification of "
        "quality in 2018 of Đảng bộ huyện Yên Lạc, under "
        f"{rule_set.citation.en}.",
        "Campaign: Đợt kiểm điểm, đánh giá, phân loại năm 2018; theme: Tự soi, tự sửa.",
        "At the time of the review there are 8 party cells; 1,032 members present.",
        "Party cells: 6 of 8 were assessed (75.00%). By level: clean, strong and "
        "exemplary: 1 (16.67%); clean and strong: 2 (33.33%); tasks completed well: "
        "3 (50.00%); tasks completed: 0 (0.00%); weak: 0 (0.00%). Taken together: clean "
        "and strong (exemplary included): 3 (50.00%).",
        "Party members: 1,000 of 1,032 were assessed (96.90%). By level: qualified, "
        "tasks completed excellently: 108 (10.80%); qualified, tasks completed well: "
        "792 (79.20%); qualified, tasks completed: 90 (9.00%); not qualified, or "
        "tasks not completed: 10 (1.00%).",
        "Not assessed: exempt from party work and meetings: 30; other: 2.",
        "Party members: 3; at most 5 (15% of 34 rated good): the permitted number is "
        "not exceeded.",
        "The tables and the note on method that follow are part of this report.",
    ]


@pytest.mark.parametrize(("exceeding", "is_named"), [(2, True), (11, False)])
def test_units_that_exceed_are_named_where_they_are_few(exceeding, is_named):
    rollup = rollups.district(1)
    line = rollup.unit.ceiling[0]
    lines = [
        replace(line, unit=str(at), unit_name=f"Đảng bộ {at}", exceeded=at < exceeding)
        for at in range(12)
    ]
    over = replace(rollup, unit=replace(rollup.unit, ceiling=tuple(lines)))

    (said,) = [
        text
        for text in texts(printed(over, language="en"), "p")
        if "permitted number is exceeded" in text
    ]

    head = f"number is exceeded in {exceeding} of 12 units."
    names = " Exceeding: Đảng bộ 0; Đảng bộ 1." if is_named else ""
    assert said.endswith(head + names)


def test_nobody_assessed_is_said_without_percents_of_levels():
    html = printed(rollups.nobody(), language="en")

    assert "Party members: 0 of 60 were assessed (0.00%).</p>" in html
    assert "<svg" not in html


def test_a_unit_without_members_says_none():
    rollup = rollups.flat(0, directly=0)

    assert "Party members: none.</p>" in printed(rollup, language="en")


def test_what_cannot_be_compared_is_said_and_not_estimated():
    rollup = rollups.district(3, rule_set_code="qd132-2018")

    html = printed(rollup, language="en", previous=rollups.previous())

    assert "Grassroots party organisations: not comparable with 2017.</p>" in html
    assert "Party cells: not comparable with 2017.</p>" in html
    assert "Party members: not comparable" not in html


def test_the_note_on_method_says_what_is_uncertain():
    html = printed(rollups.flat(rule_set_code="qd366-2025"), language="en", year=2025)

    assert (
        "Party members with the level Tasks completed excellently: at most 20% of those "
        "rated good or better, counted by group of similar position, function and task, "
        "rounded down. In special cases at most 25%. Uncertain (from general knowledge, "
        "unchecked): the rounding. Uncertain (not known, chosen here): the base, the "
        "unit that is counted by. The table shows every base in question.</p>"
    ) in html


def test_a_rule_set_without_ceilings_says_so():
    rollup = rollups.flat()
    rule_set = replace(rulesets.load(rollup.rule_set), ceilings=())

    html = rollup_html(
        rollup,
        rule_set=rule_set,
        vocabulary=vocabulary(),
        head=rollups.head(language="en"),
    )

    assert "The rule set, as far as it is known here, sets none.</p>" in html


def test_a_rule_set_out_of_its_years_is_named():
    inside = printed(rollups.flat(rule_set_code="hd27-2014"), language="en", year=2016)
    outside = printed(rollups.flat(rule_set_code="hd27-2014"), language="en", year=2018)

    note = "The rule set was not in force at the end of"
    assert note not in inside
    assert f"{note} 2018; it is used here as the campaign was set up.</p>" in outside


def test_every_table_has_its_number_and_its_base():
    html = printed(rollups.district(3), language="en")

    assert texts(html[html.index("</footer>") :], "h2") == [
        "Note on method",
        "Charts",
        "Table 1. Members by subordinate party organisation",
        "Table 2. Party cells by subordinate party organisation",
        "Table 3. Levels of the party organisations with none below them",
        "Table 4. Members by sector",
        "Table 5. Grassroots party organisations by sector",
        "Table 6. Party cells by sector",
        "Table 7. Permitted number of the best level, and what was decided",
    ]
    notes = texts(html, "p", "note")
    assert [note for note in notes if not note.startswith("Percents")] == [
        SHORT,
        "Without party cells below: 1 (grassroots party cell).",
    ]
    assert len(notes) == 7


def test_a_report_names_the_organisations_below_only_where_there_are_any():
    with_children, without = (
        printed(rollup, language="en")
        for rollup in (rollups.flat(), replace(rollups.flat(), children=()))
    )

    assert "and the party organisations below it, under" in with_children
    assert "the party organisations below it, under" not in without


def test_a_vietnamese_report_writes_numbers_the_vietnamese_way():
    html = printed(rollups.district(20, scale=3))

    cells = {text for text in texts(html, "td") if re.search(r"[.,]\d", text)}

    assert any(re.fullmatch(r"\d+\.\d{3}", text) for text in cells)
    assert all(re.fullmatch(r"\d{1,3}(\.\d{3})*|\d{1,3},\d\d", text) for text in cells)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_names_are_escaped_everywhere(language):
    rollup = rollups.district(2)
    hostile = '<img src="file:///etc/passwd">&{{ 1 }}'
    children = tuple(
        replace(child, unit=replace(child.unit, name=hostile))
        for child in rollup.children
    )
    unit = replace(rollup.unit, unit=replace(rollup.unit.unit, name=hostile))

    html = printed(
        replace(rollup, unit=unit, children=children),
        language=language,
        issuer=hostile,
        superior=hostile,
        abstract=hostile,
        campaign=hostile,
        theme=hostile,
        place=hostile,
        symbol=hostile,
        recipients=(hostile,),
        signatories=(Signatory(on_behalf_of=hostile, post=hostile, name=hostile),),
    )

    assert "<img" not in html.lower()
    assert "{{ 1 }}" in html


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_document_asks_for_nothing_outside_itself(language):
    html = printed(rollups.district(4), language=language, previous=rollups.previous())

    addresses = re.findall(r"url\(([^)]*)\)|(?:src|href)=|@import", html)

    assert set(addresses) == {"#levels-1-hatch"}


def test_equal_figures_and_heads_make_an_equal_document():
    assert printed(rollups.district(3)) == printed(rollups.district(3))


def test_the_document_ends_its_sentences_as_prescribed_and_is_composed():
    html = printed(rollups.district(3), language="en")

    assert "./." not in html
    assert "TM." not in html
    assert unicodedata.is_normalized("NFC", html)


def test_a_reason_for_the_lowest_level_is_printed_only_where_there_is_one():
    html = printed(rollups.flat(), language="en")
    reasons = rulesets.load("qd132-2018").reasons

    assert [reason for reason in reasons if f">{reason.label.en}<" in html] == [
        reason for reason in reasons if reason.label.en == "Other"
    ]

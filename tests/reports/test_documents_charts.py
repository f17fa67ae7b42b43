import math
import re
from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from campaigns import rulesets
from members.vocabulary import vocabulary
from reports.documents import pdf
from reports.documents.charts import (
    Bar,
    Panel,
    bars_by_page,
    level_bars,
    level_columns,
)
from reports.documents.pictures import MOST_BARS, comparison, levels_by_unit
from reports.documents.svg import Style, text_width, wrapped
from reports.documents.terms import Terms
from tests.reports import rollups

SVG = "{http://www.w3.org/2000/svg}"
STYLE = Style(language="vi", key="test", font="serif", width=600)
LEVELS = ("Xuất sắc", "Tốt", "Hoàn thành", "Không hoàn thành")
PRESENTATION = {
    "viewBox", "role", "id", "width", "height", "patternUnits", "d", "fill", "stroke",
    "stroke-width", "x", "y", "font-size", "text-anchor", "font-weight", "font-family",
}  # fmt: skip


pytestmark = pytest.mark.usefixtures("english")


def bars_of(drawing):
    """The rectangles of the bars: what they say and how wide they are."""
    return [
        (box.find(f"{SVG}title").text, float(box.get("width")))
        for box in ET.fromstring(drawing).iter(f"{SVG}rect")
        if box.find(f"{SVG}title") is not None
    ]


def texts_of(drawing):
    return [text.text for text in ET.fromstring(drawing).iter(f"{SVG}text")]


def draw(*bars, style=STYLE):
    return level_bars(bars, levels=LEVELS, title="Đảng viên", style=style)


def test_a_bar_is_divided_by_level_in_percent_of_its_own_sum():
    drawing = draw(Bar("Chi bộ 1", (1, 2, 0, 1), "4 đảng viên"))

    full = sum(width for _said, width in bars_of(drawing))
    assert [(said, round(width / full, 4)) for said, width in bars_of(drawing)] == [
        ("Xuất sắc: 1 (25,00%)", 0.25),
        ("Tốt: 2 (50,00%)", 0.5),
        ("Không hoàn thành: 1 (25,00%)", 0.25),
    ]
    assert texts_of(drawing) == [
        *LEVELS,
        "Chi bộ 1",
        "25,00",
        "50,00",
        "4 đảng viên",
    ]


def test_a_row_without_anybody_says_so():
    assert texts_of(draw(Bar("Chi bộ 1", (0, 0, 0, 0), "chưa có")))[4:] == [
        "Chi bộ 1",
        "chưa có",
    ]


def test_a_percent_is_left_out_where_its_bar_is_too_narrow_for_it():
    assert texts_of(draw(Bar("A", (1, 99, 0, 0), "100")))[5:] == ["99,00", "100"]


@pytest.mark.parametrize("names_above", [False, True])
def test_a_chart_has_nothing_but_presentation_attributes(names_above):
    drawing = draw(
        Bar("A", (1, 2, 3, 4), ""), style=replace(STYLE, names_above=names_above)
    )

    used = {name for node in ET.fromstring(drawing).iter() for name in node.attrib}

    assert used <= PRESENTATION


def test_a_chart_is_named_and_described_for_who_cannot_see_it():
    root = ET.fromstring(draw(Bar("A", (1, 2, 3, 4), "")))

    assert root.get("role") == "img"
    assert [(node.tag, node.text) for node in list(root)[:2]] == [
        (f"{SVG}title", "Đảng viên"),
        (f"{SVG}desc", "Xuất sắc; Tốt; Hoàn thành; Không hoàn thành"),
    ]


def test_names_are_escaped():
    drawing = draw(Bar("<script>alert(1)</script>&", (1, 0, 0, 0), ""))

    assert "<script" not in drawing
    assert "".join(texts_of(drawing)[4:-2]).replace(" ", "") == (
        "<script>alert(1)</script>&"
    )


def test_charts_of_one_page_do_not_share_their_hatching():
    first, second = (
        draw(Bar("A", (0, 0, 0, 1), ""), style=replace(STYLE, key=key))
        for key in ("one", "two")
    )

    assert re.findall(r'id="([^"]+)"|url\(#([^)]+)\)', first) == [
        ("one-hatch", ""),
        ("", "one-hatch"),
        ("", "one-hatch"),
    ]
    assert "one-hatch" not in second


def test_every_tone_is_of_another_lightness_or_hatched():
    drawing = level_bars(
        [Bar("A", (1, 1, 1, 1), "")], levels=["1", "2", "3", "4"], title="", style=STYLE
    )
    fills = [
        box.get("fill")
        for box in ET.fromstring(drawing).iter(f"{SVG}rect")
        if box.find(f"{SVG}title") is not None
    ]

    lightness = [_luminance(fill) for fill in fills[:-1]]
    assert fills[-1] == "url(#test-hatch)"
    assert lightness == sorted(lightness)
    assert min(map(_contrast, lightness, lightness[1:])) > 1.5


def _luminance(fill):
    parts = [int(fill[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    ]
    return sum(
        w * part for w, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True)
    )


def _contrast(darker, lighter):
    return (lighter + 0.05) / (darker + 0.05)


NAME = st.text(
    st.characters(whitelist_categories=("Lu", "Ll", "Nd")) | st.just(" "), max_size=120
)


@given(names=st.lists(NAME, min_size=1, max_size=60), height=st.floats(120, 900))
def test_bars_by_page_keeps_every_bar_in_order_on_pages_that_are_not_too_high(
    names, height
):
    bars = [Bar(name, (1, 1, 1, 1), "") for name in names]

    pages = bars_by_page(bars, levels=LEVELS, height=height, style=STYLE)

    assert [bar for page in pages for bar in page] == bars
    for page in pages:
        drawn = float(ET.fromstring(draw(*page)).get("viewBox").split()[3])
        assert len(page) == 1 or drawn <= height


def test_bars_by_page_fills_pages_about_equally():
    bars = [Bar("Chi bộ", (1, 1, 1, 1), "")] * 61

    pages = bars_by_page(bars, levels=LEVELS, height=830, style=STYLE)

    assert [len(page) for page in pages] == [31, 30]


def test_charts_without_a_page_are_one():
    bars = [Bar("Chi bộ", (1, 1, 1, 1), "")] * 61

    assert bars_by_page(bars, levels=LEVELS, height=math.inf, style=STYLE) == [bars]


@given(text=NAME, width=st.floats(20, 300))
def test_wrapped_loses_nothing_and_fits(text, width):
    lines = wrapped(text, width)

    assert "".join(lines).replace(" ", "") == "".join(text.split())
    for line in lines:
        assert len(line) <= 1 or text_width(line) <= width


def test_a_number_stays_with_the_word_before_it():
    width = text_width("Chi bộ thôn")

    assert wrapped("Chi bộ thôn 3", width) == ["Chi bộ", "thôn 3"]
    assert wrapped("thôn 3", text_width("thôn")) == ["thôn", "3"]


@pytest.mark.parametrize("text", [*rollups.NAMES, rollups.LONGEST, "MƯỜI MỘT, WƯMƠ"])
def test_text_width_is_not_less_than_in_the_font_of_the_print(text):
    _family, path = pdf._matched("Regular")
    with TTFont(path) as font:
        letters, widths = font.getBestCmap(), font["hmtx"]
        exact = sum(widths[letters[ord(letter)]][0] for letter in text)
        exact /= font["head"].unitsPerEm

    assert exact <= text_width(text, 1) <= 1.25 * exact


def test_columns_show_both_campaigns_on_one_scale():
    panel = Panel(
        name="Đảng viên",
        levels=("Tốt", "Yếu"),
        before=(Decimal("25.00"), None),
        now=(Decimal("50.00"), Decimal("0.00")),
        before_name="2017 (4 đảng viên)",
        now_name="2018 (8 đảng viên)",
    )

    drawing = level_columns([panel], title="So sánh", style=STYLE)

    assert texts_of(drawing) == [
        "Đảng viên",
        "2017 (4 đảng viên)",
        "2018 (8 đảng viên)",
        "25,00",
        "50,00",
        "Tốt",
        "–",
        "0,00",
        "Yếu",
    ]
    heights = [
        float(box.get("height")) for box in ET.fromstring(drawing).iter(f"{SVG}rect")
    ]
    assert heights[3] == 2 * heights[2]


def terms_of(rollup):
    return Terms(rulesets.load(rollup.rule_set), vocabulary(), "en")


def test_levels_by_unit_has_a_bar_for_the_whole_and_for_each_child():
    rollup = rollups.district(2)

    (picture,) = levels_by_unit(rollup, terms_of(rollup), style=STYLE)

    assert picture.title == (
        "Members by level and party organisation, in percent of the assessed"
    )
    assert "Total" in texts_of(picture.drawing)
    assert (
        len([text for text in texts_of(picture.drawing) if text.endswith(" members")])
        == 3
    )


def test_the_parts_of_a_chart_share_its_number():
    rollup = rollups.district(12)

    pictures = levels_by_unit(rollup, terms_of(rollup), style=STYLE, height=200)

    assert len(pictures) > 1
    assert {picture.number for picture in pictures} == {1}
    assert pictures[0].title.endswith(f"(part 1 of {len(pictures)})")


def test_a_bar_says_how_many_members_it_is_about():
    rollup = rollups.district(1)

    (picture,) = levels_by_unit(rollup, terms_of(rollup), style=STYLE)

    assessed = rollup.unit.figures.members.assessed
    assert f"{assessed:,} members" in texts_of(picture.drawing)


def test_levels_by_unit_goes_by_sector_where_there_are_too_many_children():
    rollup = rollups.district(MOST_BARS + 1)

    (picture,) = levels_by_unit(rollup, terms_of(rollup), style=STYLE)

    assert picture.title == "Members by level and sector, in percent of the assessed"
    assert len(
        [text for text in texts_of(picture.drawing) if text.endswith(" members")]
    ) == 1 + len(rollup.unit.by_sector)


def test_levels_by_unit_keeps_to_the_children_where_there_are_no_sectors():
    rollup = rollups.district(MOST_BARS + 1)
    rollup = replace(rollup, unit=replace(rollup.unit, by_sector={}))

    pictures = levels_by_unit(rollup, terms_of(rollup), style=STYLE, height=830)

    assert [picture.title for picture in pictures] == [
        "Members by level and party organisation, in percent of the assessed "
        f"(part {page} of 3)"
        for page in (1, 2, 3)
    ]


def test_levels_by_unit_draws_nothing_where_nobody_was_assessed():
    rollup = rollups.nobody()

    assert levels_by_unit(rollup, terms_of(rollup), style=STYLE) == []


def test_comparison_has_a_panel_for_each_subject_that_can_be_compared():
    rollup = rollups.district(4, rule_set_code="qd132-2018")
    same = rollups.previous(rule_set_code="qd132-2018")
    other = rollups.Previous(year=2016, rollup=rollups.nobody())

    drawn = comparison(rollup, same, 2018, terms_of(rollup), number=2, style=STYLE)
    none = comparison(rollup, other, 2018, terms_of(rollup), number=2, style=STYLE)

    assert drawn.number == 2
    assert drawn.title == "Levels in percent of the assessed, 2017 and 2018"
    assert ET.fromstring(drawn.drawing).find(f"{SVG}desc").text == (
        "Party members; Grassroots party organisations; Party cells"
    )
    assert none is None

from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from members.vocabulary import (
    BadVocabulary,
    Committee,
    Label,
    Sector,
    TermNotValid,
    UnitKind,
    UnknownTerm,
    read_vocabulary,
    tier_of,
    vocabulary,
)

END_2018, END_2024, END_2025, END_2026 = (
    date(year, 12, 31) for year in (2018, 2024, 2025, 2026)
)

SMALL = """
[sources.rule]
vi = "Quy định"
en = "Regulation"

[advice.other]
vi = "ghi là xã"
en = "write commune"

[committees.own]
unit = "Chi bộ"
name = "Chi ủy"
symbol = "CU"
body = "Chi bộ"

[[kinds]]
code = "CELL"
label = { vi = "chi bộ", en = "party cell" }
aliases = ["chi bộ trực thuộc"]
tier = "CELL"
committees = ["own"]
holds_members = true
is_cell = true
source = "rule"
certainty = "S"

[[sectors]]
code = "TOWNSHIP"
column = "6"
label = { vi = "Thị trấn", en = "Township" }
valid_from = 1954-01-01
valid_until = 2025-06-30
advice = "other"
source = "rule"
certainty = "S2"
"""


def test_read_vocabulary_returns_what_the_file_says():
    lists = read_vocabulary(SMALL)

    assert dict(lists.kinds) == {
        "CELL": UnitKind(
            code="CELL",
            label=Label(vi="chi bộ", en="party cell"),
            short=Label(vi="chi bộ", en="party cell"),
            aliases=("chi bộ trực thuộc",),
            valid_from=None,
            valid_until=None,
            advice=None,
            source=Label(vi="Quy định", en="Regulation"),
            certainty="S",
            tier="CELL",
            committees=(
                Committee(unit="Chi bộ", name="Chi ủy", symbol="CU", body="Chi bộ"),
            ),
            holds_members=True,
            is_cell=True,
            is_grassroots=False,
        )
    }
    assert dict(lists.sectors) == {
        "TOWNSHIP": Sector(
            code="TOWNSHIP",
            label=Label(vi="Thị trấn", en="Township"),
            aliases=(),
            valid_from=date(1954, 1, 1),
            valid_until=date(2025, 6, 30),
            advice=Label(vi="ghi là xã", en="write commune"),
            source=Label(vi="Quy định", en="Regulation"),
            certainty="S2",
            column="6",
        )
    }


@pytest.mark.parametrize(
    ("find", "put", "key", "why"),
    [
        ('vi = "chi bộ", ', "", "kinds.CELL.label.vi", "is missing"),
        (', en = "party cell"', "", "kinds.CELL.label.en", "is missing"),
        (', en = "Township"', ', en = "Town", fr = "Bourg"',
         "sectors.TOWNSHIP.label.fr", "is no known key"),
        (', en = "Township"', "", "sectors.TOWNSHIP.label.en", "is missing"),
        ('en = "write commune"', "", "advice.other.en", "is missing"),
        ('en = "Regulation"', "", "sources.rule.en", "is missing"),
        ('en = "Regulation"', 'en = ""', "sources.rule.en", "is empty"),
        ('en = "Township"', 'en = "Town  ship"', "sectors.TOWNSHIP.label.en", "blanks"),
        ('"chi bộ",', '"chi bo\u0323\u0302",', "kinds.CELL.label.vi", "NFC"),
        ('"chi bộ",', '"chi\u200b bộ",', "kinds.CELL.label.vi", "ZERO WIDTH SPACE"),
        ('code = "CELL"\n', "", "kinds.1.code", "is missing"),
        ('code = "CELL"', "code = 1", "kinds.1.code", "is not a text"),
        ('tier = "CELL"', "", "kinds.CELL.tier", "is missing"),
        ('tier = "CELL"', 'tier = "TOP"', "kinds.CELL.tier", '"TOP" is none of CELL,'),
        ('committees = ["own"]\n', "", "kinds.CELL.committees", "is missing"),
        ('["own"]', '["other"]', "kinds.CELL.committees", '"other" is none of own'),
        ('symbol = "CU"\n', "", "committees.own.symbol", "is missing"),
        ('column = "6"', 'column = "29"', "sectors.TOWNSHIP.column", '"29" is none of 4,'),
        ('certainty = "S"\n', "", "kinds.CELL.certainty", "is missing"),
        ('certainty = "S2"', 'certainty = "X"', "sectors.TOWNSHIP.certainty", "S, S2"),
        ('source = "rule"\ncertainty = "S2"', 'source = "law"\ncertainty = "S2"',
         "sectors.TOWNSHIP.source", '"law" is none of rule'),
        ('advice = "other"', 'advice = "none"', "sectors.TOWNSHIP.advice", "other"),
        ("is_cell = true", "is_cell = 1", "kinds.CELL.is_cell", "is neither true nor false"),
        ("is_cell = true", "is_sell = true", "kinds.CELL.is_sell", "is no known key"),
        ("2025-06-30", "2025-06-30T00:00:00", "sectors.TOWNSHIP.valid_until",
         "is not a date"),
        ("2025-06-30", "1953-12-31", "sectors.TOWNSHIP.valid_until",
         "is before valid_from"),
        ('["chi bộ trực thuộc"]', "[7]", "kinds.CELL.aliases.1", "is not a text"),
        ("[[kinds]]", "[[kind]]", "kinds", "is missing"),
        ("[sources.rule]", "extra = 1\n[sources.rule]", "extra", "is no known key"),
        ("[sources.rule]", "[sources.rule", "file", "is not TOML"),
    ],
)  # fmt: skip
def test_read_vocabulary_refuses_a_bad_file_by_key_and_reason(find, put, key, why):
    assert find in SMALL

    with pytest.raises(BadVocabulary) as refusal:
        read_vocabulary(SMALL.replace(find, put, 1))

    assert refusal.value.key == key
    assert why in refusal.value.why


def test_read_vocabulary_refuses_a_code_that_stands_twice():
    kind = SMALL[SMALL.index("[[kinds]]") : SMALL.index("[[sectors]]")]

    with pytest.raises(BadVocabulary, match=r"kinds\.CELL stands twice"):
        read_vocabulary(SMALL + kind)


def test_read_vocabulary_refuses_a_text_that_means_two_terms():
    kind = SMALL[SMALL.index("[[kinds]]") : SMALL.index("[[sectors]]")]
    twin = kind.replace('code = "CELL"', 'code = "CHI BO"')

    with pytest.raises(BadVocabulary, match=r"kinds\.CHI BO means 'CHI BO', as CELL"):
        read_vocabulary(SMALL + twin)


def test_the_shipped_kinds_are_those_of_the_workbook():
    assert {kind.label.vi: kind.code for kind in vocabulary().kinds.values()} == {
        "trung ương": "CENTRAL",
        "tỉnh": "PROVINCE",
        "huyện": "DISTRICT",
        "khối": "BLOC",
        "xã": "COMMUNE",
        "phường": "WARD",
        "đặc khu": "SPECIAL_ZONE",
        "cấp trên trực tiếp cơ sở": "SUPERIOR",
        "đảng bộ cơ sở": "GRASSROOTS_COMMITTEE",
        "đảng bộ trực thuộc cơ sở": "SUB_GRASSROOTS",
        "đảng bộ bộ phận": "SECTIONAL",
        "chi bộ cơ sở": "GRASSROOTS_CELL",
        "chi bộ": "CELL",
    }


def test_the_shipped_sectors_are_the_columns_without_totals():
    columns = {code: each.column for code, each in vocabulary().sectors.items()}

    assert list(columns)[:4] == ["COMMUNE", "WARD", "SPECIAL_ZONE", "TOWNSHIP"]
    assert columns.pop("SPECIAL_ZONE") == ""
    assert [int(column) for column in columns.values()] == [
        *(4, 5, 6, 7, 8, 10, 11, 12, 13, 16, 17, 18, 20, 21, 22, 23, 24, 25, 27, 28)
    ]


def test_only_cells_hold_members_and_the_grassroots_are_two_kinds():
    kinds = vocabulary().kinds.values()

    assert [kind.code for kind in kinds if kind.holds_members] == [
        "GRASSROOTS_CELL",
        "CELL",
    ]
    assert [kind.code for kind in kinds if kind.is_cell] == ["CELL"]
    assert [kind.code for kind in kinds if kind.is_grassroots] == [
        "GRASSROOTS_COMMITTEE",
        "GRASSROOTS_CELL",
    ]


NAMED_AFTER_PLACES = {"DISTRICT", "BLOC", "COMMUNE", "WARD", "SPECIAL_ZONE"}


@pytest.mark.parametrize(
    ("day", "valid"),
    [
        (END_2018, {"DISTRICT", "BLOC"}),
        (END_2024, {"DISTRICT", "BLOC"}),
        (date(2025, 1, 1), {"COMMUNE", "WARD", "SPECIAL_ZONE"}),
        (END_2025, {"COMMUNE", "WARD", "SPECIAL_ZONE"}),
        (date(2026, 1, 1), set()),
        (END_2026, set()),
    ],
)
def test_levels_above_the_grassroots_are_named_after_places_in_their_years(day, valid):
    lists = vocabulary()
    codes = {kind.code for kind in lists.kinds_on(day)}

    assert codes & NAMED_AFTER_PLACES == valid
    assert codes | NAMED_AFTER_PLACES == set(lists.kinds)


@pytest.mark.parametrize(
    ("day", "missing"),
    [
        (date(2025, 6, 30), {"SPECIAL_ZONE"}),
        (date(2025, 7, 1), {"TOWNSHIP"}),
    ],
)
def test_towns_end_on_the_day_when_special_zones_begin(day, missing):
    lists = vocabulary()

    assert set(lists.sectors) - {each.code for each in lists.sectors_on(day)} == missing


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("chi bộ cơ sở", "GRASSROOTS_CELL"),
        ("  CHI BO  CO SO ", "GRASSROOTS_CELL"),
        ("Chi bộ", "CELL"),
        ("cell", "CELL"),
        ("Đảng uỷ khối", "BLOC"),
        ("ĐB cơ sở", "GRASSROOTS_COMMITTEE"),
        ("grassroots_committee", "GRASSROOTS_COMMITTEE"),
        ("huyen", "DISTRICT"),
    ],
)
def test_kind_for_forgives_accents_case_and_blanks(text, code):
    assert vocabulary().kind_for(text, on=END_2018).code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Xã", "COMMUNE"),
        ("thi tran", "TOWNSHIP"),
        ("Cơ quan Đảng, MTTQ, CT-XH", "PARTY_AND_MASS_AGENCY"),
        ("co quan dang, mttq, ct – xh", "PARTY_AND_MASS_AGENCY"),
        ("ngoài công lập", "NON_PUBLIC_SERVICE_UNIT"),
        ("Doanh nghiệp 100% vốn nước ngoài", "FOREIGN_OWNED_ENTERPRISE"),
        ("≥50%", "STATE_ENTERPRISE_MAJORITY"),
        ("HTX", "COOPERATIVE"),
        ("state_agency", "STATE_AGENCY"),
    ],
)
def test_sector_for_forgives_accents_case_and_blanks(text, code):
    assert vocabulary().sector_for(text, on=END_2018).code == code


def test_every_term_is_found_by_each_of_its_spellings_and_nothing_else_is():
    lists = vocabulary()
    for kind in lists.kinds.values():
        day = kind.valid_until or END_2018
        found = {lists.kind_for(text, on=day).code for text in kind.spellings}
        assert found == {kind.code}
    for text in ("", "đảng bộ", "xã hội"):
        with pytest.raises(UnknownTerm) as refusal:
            lists.kind_for(text, on=END_2018)
        assert refusal.value.text == text
    with pytest.raises(UnknownTerm):
        lists.sector_for("Doanh nghiệp", on=END_2018)


@pytest.mark.parametrize(
    ("text", "day", "code"),
    [
        ("huyện", END_2025, "DISTRICT"),
        ("khối", END_2026, "BLOC"),
        ("xã", END_2024, "COMMUNE"),
        ("phường", END_2026, "WARD"),
        ("đặc khu", END_2018, "SPECIAL_ZONE"),
    ],
)
def test_a_kind_out_of_its_years_is_refused_with_advice(text, day, code):
    with pytest.raises(TermNotValid) as refusal:
        vocabulary().kind_for(text, on=day)

    assert (refusal.value.term.code, refusal.value.on) == (code, day)
    for language in ("vi", "en"):
        advice = refusal.value.advice.text(language)
        for words in ("đảng bộ cơ sở", "cấp trên trực tiếp cơ sở", "Loại hình"):
            assert words in advice


def test_a_sector_out_of_its_years_is_refused_with_advice():
    with pytest.raises(TermNotValid) as refusal:
        vocabulary().sector_for("thị trấn", on=END_2025)

    assert refusal.value.advice == vocabulary().sectors["TOWNSHIP"].advice
    assert "01/7/2025" in refusal.value.advice.vi


@pytest.mark.parametrize(
    ("kind", "tier"),
    [
        ("CELL", "CELL"),
        ("GRASSROOTS_CELL", "CELL"),
        ("SECTIONAL", "GRASSROOTS"),
        ("GRASSROOTS_COMMITTEE", "GRASSROOTS"),
        ("COMMUNE", "UPPER"),
        ("CENTRAL", "UPPER"),
    ],
)
def test_tier_of_says_where_a_committee_stands(kind, tier):
    assert tier_of(kind) == tier


def test_tier_of_refuses_what_no_kind_is_called():
    with pytest.raises(UnknownTerm):
        tier_of("chi bộ")


def test_label_text_is_english_only_when_asked():
    label = Label(vi="chi bộ", en="cell")

    assert [label.text(each) for each in ("vi", "en", "en-gb", "fr")] == [
        "chi bộ",
        "cell",
        "cell",
        "chi bộ",
    ]


def test_the_shipped_lists_cannot_be_changed():
    lists = vocabulary()

    with pytest.raises(TypeError):
        lists.kinds["NEW"] = lists.kinds["CELL"]
    with pytest.raises(FrozenInstanceError):
        lists.kinds["CELL"].tier = "UPPER"


@pytest.mark.parametrize(
    ("kind", "unit", "committee", "symbol"),
    [
        ("PROVINCE", "Đảng bộ tỉnh Vĩnh Phúc", "Tỉnh ủy Vĩnh Phúc", "TU"),
        ("PROVINCE", "Đảng bộ thành phố Cần Thơ", "Thành ủy Cần Thơ", "TU"),
        ("DISTRICT", "Đảng bộ huyện Yên Lạc", "Huyện ủy Yên Lạc", "HU"),
        ("DISTRICT", "Đảng bộ quận Ninh Kiều", "Quận ủy Ninh Kiều", "QU"),
        ("SUPERIOR", "Đảng bộ huyện Yên Lạc", "Huyện ủy Yên Lạc", "HU"),
        ("SUPERIOR", "Đảng bộ phường Cái Khế", "Đảng ủy phường Cái Khế", "ĐU"),
        ("GRASSROOTS_COMMITTEE", "Đảng bộ xã Đại Tự", "Đảng ủy xã Đại Tự", "ĐU"),
        ("GRASSROOTS_CELL", "Chi bộ Hạt Kiểm lâm", "Chi bộ Hạt Kiểm lâm", "CB"),
        ("DISTRICT", "Huyện ủy Yên Lạc", "Huyện ủy Yên Lạc", "HU"),
        ("DISTRICT", "Đảng bộ huyện", "Huyện ủy", "HU"),
        ("GRASSROOTS_COMMITTEE", "Đảng bộc lộ", "Đảng bộc lộ", "ĐU"),
    ],
)
def test_a_committee_is_named_after_the_unit_and_its_kind(
    kind, unit, committee, symbol
):
    found = vocabulary().kinds[kind].committee_of(unit)

    assert (found.name, found.symbol) == (committee, symbol)

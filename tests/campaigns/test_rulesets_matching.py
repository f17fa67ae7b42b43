import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.rulesets import (
    Label,
    available,
    codes_by_spelling,
    level_for,
    load,
    reason_for,
    status_for,
)
from campaigns.rulesets.terms import SUBJECTS


@pytest.mark.parametrize(
    ("rule_set", "subject", "text", "code"),
    [
        (
            "hd27-2014",
            "cells",
            "Trong sạch, vững mạnh tiêu biểu",
            "CLEAN_STRONG_EXEMPLARY",
        ),
        ("hd27-2014", "cells", "  TRONG SẠCH, VỮNG MẠNH ", "CLEAN_STRONG"),
        ("hd27-2014", "cells", "trong sach vung manh", "CLEAN_STRONG"),
        ("hd27-2014", "cells", "TSVM", "CLEAN_STRONG"),
        ("hd27-2014", "cells", "yếu kém", "WEAK"),
        ("hd27-2014", "cells", "clean_strong_exemplary", "CLEAN_STRONG_EXEMPLARY"),
        ("hd27-2014", "cells", "Hoàn thành xuất sắc nhiệm vụ", None),
        ("hd27-2014", "cells", "CLEAN_STRONG_ALL", None),
        ("hd27-2014", "members", "Đủ tư cách, hoàn thành tốt nhiệm vụ", "GOOD"),
        ("hd27-2014", "members", "Yếu kém", None),
        ("qd132-2018", "members", "Hoàn thành tốt nhiệm vụ", "GOOD"),
        ("qd132-2018", "members", "Hoàn thành nhiệm vụ", "SATISFACTORY"),
        ("qd132-2018", "members", "KHTNV", "NOT_COMPLETED"),
        ("qd132-2018", "members", "Tasks completed well", "GOOD"),
        ("qd132-2018", "members", "Trong sạch, vững mạnh", None),
        ("qd132-2018", "members", "", None),
    ],
)
def test_level_for_knows_labels_and_codes_of_this_rule_set_only(
    rule_set, subject, text, code
):
    assert level_for(text, load(rule_set).scheme(subject)) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Được đánh giá", "ASSESSED"),
        ("Miễn công tác và sinh hoạt đảng", "EXEMPT"),
        ("miễn", "EXEMPT"),
        ("chưa kiểm điểm", "NOT_REVIEWED"),
        ("Đình chỉ sinh hoạt đảng", "SUSPENDED"),
        ("dinh chi", "SUSPENDED"),
        ("kết nạp chưa đủ 6 tháng", "UNDER_SIX_MONTHS"),
        ("Dưới 6 tháng", "UNDER_SIX_MONTHS"),
        ("khác", "OTHER"),
        ("từ trần", None),
    ],
)
def test_status_for(text, code):
    assert status_for(text, load("qd124-2023")) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Kết luận có biểu hiện suy thoái", "DEGRADATION"),
        ("chỉ hoàn thành dưới 50 % chỉ tiêu", "UNDER_HALF_OF_TARGETS"),
        ("Chỉ hoàn thành dưới 50% chỉ tiêu", "UNDER_HALF_OF_TARGETS"),
        ("dưới 50 % chỉ tiêu", "UNDER_HALF_OF_TARGETS"),
        ("công chức, viên chức xếp loại KHTNV", "STATE_RATING"),
        ("bị xử lý kỷ luật trong năm", "DISCIPLINED"),
        ("bị xử lý kỉ luật trong năm", None),
        ("khác", "OTHER"),
        ("unstated", "UNSTATED"),
    ],
)
def test_reason_for(text, code):
    assert reason_for(text, load("qd366-2025")) == code


@given(
    code=st.sampled_from(available()),
    subject=st.sampled_from(SUBJECTS),
    data=st.data(),
    blanks=st.sampled_from(["", " ", "\t", "\u00a0 "]),
)
def test_case_and_blanks_of_a_spelling_do_not_count(code, subject, data, blanks):
    scheme = load(code).scheme(subject)
    level = data.draw(st.sampled_from(scheme.levels))
    spelling = data.draw(st.sampled_from(level.spellings))
    change = data.draw(st.sampled_from([str.upper, str.lower, str.swapcase]))

    assert level_for(blanks + change(spelling) + blanks, scheme) == level.code


def test_codes_by_spelling_serves_whole_columns():
    spellings = codes_by_spelling(load("hd27-2014").reasons)

    assert spellings["suy thoai"] == "DEGRADATION"


def test_label_is_vietnamese_unless_english_is_asked_for():
    label = Label(vi="Miễn", en="Exempt")

    assert [label.text(code) for code in ("vi", "en", "en-gb", "fr")] == [
        "Miễn",
        "Exempt",
        "Exempt",
        "Miễn",
    ]

"""What the registry keeps as it is, told in words and not in codes."""

import pytest
from django.utils.translation import override

from members.services.registering.shared import Difference
from reviews.services.workbooks.differences import difference_text

SAID = [
    (
        Difference("unit", "C", "parent", "", "G"),
        "C, unit above: the register has “(empty)”, the file “G”.",
    ),
    (
        Difference("unit", "C", "kind", "CELL", "SECTIONAL"),
        "C, kind of party body: the register has “party cell”, the file “sectional party committee”.",
    ),
    (
        Difference("unit", "C", "sector", "WARD", "COMMUNE"),
        "C, sector: the register has “Ward”, the file “Commune”.",
    ),
    (
        Difference("member", "DV1", "gender", "M", "F"),
        "DV1, gender: the register has “Male”, the file “Female”.",
    ),
    (
        Difference("member", "DV1", "born_on", "1961", "1960-05-17"),
        "DV1, born on: the register has “1961”, the file “17/05/1960”.",
    ),
    (
        Difference("member", "DV1", "full_name", "Đỗ Yến", "Đỗ Thị Yến"),
        "DV1, full name: the register has “Đỗ Yến”, the file “Đỗ Thị Yến”.",
    ),
]


@pytest.mark.parametrize(("difference", "text"), SAID)
def test_a_difference_is_a_sentence_without_codes(difference, text):
    with override("en"):
        assert difference_text(difference) == text

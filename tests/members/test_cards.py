import pytest

from members.cards import (
    NotANumber,
    display_card_number,
    parse_card_number,
    parse_personal_id,
)


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("", ""),
        ("  ", ""),
        ("38.012345", "38012345"),
        ("38 012 345", "38012345"),
        ("038194012345", "038194012345"),
        ("038-194-012345", "038194012345"),
    ],
)
def test_a_card_number_is_kept_as_its_digits(written, stored):
    assert parse_card_number(written) == stored


@pytest.mark.parametrize(
    "written", ["1", "1234567", "123456789", "0381940123456", "38.01234a", "３8012345"]
)
def test_what_has_not_eight_or_twelve_digits_is_no_card_number(written):
    with pytest.raises(NotANumber) as refusal:
        parse_card_number(written)

    assert refusal.value.text == written


def test_a_personal_number_has_twelve_digits():
    assert parse_personal_id(" 038 194 012345 ") == "038194012345"
    with pytest.raises(NotANumber):
        parse_personal_id("38012345")


def test_an_old_number_is_shown_as_it_is_printed():
    shown = [display_card_number(number) for number in ("38012345", "038194012345", "")]

    assert shown == ["38.012345", "038194012345", ""]

"""The lists of records: what they may not say, and the words of the refusal."""

from importlib import resources

import pytest

from campaigns.vocabulary.records import (
    BadRecordLists,
    read_record_lists,
    record_lists,
)

TEXT = (resources.files("campaigns.vocabulary") / "records.toml").read_text("utf-8")


def test_the_lists_hold_what_the_articles_name():
    lists = record_lists()

    assert [kind.group for kind in lists.inspection_kinds.values()] == [
        "INSPECTION",
        "INSPECTION",
        "SIGNS",
        "SUPERVISION",
        "SUPERVISION",
        "STATE",
    ]
    assert {"RETALIATION", "SLANDER"} <= set(lists.grounds)
    assert [
        each.code for each in lists.discipline_forms.values() if each.ends_membership
    ] == ["EXPULSION"]
    assert lists.fields["EXCELLENT_FIVE_YEARS"].subject == "MEMBER"
    assert lists.titles["CERTIFICATE"].label.vi == "Giấy khen"


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('group = "SIGNS"', 'group = "ALL"', "inspection_kinds[2].group"),
        ('code = "SLANDER"', 'code = "RETALIATION"', "grounds"),
        ('subject = "BOTH"', 'subject = "ALL"', "discipline_forms[0].subject"),
        ('certainty = "S2"', 'certainty = "X"', "discipline_forms[0].certainty"),
        ("elsewhere_after_days = 90", "elsewhere_after_days = 0", None),
        ("elsewhere_after_days = 90", 'elsewhere_after_days = "90"', None),
        ("[[grounds]]", "[[ground]]", "grounds"),
        ("ends_membership = true", 'ends_membership = "yes"', None),
    ],
)
def test_what_cannot_be_is_refused_by_its_key(old, new, key):
    assert old in TEXT

    with pytest.raises(BadRecordLists) as refusal:
        read_record_lists(TEXT.replace(old, new))

    assert key is None or refusal.value.key == key


def test_what_is_no_toml_says_so():
    with pytest.raises(BadRecordLists, match="is not TOML"):
        read_record_lists("x")

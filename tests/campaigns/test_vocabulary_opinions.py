"""The lists of opinions: what they may not say, and the words of the refusal."""

from importlib import resources

import pytest

from campaigns.vocabulary.opinions import (
    BadOpinionLists,
    opinion_lists,
    read_opinion_lists,
)

TEXT = (resources.files("campaigns.vocabulary") / "opinions.toml").read_text("utf-8")


def test_the_lists_hold_who_is_asked_and_who_needs_none():
    lists = opinion_lists()

    assert [each.code for each in lists.askable.values() if each.is_residence] == [
        "RESIDENCE"
    ]
    assert not lists.askable["RESIDENCE"].gives("UNIT")
    assert lists.askable["INSPECTION_COMMISSION"].gives("PERSON")
    assert "BARRACKS" in lists.exemptions
    assert lists.old_cell_days == 183


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('about = "PERSON"', 'about = "ALL"', "askable[0].about"),
        ("is_residence = true", 'is_residence = "yes"', None),
        ("days = 183", "days = 0", "old_cell.days"),
        ("days = 183", 'days = "183"', "old_cell.days"),
        ('code = "ROTATED"', 'code = "FAR_AWAY"', "exemptions"),
        ("[[exemptions]]", "[[exemption]]", "exemptions"),
        ("is_party = true", "is_partly = true", None),
    ],
)
def test_what_cannot_be_is_refused_by_its_key(old, new, key):
    assert old in TEXT

    with pytest.raises(BadOpinionLists) as refusal:
        read_opinion_lists(TEXT.replace(old, new))

    assert key is None or refusal.value.key == key

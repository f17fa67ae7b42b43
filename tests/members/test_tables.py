import tomllib
import unicodedata
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from members.names import UnfitText, clean_text
from members.tables import BadTable, Label, Table

FILE = """
title = { vi = "Ăn quả", en = "Eating fruit" }
colours = ["red", "blue"]
is_ripe = true
picked = 2025-09-01
kind = "PEAR"

[names.pear]
vi = "lê"
en = "pear"

[names.fig]
vi = "sung"
en = "fig"

[basket]
owner = "Hoa"

[[trees]]
code = "A"

[[trees]]
code = "B"
"""
KINDS = ("PEAR", "FIG")


def read(table):
    return {
        "title": table.label("title"),
        "colours": table.texts("colours"),
        "is_ripe": table.flag("is_ripe"),
        "picked": table.day("picked"),
        "kind": table.one_of("kind", KINDS),
        "names": table.labels("names"),
        "basket": table.part("basket", lambda own: own.text("owner")),
        "trees": table.rows("trees", lambda own: own.text("code")),
    }


def read_whole(text, *, table_class=Table):
    table = table_class(tomllib.loads(text), file="fruit.toml")
    found = read(table)
    table.finish()
    return found


def refusal_of(text, *, table_class=Table):
    with pytest.raises(BadTable) as refusal:
        read_whole(text, table_class=table_class)
    return refusal.value


def test_a_file_is_read_value_by_value():
    assert read_whole(FILE) == {
        "title": Label(vi="Ăn quả", en="Eating fruit"),
        "colours": ("red", "blue"),
        "is_ripe": True,
        "picked": date(2025, 9, 1),
        "kind": "PEAR",
        "names": {
            "pear": Label(vi="lê", en="pear"),
            "fig": Label(vi="sung", en="fig"),
        },
        "basket": "Hoa",
        "trees": ("A", "B"),
    }


@pytest.mark.parametrize(
    ("find", "put", "key", "why"),
    [
        ("is_ripe = true", "", "is_ripe", "is missing"),
        ("is_ripe = true", "is_ripe = 1", "is_ripe", "is neither true nor false"),
        ("2025-09-01", '"2025-09-01"', "picked", "is not a date"),
        ("2025-09-01", "2025-09-01T06:00:00", "picked", "is not a date"),
        ('"PEAR"', '"LEMON"', "kind", '"LEMON" is none of PEAR, FIG'),
        ('"PEAR"', '"{kind}"', "kind", '"{kind}" is none of PEAR, FIG'),
        ('"PEAR"', '["PEAR"]', "kind", "is not a text"),
        ('["red", "blue"]', '"red"', "colours", "is not a list"),
        ('["red", "blue"]', '["red", 7]', "colours[1]", "is not a text"),
        ('owner = "Hoa"', "", "basket.owner", "is missing"),
        ('"Hoa"', '""', "basket.owner", "is empty"),
        ('"Hoa"', '"  "', "basket.owner", "is not a text"),
        ('"Hoa"', '"Hoa "', "basket.owner", "has blanks too many"),
        ('"Hoa"', '"Ho\u0323a"', "basket.owner", "is not in Unicode form NFC"),
        ('"Hoa"', '"Ho\u200ba"', "basket.owner", "holds ZERO WIDTH SPACE"),
        ("[basket]", "[[basket]]", "basket", "is not a table"),
        ('code = "B"', "", "trees[1].code", "is missing"),
        ('en = "fig"', "", "names.fig.en", "is missing"),
        # what nobody asked for, at each depth
        ("is_ripe = true", "is_ripe = true\nsize = 3", "size", "is no known key"),
        ('"Hoa"', '"Hoa"\nsize = 3', "basket.size", "is no known key"),
        ('code = "B"', 'code = "B"\nsize = 3', "trees[1].size", "is no known key"),
        ('en = "fig"', 'en = "fig"\nfr = "figue"', "names.fig.fr", "is no known key"),
        ('fruit" }', 'fruit", fr = "" }', "title.fr", "is no known key"),
    ],
)
def test_a_bad_file_is_refused_with_file_key_and_reason(find, put, key, why):
    assert find in FILE

    refusal = refusal_of(FILE.replace(find, put, 1))

    assert (refusal.file, refusal.key, refusal.why) == ("fruit.toml", key, why)
    assert str(refusal) == f"fruit.toml: {key}: {why}"


def test_lists_may_be_left_out():
    table = Table({}, file="fruit.toml")

    assert (table.texts("colours"), table.rows("trees", read)) == ((), ())


def test_maybe_reads_a_key_where_it_stands():
    table = Table({"kind": "FIG"}, file="fruit.toml")

    assert table.maybe("kind", Table.text) == "FIG"
    assert table.maybe("is_ripe", Table.flag) is None
    assert ("kind" in table, "is_ripe" in table) == (True, False)


class BadFruit(BadTable):
    """What another kind of file refuses with."""


class FruitTable(Table):
    refusal = BadFruit

    def place(self, name, at, value):
        return f"{name}.{value['code'] if isinstance(value, dict) else at + 1}"


@pytest.mark.parametrize(
    ("find", "put", "key", "why"),
    [
        ('"Hoa"', '"Hoa"\nsize = 3', "basket.size", "is no known key"),
        ('code = "B"', 'code = "B"\nsize = 3', "trees.B.size", "is no known key"),
        ('"red"', "7", "colours.1", "is not a text"),
        ("is_ripe = true", "is_ripe = 1", "is_ripe", "is neither true nor false"),
        ('"PEAR"', '"LEMON"', "kind", '"LEMON" is none of PEAR, FIG'),
        ('"Hoa"', '"Ho\u0323a"', "basket.owner", "is not in Unicode form NFC"),
        ('"Hoa"', '" Hoa"', "basket.owner", "has blanks too many"),
        ("[basket]", "[[basket]]", "basket", "is not a table"),
    ],
)
def test_a_kind_of_file_has_its_own_refusal_and_places(find, put, key, why):
    assert find in FILE

    refusal = refusal_of(FILE.replace(find, put, 1), table_class=FruitTable)

    assert type(refusal) is BadFruit
    assert (refusal.file, refusal.key, refusal.why) == ("fruit.toml", key, why)


def test_what_is_no_table_is_refused_at_the_top():
    with pytest.raises(BadFruit) as refusal:
        FruitTable(["PEAR"], file="fruit.toml")

    assert (refusal.value.key, refusal.value.why) == ("", "is not a table")


def is_kept_form(text):
    try:
        return text != "" and text == clean_text(text)
    except UnfitText:
        return False


@given(text=st.text(max_size=8))
@example(text=unicodedata.normalize("NFD", "ủy"))
@example(text="a  b")
@example(text="Ủy ban")
def test_a_text_is_taken_in_the_form_in_which_it_is_kept_and_in_no_other(text):
    table = Table({"name": text}, file="fruit.toml")

    if is_kept_form(text):
        assert table.text("name") == text
    else:
        with pytest.raises(BadTable):
            table.text("name")


@given(
    names=st.sets(st.text(min_size=1), max_size=6),
    taken=st.sets(st.text(min_size=1), max_size=3),
)
def test_finish_refuses_exactly_when_a_key_was_not_read(names, taken):
    table = Table(dict.fromkeys(sorted(names | taken), 1), file="fruit.toml")
    for name in taken:
        table.take(name)

    unread = sorted(names - taken)
    if not unread:
        assert table.finish() is None
        return
    with pytest.raises(BadTable) as refusal:
        table.finish()
    assert (refusal.value.key, refusal.value.why) == (unread[0], "is no known key")

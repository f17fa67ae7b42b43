"""Congress terms: half-open, never over each other; posts and numbers refer to them."""

from datetime import date

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from members.models import DocumentNumber, Event, UnitTerm
from members.policy import Role
from members.queries import term_on
from members.services import terms
from members.vocabulary.lists import BadLists, lists, read_lists
from tests.clients import english_client
from tests.factories import (
    NOON,
    DistrictFactory,
    DocumentNumberFactory,
    GrassrootsFactory,
    LetterheadFactory,
    PostFactory,
    UnitTermFactory,
)
from tests.members.keepers import keeper_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

DOCUMENT = "Nghị quyết số 1-NQ/ĐH, ngày 05/8/2020"
TERM = {
    "ordinal": 25,
    "name": "nhiệm kỳ 2020–2025",
    "from_on": date(2020, 8, 5),
    "until_on": None,
    "document": DOCUMENT,
}


@pytest.fixture
def unit():
    return GrassrootsFactory(name="Đảng bộ xã An Bình", parent=DistrictFactory())


@pytest.fixture
def clerk(unit):
    client = english_client()
    client.force_login(PostFactory(unit=unit.parent).account)
    return client


@pytest.fixture
def record(unit):
    actor = keeper_of(unit)

    def record(**changes):
        return terms.record_term(
            unit=unit, actor=actor, now=NOON, **{**TERM, **changes}
        )

    return record


def stored():
    rows = UnitTerm.objects.order_by("from_on")
    return list(rows.values_list("ordinal", "from_on", "until_on"))


def url(name, row) -> str:
    return reverse(f"members:{name}", args=[row.pk])


def test_a_clerk_records_a_term_which_ends_the_one_that_runs(clerk, unit):
    UnitTermFactory(unit=unit, ordinal=24, from_on=date(2015, 6, 1))
    typed = {**TERM, "from_on": "2020-08-05", "until_on": ""}

    response = clerk.post(url("term_add", unit), typed)

    page = clerk.get(response["Location"])
    assert stored() == [
        (24, date(2015, 6, 1), date(2020, 8, 5)),
        (25, date(2020, 8, 5), None),
    ]
    assert [term.name for term in page.context["terms"]][0] == "nhiệm kỳ 2020–2025"
    events = Event.objects.order_by("pk").values_list("action", "unit")
    assert list(events) == [("terms.ended", unit.pk), ("terms.recorded", unit.pk)]


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"ordinal": ""}, "ordinal"),
        ({"ordinal": "0"}, "ordinal"),
        ({"name": ""}, "name"),
        ({"from_on": ""}, "from_on"),
        ({"until_on": "2020-08-05"}, "until_on"),
        ({"document": ""}, "document"),
        ({"ordinal": "24"}, "__all__"),
    ],
)
def test_a_term_that_cannot_be_is_refused(clerk, unit, changes, refused):
    UnitTermFactory(unit=unit, ordinal=24, from_on=date(2015, 6, 1))
    typed = {**TERM, "from_on": "2020-08-05", "until_on": "", **changes}

    response = clerk.post(url("term_add", unit), typed)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [refused]
    assert stored() == [(24, date(2015, 6, 1), None)]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"ordinal": 25}, "Congress 25 is recorded already"),
        ({"ordinal": 24, "until_on": date(2020, 8, 6)}, "lie over another term"),
        ({"ordinal": 24, "until_on": None}, "lie over another term"),
        ({"ordinal": 26, "until_on": date(2020, 8, 5)}, "order of their days"),
    ],
)
def test_terms_of_a_unit_follow_each_other(record, changes, why):
    record()

    with pytest.raises(terms.TermNotPossible, match=why):
        record(from_on=date(2015, 6, 1), **changes)


def test_half_open_terms_touch_and_another_unit_has_its_own(record, unit):
    first = record()
    record(ordinal=24, from_on=date(2015, 6, 1), until_on=date(2020, 8, 5))
    UnitTermFactory(unit=unit.parent, ordinal=25, from_on=date(2018, 1, 1))

    assert term_on(unit, date(2020, 8, 4)).ordinal == 24
    assert term_on(unit, date(2020, 8, 5)) == first
    assert term_on(unit, date(2015, 5, 31)) is None


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"ordinal": 24}, "unitterm_ordinal_once"),
        ({"ordinal": 9, "until_on": None}, "unitterm_one_without_end"),
        (
            {"from_on": date(2015, 6, 1), "until_on": date(2016, 1, 1), "ordinal": 9},
            "unitterm_begins_once",
        ),
        ({"ordinal": 9, "until_on": date(1999, 1, 1)}, "ends_after_it_begins"),
        ({"ordinal": 0}, "unitterm_ordinal_from_one"),
    ],
)
def test_the_database_refuses_what_can_never_be(unit, columns, constraint):
    UnitTermFactory(unit=unit, ordinal=24, from_on=date(2015, 6, 1))
    row = {"from_on": date(2000, 1, 1), "until_on": date(2005, 1, 1), **columns}

    with pytest.raises(IntegrityError, match=constraint):
        UnitTermFactory(unit=unit, **row)


def test_of_two_who_correct_one_term_the_second_sees_both(clerk, unit, record):
    term = record()
    shown = clerk.get(url("term_edit", term)).context["form"].initial
    typed = {
        **shown,
        "from_on": "2020-08-06",
        "until_on": "",
        "name": "nhiệm kỳ 2020-2025",
    }

    first = clerk.post(url("term_edit", term), {**typed, "name": "nhiệm kỳ XXV"})
    second = clerk.post(url("term_edit", term), typed)
    third = clerk.post(
        url("term_edit", term),
        {**typed, "version": second.context["form"].data["version"]},
    )

    assert [response.status_code for response in (first, second, third)] == [
        302,
        409,
        302,
    ]
    assert ("Name of the term", "nhiệm kỳ XXV", "nhiệm kỳ 2020-2025") in second.context[
        "both"
    ]
    term.refresh_from_db()
    assert (term.name, term.version) == ("nhiệm kỳ 2020-2025", 3)


def test_a_correction_leaves_room_for_other_terms_and_numbered_documents(record, unit):
    term = record()
    record(ordinal=24, from_on=date(2015, 6, 1), until_on=date(2020, 8, 5))
    DocumentNumberFactory(term=term, signed_on=date(2021, 1, 1))
    facts = {**TERM, "version": 1, "actor": keeper_of(unit), "now": NOON}

    with pytest.raises(terms.TermNotPossible, match="lie over another term"):
        terms.correct_term(term=term, **{**facts, "from_on": date(2020, 8, 4)})
    with pytest.raises(terms.TermNotPossible, match="05-BC/ĐU was numbered"):
        terms.correct_term(term=term, **{**facts, "until_on": date(2021, 1, 1)})
    with pytest.raises(terms.TermNotPossible, match="was numbered"):
        record(ordinal=26, from_on=date(2020, 12, 31))


def test_a_post_belongs_to_the_term_in_which_it_began(clerk, unit, record):
    record()
    for role, day in (
        (Role.SECRETARY, date(2020, 8, 5)),
        (Role.CLERK, date(2019, 1, 1)),
    ):
        PostFactory(unit=unit, role=role, from_on=day)

    rows = clerk.get(url("unit_detail", unit)).context["posts"]

    of = {row.from_on: row.term for row in rows}
    assert of[date(2020, 8, 5)] == "nhiệm kỳ 2020–2025"
    assert of[date(2019, 1, 1)] == ""


def test_documents_are_numbered_by_kind_and_anew_in_each_term(clerk, unit, record):
    record(until_on=date(2025, 7, 1))
    record(ordinal=26, from_on=date(2025, 7, 1), name="nhiệm kỳ 2025–2030")
    given = [
        ("BC", "2025-06-30", ""),
        ("BC", "2025-06-30", ""),
        ("NQ", "2025-06-30", ""),
        ("BC", "2025-07-01", ""),
        ("BC", "2025-08-01", "41"),
        ("BC", "2025-08-02", ""),
    ]

    for kind, day, number in given:
        typed = {"kind": kind, "signed_on": day, "subject": "x", "number": number}
        assert clerk.post(url("number_add", unit), typed).status_code == 302

    numbers = DocumentNumber.objects.order_by("pk")
    assert [str(each) for each in numbers] == [
        "01-BC/ĐU",
        "02-BC/ĐU",
        "01-NQ/ĐU",
        "01-BC/ĐU",
        "41-BC/ĐU",
        "42-BC/ĐU",
    ]
    shown = clerk.get(url("number_list", unit))
    assert [str(each) for each in shown.context["numbers"]] == [
        "42-BC/ĐU",
        "41-BC/ĐU",
        "01-BC/ĐU",
    ]
    before = UnitTerm.objects.get(ordinal=25)
    earlier = clerk.get(url("number_list", unit), {"term": before.pk})
    assert len(earlier.context["numbers"]) == 3
    assert Event.objects.filter(action="documents.numbered").count() == 6


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"kind": "XX"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"signed_on": ""}, "signed_on"),
        ({"signed_on": "2019-01-01"}, "__all__"),
        ({"subject": ""}, "subject"),
        ({"number": "0"}, "number"),
        ({"number": "5"}, "__all__"),
    ],
)
def test_a_number_that_cannot_be_given_is_refused(
    clerk, unit, record, changes, refused
):
    DocumentNumberFactory(term=record())
    typed = {"kind": "BC", "signed_on": "2021-02-01", "subject": "x", **changes}

    response = clerk.post(url("number_add", unit), typed)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [refused]


def test_the_symbol_is_that_of_the_letterhead_where_there_is_one(record, unit):
    record()
    LetterheadFactory(unit=unit, symbol="ĐUX")

    given = terms.give_number(
        unit=unit,
        kind="BC",
        signed_on=date(2021, 1, 1),
        subject="x",
        number=None,
        actor=keeper_of(unit),
        now=NOON,
    )

    assert str(given) == "01-BC/ĐUX"


def test_a_register_without_a_term_says_what_to_do(clerk, unit):
    page = clerk.get(url("number_list", unit))

    assert page.context["term"] is None
    assert url("term_add", unit) in page.text


def test_other_offices_neither_see_numbers_nor_record_terms(unit, record):
    term = record()
    other = Client()
    other.force_login(PostFactory(unit=unit, role=Role.SECRETARY).account)

    answered = [
        other.get(url(name, row)).status_code
        for name, row in (
            ("number_list", unit),
            ("number_add", unit),
            ("term_add", unit),
            ("term_edit", term),
        )
    ]

    assert answered == [404] * 4
    assert other.get(url("unit_detail", unit)).context["terms"] == [term]


@pytest.mark.parametrize("count", [1, 3])
def test_the_register_takes_the_same_queries_for_any_number(
    clerk, unit, record, django_assert_num_queries, count
):
    term = record()
    for number in range(count):
        DocumentNumberFactory(term=term, number=number + 1)
    clerk.get(reverse("home"))

    # Session, account, posts; the unit, its terms, the numbers; the title of the
    # post; the hour of the session.
    with django_assert_num_queries(8):
        clerk.get(url("number_list", unit))


def test_the_shipped_lists_say_where_from_and_how_sure():
    found = lists()

    assert "BC" in found.document_kinds
    assert found.figure_kinds["MEMBERS"].measure == "DAY"
    assert found.figure_kinds["ADMITTED"].measure == "PERIOD"
    assert {each.certainty for each in found.figure_kinds.values()} == {"S", "R"}


SMALL = """
document_kinds = []
[sources.a]
vi = "a"
en = "a"
[[figure_kinds]]
code = "X"
label = { vi = "x", en = "x" }
measure = "DAY"
source = "a"
certainty = "S"
"""


@pytest.mark.parametrize(
    ("old", "new", "refusal"),
    [
        ('measure = "DAY"', 'measure = "WEEK"', "measure"),
        ('certainty = "S"', 'certainty = "X"', "certainty"),
        ('source = "a"', 'source = "b"', "source"),
        ("document_kinds = []", "", "document_kinds: is missing"),
        ("document_kinds = []", "document_kinds = [", "file: is not TOML"),
        ("document_kinds = []", "document_kinds = []\nmore = 1", "more"),
        ('code = "X"', 'code = "X"\nmore = 1', "more"),
    ],
)
def test_a_bad_list_says_where_and_why(old, new, refusal):
    assert read_lists(SMALL).figure_kinds["X"].label.vi == "x"

    with pytest.raises(BadLists) as bad:
        read_lists(SMALL.replace(old, new))

    assert refusal in str(bad.value)


def test_no_code_stands_twice_in_a_list():
    row = SMALL[SMALL.index("[[figure_kinds]]") :]

    with pytest.raises(BadLists, match="names a code twice"):
        read_lists(SMALL + row)

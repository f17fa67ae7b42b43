"""What a person is entered with that is odd, far or long, on the pages of the roll."""

import pytest
from django.urls import reverse

from members import names
from members.models import Member, Transfer
from members.policy import Role
from tests.clients import english_client
from tests.factories import (
    AccountFactory,
    GrassrootsFactory,
    MemberFactory,
    PostFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db

ADD = reverse("member_add")
NUMBER = "038194012345"
TOO_YOUNG = "Admitted under the age of 18."


@pytest.fixture
def cell():
    return UnitFactory(code="C" * 40, parent=GrassrootsFactory())


@pytest.fixture
def secretary(cell):
    client = english_client()
    client.force_login(PostFactory(unit=cell, role=Role.SECRETARY).account)
    return client


def person(cell, **changes):
    return {
        "full_name": "Lê Thị Chi",
        "born_on": "1990",
        "gender": "F",
        "admitted_on": "3/2/2020",
        "official_on": "",
        "card_number": "",
        "personal_id": "",
        "unit": cell.pk,
        "on": "01/12/2024",
        **changes,
    }


def test_the_code_of_a_person_of_a_unit_with_a_long_code_has_room(secretary, cell):
    for _turn in range(2):
        secretary.post(ADD, person(cell, full_name=f"Lê Thị {'Chi' * (_turn + 1)}"))

    codes = Member.objects.order_by("pk").values_list("code", flat=True)
    assert list(codes) == [f"{'C' * 32}-001", f"{'C' * 32}-002"]


def test_a_name_of_one_very_long_word_is_taken_and_found(secretary, cell):
    long = "Ngô" * 80

    secretary.post(ADD, person(cell, full_name=f"Lê {long}"))

    member = Member.objects.get()
    assert member.full_name == f"Lê {long}"
    assert list(Member.objects.named(long)) == [member]
    assert list(Member.objects.named("ngongo")) == [member]
    assert len(names.search_words(long)[0]) == names.SEARCH_WORD_LENGTH


@pytest.mark.parametrize(
    ("born_on", "admitted_on", "said"),
    [
        ("2003", "3/2/2020", True),
        ("2002", "3/2/2020", False),
        ("", "3/2/2020", False),
    ],
)
def test_an_admission_under_age_is_recorded_and_noted_like_in_a_workbook(
    secretary, cell, born_on, admitted_on, said
):
    sent = person(cell, born_on=born_on, admitted_on=admitted_on)

    entered = secretary.post(ADD, sent, follow=True)
    member = Member.objects.get()
    edit = reverse("member_edit", args=[member.pk])
    corrected = secretary.post(
        edit, {**sent, "gender": "M", "version": 1, "shown": "{}"}, follow=True
    )

    assert member.admitted_on == "2020-02-03"
    assert [TOO_YOUNG in page.text for page in (entered, corrected)] == [said, said]


def test_who_comes_back_has_the_record_from_before(secretary, cell):
    before = MemberFactory(full_name="Lê Thị Chi", personal_id=NUMBER, official_on="")

    page = secretary.post(ADD, person(cell, personal_id=NUMBER), follow=True)

    assert Member.objects.get() == before
    assert "The register knows Lê Thị Chi from before" in page.text


@pytest.mark.parametrize("on", ["31/12/9999", "01/01/0001"])
def test_a_far_year_is_refused_in_words_and_by_no_fault(secretary, cell, on):
    """A period that is counted on from there would leave the calendar."""
    member = MemberFactory(cell=cell)
    target = UnitFactory()
    sent = {"kind": "FORMAL", "leaves_on": on, "document": "5", "comment": "Tốt"}

    pages = [
        secretary.post(ADD, person(cell, on=on)),
        secretary.post(
            f"{reverse('member_send', args=[member.pk])}?to={target.pk}", sent
        ),
    ]

    assert [page.status_code for page in pages] == [422, 422]
    for page in pages:
        assert "The year is not from 1900 to 2100" in page.text
    assert (Member.objects.count(), Transfer.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("full", {"on": "03/02/2022"}),
        ("pause", {"kind": "EXEMPT", "from_on": "01/12/2024"}),
        ("resume", {"on": "01/12/2024"}),
        ("end", {"ending": "LEFT", "on": "01/12/2024"}),
        ("send_outside", {"outside": "X", "leaves_on": "01/12/2024", "comment": "Tốt"}),
    ],
)
def test_nobody_records_of_oneself_what_changes_where_one_stands(cell, name, sent):
    own, other = (MemberFactory(cell=cell, official_on="") for _ in range(2))
    PostFactory(unit=cell, role=Role.SECRETARY, member=own)
    client = english_client()
    client.force_login(AccountFactory(member=own))
    act = f"member_{name}"

    refused = client.post(
        reverse(act, args=[own.pk]), {**sent, "document": "Quyết định số 5"}
    )

    assert refused.status_code == 422
    assert "Nobody records this of the own person" in refused.text
    pages = [
        client.get(reverse("members:member_detail", args=[each.pk])).text
        for each in (own, other)
    ]
    offered = reverse("member_pause" if name == "resume" else act, args=["0"])
    links = [
        offered.replace("/0/", f"/{each.pk}/") in page
        for each, page in zip((own, other), pages, strict=True)
    ]
    assert links == [False, True]
    assert reverse("members:account_detail", args=["0"])[:-2] not in pages[0]


def test_nobody_corrects_the_own_record(cell):
    own = MemberFactory(cell=cell, born_on="1980")
    PostFactory(unit=cell, role=Role.SECRETARY, member=own)
    client = english_client()
    client.force_login(AccountFactory(member=own))
    edit = reverse("member_edit", args=[own.pk])

    refused = client.post(
        edit, person(cell, born_on="1990") | {"version": 1, "shown": "{}"}
    )
    page = client.get(reverse("members:member_detail", args=[own.pk])).text

    assert refused.status_code == 422
    assert "Nobody records this of the own person" in refused.text
    assert Member.objects.get(pk=own.pk).born_on == "1980"
    assert edit not in page
    assert reverse("members:correction_add") in page

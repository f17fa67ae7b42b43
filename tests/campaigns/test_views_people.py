"""Pages of acts on the roll, as the secretary of a cell meets them."""

from datetime import date

import pytest
from django.urls import reverse

from members.models import Account, ActivityPause, Event, Member, Membership, Post
from members.policy import Role
from tests.clients import english_client, waits_for
from tests.factories import (
    AccountFactory,
    ActivityPauseFactory,
    GrassrootsFactory,
    MemberFactory,
    PostFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db

ADD = reverse("member_add")
OWN = reverse("members:own_record")
NUMBER = "038194012345"
DOCUMENT = "Nghị quyết số 12-NQ/CB, ngày 05/11/2024"


@pytest.fixture
def client():
    return english_client()


@pytest.fixture
def cell():
    return UnitFactory(code="1", name="Chi bộ thôn 1", parent=GrassrootsFactory())


@pytest.fixture
def secretary(client, cell):
    client.force_login(PostFactory(unit=cell, role=Role.SECRETARY).account)
    return client


@pytest.fixture
def member(cell):
    return MemberFactory(code="DV1", full_name="Lê Chi", cell=cell, official_on="")


def page(name, member):
    return reverse(f"member_{name}", args=[member.pk])


def person(**changes):
    return {
        "full_name": "Lê  Thị Chi",
        "born_on": "5/1990",
        "gender": "F",
        "admitted_on": "3/2/2020",
        "official_on": "",
        "card_number": "",
        "personal_id": "",
        **changes,
    }


def errors(response):
    return {
        name: list(texts) for name, texts in response.context["form"].errors.items()
    }


def test_a_person_is_entered_as_people_write(secretary, cell):
    response = secretary.post(
        ADD,
        {
            **person(card_number="38.012345", official_on="03/02/2021"),
            "unit": cell.pk,
            "on": "2024-12-01",
        },
    )

    member = Member.objects.get()
    assert response["Location"] == reverse("members:member_detail", args=[member.pk])
    assert (
        member.code,
        member.full_name,
        member.born_on,
        member.admitted_on,
        member.card_number,
    ) == ("1-001", "Lê Thị Chi", "1990-05", "2020-02-03", "38012345")
    belongs = Membership.objects.get()
    assert (belongs.unit, belongs.from_on) == (cell, date(2024, 12, 1))


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"full_name": ""}, {"full_name": ["Enter the full name."]}),
        (
            {"full_name": "Lê\x00Chi"},
            {"full_name": ["The text holds a character that cannot be seen (U+0000)."]},
        ),
        (
            {"full_name": "Lê\u200bChi"},
            {"full_name": ["The text holds a character that cannot be seen (U+200B)."]},
        ),
        (
            {"born_on": "31/2/1990"},
            {
                "born_on": [
                    "“31/2/1990” is not a date: write dd/mm/yyyy, mm/yyyy or yyyy."
                ]
            },
        ),
        (
            {"card_number": "1"},
            {"card_number": ["A card number has 8 digits (38.012345) or 12."]},
        ),
        ({"personal_id": "1"}, {"personal_id": ["A personal number has 12 digits."]}),
        ({"personal_id": NUMBER}, {"personal_id": ["This personal number is taken."]}),
        ({"on": ""}, {"on": ["Enter the day."]}),
        (
            {"on": "1/13/2024"},
            {"on": ["This is no day of the calendar: write dd/mm/yyyy."]},
        ),
    ],
)
def test_what_cannot_be_entered_is_refused_beside_what_caused_it(
    secretary, cell, changes, refused
):
    MemberFactory(personal_id=NUMBER)

    response = secretary.post(
        ADD, {**person(), "unit": cell.pk, "on": "01/12/2024", **changes}
    )

    assert response.status_code == 422
    assert errors(response) == refused
    assert Member.objects.count() == 1


def test_nobody_is_entered_into_another_cell(secretary):
    other = UnitFactory()

    response = secretary.post(ADD, {**person(), "unit": other.pk, "on": "2024-12-01"})

    assert list(errors(response)) == ["unit"]
    assert not Member.objects.exists()


def test_a_correction_shows_and_takes_what_people_write(secretary, member):
    url = page("edit", member)
    shown = secretary.get(url)
    assert 'value="19/05/2010"' in shown.text

    response = secretary.post(url, person(version=1, official_on="03/02/2021"))

    assert response["Location"] == reverse("members:member_detail", args=[member.pk])
    member.refresh_from_db()
    assert (member.full_name, member.official_on, member.version) == (
        "Lê Thị Chi",
        "2021-02-03",
        2,
    )


def test_of_two_who_correct_one_person_the_second_sees_both_versions_and_decides(
    secretary, member
):
    url = page("edit", member)
    secretary.post(url, person(version=1, born_on="1991"))

    second = secretary.post(url, person(version=1, born_on="1992"))

    assert second.status_code == 409
    assert [tuple(map(str, row)) for row in second.context["both"]] == [
        ("Born on", "1991", "1992")
    ]
    assert Member.objects.get().born_on == "1991"
    kept = secretary.post(
        url, person(version=second.context["form"]["version"].value(), born_on="1992")
    )
    assert kept.status_code == 302
    assert Member.objects.get().born_on == "1992"


def test_a_conflict_keeps_what_only_the_other_has_changed(secretary, member):
    url = page("edit", member)
    form = secretary.get(url).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    secretary.post(url, {**shown, "full_name": "Lê Thị Chinh"})

    second = secretary.post(url, {**shown, "born_on": "1992"})

    assert second.status_code == 409
    assert [tuple(map(str, row)) for row in second.context["both"]] == [
        ("Full name", "Lê Thị Chinh", "left as it was")
    ]
    form = second.context["form"]
    secretary.post(url, {name: form[name].value() for name in form.fields})
    stored = Member.objects.get()
    assert (stored.full_name, stored.born_on) == ("Lê Thị Chinh", "1992")


@pytest.mark.parametrize(
    ("facts", "column"),
    [
        ({"born_on": "1990", "admitted_on": "31/12/1989"}, "admitted_on"),
        ({"admitted_on": "03/02/2001", "official_on": "02/2000"}, "official_on"),
    ],
)
def test_days_that_cannot_follow_each_other_are_refused_beside_the_later(
    secretary, member, facts, column
):
    answer = secretary.post(page("edit", member), person(version=1, **facts))

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [column]
    assert Member.objects.get().version == 1


def test_what_cannot_be_taken_back_is_chosen(secretary, member):
    answer = secretary.post(
        page("end", member), {"ending": "", "on": "01/02/2024", "document": "Số 1"}
    )

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["ending"]
    assert Membership.objects.current().exists()


def test_of_several_cells_none_is_chosen_beforehand_and_each_names_its_committee():
    above = GrassrootsFactory(name="Đảng bộ xã Đồng Văn")
    for _at in range(2):
        UnitFactory(name="Chi bộ thôn 1", parent=above)
    clerk = english_client()
    clerk.force_login(PostFactory(unit=above, role=Role.CLERK).account)

    unit = clerk.get(reverse("member_add")).context["form"]["unit"]

    first, *cells = [label for _value, label in unit.field.choices]
    assert first == "Choose one"
    assert cells == ["Chi bộ thôn 1, Đảng bộ xã Đồng Văn"] * 2
    assert unit.value() is None


def test_only_what_the_form_offers_changes(secretary, member):
    other = UnitFactory()
    columns = {field.name: "9" for field in Member._meta.fields}

    secretary.post(
        page("edit", member), {**columns, **person(version=1), "unit": other.pk}
    )

    again = Member.objects.get()
    assert (again.pk, again.code, again.version) == (member.pk, "DV1", 2)
    assert Membership.objects.get().unit != other


def test_full_membership_is_offered_from_the_day_on_which_probation_was_over(
    secretary, member
):
    url = page("full", member)
    assert 'value="19/05/2011"' in secretary.get(url).text

    secretary.post(url, {"on": "2011-05-19", "document": DOCUMENT})

    assert Member.objects.get().official_on == "2011-05-19"
    again = secretary.post(url, {"on": "2011-05-19", "document": DOCUMENT})
    assert errors(again) == {"__all__": ["Lê Chi is a full member already."]}


def test_who_was_admitted_on_an_unknown_day_has_no_day_in_the_form(secretary, member):
    Member.objects.update(admitted_on="")

    assert secretary.get(page("full", member)).context["form"]["on"].value() is None


def test_a_pause_begins_and_ends(secretary, member):
    secretary.post(
        page("pause", member),
        {"kind": "EXEMPT", "from_on": "2024-12-01", "document": DOCUMENT},
    )
    detail = secretary.get(reverse("members:member_detail", args=[member.pk]))
    assert page("resume", member) in detail.text
    secretary.post(page("resume", member), {"on": "2025-01-01", "document": DOCUMENT})

    assert list(ActivityPause.objects.values_list("kind", "from_on", "until_on")) == [
        ("EXEMPT", date(2024, 12, 1), date(2025, 1, 1))
    ]
    twice = secretary.post(
        page("resume", member), {"on": "2025-01-01", "document": DOCUMENT}
    )
    assert errors(twice) == {"__all__": ["Lê Chi is neither exempt nor suspended."]}


def test_who_leaves_is_off_the_roll_and_out_of_every_post(secretary, member):
    post = PostFactory(account=None, member=member)

    response = secretary.post(
        page("end", member),
        {"ending": "DIED", "on": "2024-12-01", "document": "Giấy chứng tử số 3"},
    )

    assert response["Location"] == reverse("members:member_list")
    assert Membership.objects.get().ending == "DIED"
    assert Post.objects.get(pk=post.pk).ended_at is not None


@pytest.mark.parametrize("ending", ["TRANSFERRED", "REORGANISED", "x"])
def test_other_endings_are_no_choice(secretary, member, ending):
    response = secretary.post(
        page("end", member), {"ending": ending, "on": "2024-12-01", "document": "1"}
    )

    assert list(errors(response)) == ["ending"]
    assert Membership.objects.get().until_on is None


def test_opening_a_person_is_on_record_and_ones_own_page_is_not(
    client, secretary, cell, member
):
    ActivityPauseFactory(member=member)
    url = reverse("members:member_detail", args=[member.pk])
    secretary.get(url)
    own = MemberFactory(cell=cell)
    account = PostFactory(unit=cell, role=Role.DEPUTY_SECRETARY).account
    account.member = own
    account.save()
    client.force_login(account)

    client.get(reverse("members:member_detail", args=[own.pk]))

    opened = Event.objects.filter(action="members.opened")
    assert list(opened.values_list("member", "unit")) == [(member.pk, cell.pk)]


def test_one_reads_who_opened_ones_own_information(client, secretary, cell, member):
    other = MemberFactory(cell=cell)
    for opened in (member, member, other):
        secretary.get(reverse("members:member_detail", args=[opened.pk]))
    assert secretary.get(OWN).status_code == 404
    client.force_login(AccountFactory(member=member))

    response = client.get(OWN)

    assert [(each.name, each.post) for each in response.context["openings"]] == [
        (str(Account.objects.first()), "Secretary, Chi bộ thôn 1")
    ] * 2
    assert "Record something about this person" not in response.text


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_person_takes_the_same_queries_for_any_history(
    secretary, member, django_assert_num_queries, count
):
    for at in range(count):
        pause = ActivityPauseFactory(member=member)
        ActivityPause.objects.filter(pk=pause.pk).update(until_on=date(2024, 2, 1 + at))
        PostFactory(account=None, member=member)

    # Seven of them append the event; three make the head, at the first of the day; two
    # note the first use of the session; two count
    # whose records were opened lately.
    with django_assert_num_queries(24):
        secretary.get(reverse("members:member_detail", args=[member.pk]))


def test_whose_probation_ends_is_told_and_shown(secretary, cell, member):
    Member.objects.update(admitted_on="2020-01-01")
    MemberFactory(cell=cell)

    due = secretary.get(reverse("members:member_list"), {"show": "probation"})

    assert waits_for(secretary)["members.probation_ended"] == 1
    assert [row.name for row in due.context["rows"]] == ["Lê Chi"]

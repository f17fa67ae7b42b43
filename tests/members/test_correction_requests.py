"""A person asks for a correction; who keeps the roll answers; the person reads it."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.test import Client
from django.urls import reverse

from members.models import CorrectionRequest, Event, Member
from members.policy import Role
from members.queries import actor_for
from members.services import corrections, memberships
from tests.clients import english_client, waits_for
from tests.factories import (
    NOON,
    AccountFactory,
    CorrectionRequestFactory,
    GrassrootsFactory,
    MemberFactory,
    PostFactory,
    UnitFactory,
)
from tests.members.keepers import keeper_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

State = CorrectionRequest.State
Subject = CorrectionRequest.Subject
OWN = reverse("members:own_record")
ADD = reverse("members:correction_add")
LIST = reverse("members:correction_list")
ASKED = {"subject": "born_on", "wanted": "05/1990", "reason": "Giấy khai sinh"}


def as_(account) -> Client:
    client = english_client()
    client.force_login(account)
    return client


@pytest.fixture
def cell():
    return UnitFactory(code="1", name="Chi bộ thôn 1", parent=GrassrootsFactory())


@pytest.fixture
def person(cell):
    return MemberFactory(full_name="Lê Chi", born_on="1991", cell=cell)


@pytest.fixture
def own(person):
    """The person at the other end."""
    return as_(AccountFactory(member=person))


@pytest.fixture
def secretary(cell):
    return as_(PostFactory(unit=cell, role=Role.SECRETARY, title="Bí thư").account)


def page(name, asked) -> str:
    return reverse(f"members:correction_{name}", args=[asked.pk])


def form_of(asked) -> str:
    return f"{reverse('member_edit', args=[asked.member_id])}?request={asked.pk}"


def acts() -> list[tuple[str, dict]]:
    others = ("members.opened", "accounts.refused")
    events = Event.objects.exclude(action__in=others).order_by("pk")
    return list(events.values_list("action", "data"))


def test_a_request_goes_to_who_keeps_the_roll_and_is_read_nowhere_else(
    own, secretary, person, cell
):
    response = own.post(ADD, ASKED)

    asked = CorrectionRequest.objects.get()
    assert response["Location"] == OWN
    assert (asked.member, asked.subject, asked.wanted, asked.state) == (
        person,
        "born_on",
        "05/1990",
        State.WAITING,
    )
    assert asked.due_on > date.today()  # noqa: DTZ011 -- the day of the site's own clock
    assert secretary.get(LIST).context["rows"][0].name == "Lê Chi"
    assert waits_for(secretary)["members.corrections"] == 1
    shown = secretary.get(reverse("members:member_detail", args=[person.pk]))
    assert [row.subject for row in shown.context["requests"]] == ["Born"]
    committee = as_(PostFactory(unit=cell.parent, role=Role.SECRETARY).account)
    other = as_(PostFactory(unit=UnitFactory(), role=Role.SECRETARY).account)
    assert [
        each.get(page("detail", asked)).status_code for each in (committee, other)
    ] == [404, 404]
    assert other.get(LIST).context["rows"] == []
    assert acts() == [("corrections.asked", {"kind": "born_on"})]


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"subject": "code"}, "subject"),
        ({"subject": ""}, "subject"),
        ({"wanted": " "}, "wanted"),
        ({"wanted": "a\u200bb"}, "wanted"),
        ({"reason": ""}, "reason"),
        ({"reason": "x" * 1001}, "reason"),
    ],
)
def test_a_request_says_what_and_why(own, changes, refused):
    response = own.post(ADD, {**ASKED, **changes})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [refused]
    assert not CorrectionRequest.objects.exists()


def test_one_request_about_a_matter_waits_at_a_time(own, person):
    CorrectionRequestFactory(member=person)

    again = own.post(ADD, ASKED)
    another = own.post(ADD, {**ASKED, "subject": "OTHER"})

    assert again.context["form"].errors == {
        "__all__": ["Your request about this waits for an answer already."]
    }
    assert another.status_code == 302
    with pytest.raises(IntegrityError, match="one_waiting_per_subject"):
        CorrectionRequestFactory(member=person)


def test_who_is_on_no_roll_is_told_that_nobody_could_answer(cell):
    gone = MemberFactory()

    response = as_(AccountFactory(member=gone)).post(ADD, ASKED)

    assert response.context["form"].errors == {
        "__all__": ["Nguyễn Văn An is on no roll."]
    }


def test_the_correction_form_holds_what_is_asked_and_answers_it(own, secretary, person):
    asked = CorrectionRequestFactory(member=person)
    shown = secretary.get(form_of(asked))
    form = shown.context["form"]
    assert form["born_on"].value() == "05/1990"
    assert form["full_name"].value() == "Lê Chi"
    assert "Born should be “05/1990”" in shown.text

    typed = {name: form[name].value() or "" for name in form.fields}
    response = secretary.post(form_of(asked), typed)

    asked.refresh_from_db()
    assert response.status_code == 302
    assert Member.objects.get(pk=person.pk).born_on == "1990-05"
    assert asked.state == State.CORRECTED
    assert [row.state for row in own.get(OWN).context["requests"]] == ["Corrected"]
    assert acts() == [
        ("corrections.corrected", {"kind": "born_on"}),
        ("members.corrected", {"columns": ["born_on"]}),
    ]
    assert secretary.get(form_of(asked)).status_code == 404


def test_a_correction_that_is_refused_leaves_the_request_waiting(secretary, person):
    MemberFactory(personal_id="038194012345")
    asked = CorrectionRequestFactory(member=person, subject="personal_id")
    form = secretary.get(form_of(asked)).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}

    taken = secretary.post(form_of(asked), {**typed, "personal_id": "038194012345"})
    Member.objects.filter(pk=person.pk).update(version=2)
    late = secretary.post(form_of(asked), {**typed, "personal_id": ""})

    assert (taken.status_code, late.status_code) == (422, 409)
    assert CorrectionRequest.objects.get().state == State.WAITING
    assert acts() == []


def test_a_choice_is_not_filled_in_by_words(secretary, person):
    Member.objects.filter(pk=person.pk).update(gender="M")
    asked = CorrectionRequestFactory(member=person, subject="gender", wanted="Nữ")

    form = secretary.get(form_of(asked)).context["form"]

    assert form["gender"].value() == "M"


def test_a_request_is_refused_with_a_reason_that_the_person_reads(
    own, secretary, person
):
    asked = CorrectionRequestFactory(member=person)

    empty = secretary.post(page("refuse", asked), {"answer": ""})
    done = secretary.post(page("refuse", asked), {"answer": "Thiếu giấy khai sinh"})

    assert (empty.status_code, done.status_code) == (422, 302)
    assert "Thiếu giấy khai sinh" in own.get(OWN).text
    assert "Not accepted: Thiếu giấy khai sinh" in own.get(page("detail", asked)).text
    assert acts() == [("corrections.refused", {"kind": "born_on"})]
    assert secretary.get(page("refuse", asked)).status_code == 404


def test_what_is_no_column_is_answered_in_words(own, secretary, person):
    asked = CorrectionRequestFactory(member=person, subject="POST")
    shown = secretary.get(page("detail", asked))

    secretary.post(page("settle", asked), {"answer": "Đã kết thúc chức vụ"})

    assert page("settle", asked) in shown.text
    assert [(row.state, row.answer) for row in own.get(OWN).context["requests"]] == [
        ("Corrected", "Đã kết thúc chức vụ")
    ]


def test_reading_somebody_elses_request_is_an_event_that_the_person_sees(
    own, secretary, person
):
    asked = CorrectionRequestFactory(member=person)

    own.get(page("detail", asked))
    secretary.get(page("detail", asked))

    assert [each.post for each in own.get(OWN).context["openings"]] == ["Bí thư"]


def test_the_person_takes_a_request_back(own, secretary, person):
    asked = CorrectionRequestFactory(member=person)

    first = own.post(page("take_back", asked), follow=True)
    second = own.post(page("take_back", asked), follow=True)

    assert [
        [str(each) for each in response.context["messages"]]
        for response in (first, second)
    ] == [
        ["The request is taken back."],
        ["This request was answered already: Taken back."],
    ]
    assert secretary.post(page("take_back", asked)).status_code == 404
    assert acts() == [("corrections.taken_back", {"kind": "born_on"})]


def test_nobody_answers_a_request_of_their_own(cell, person):
    PostFactory(account=None, member=person, unit=cell, role=Role.SECRETARY)
    asked = CorrectionRequestFactory(member=person)
    account = AccountFactory(member=person)
    client = as_(account)

    assert client.get(LIST).context["rows"] == []
    assert client.get(page("refuse", asked)).status_code == 404
    assert client.get(form_of(asked)).status_code == 404
    with pytest.raises(corrections.CorrectionNotPossible, match="of their own"):
        corrections.settle(
            request=asked, answer="x", actor=actor_for(account), now=NOON
        )
    clerk = as_(PostFactory(unit=cell.parent).account)
    assert len(clerk.get(LIST).context["rows"]) == 1


def test_a_request_follows_the_person_to_the_next_cell(secretary, cell, person):
    CorrectionRequestFactory(member=person)
    new = UnitFactory(parent=cell.parent)
    memberships.transfer_member(member=person, unit=new, on=date(2024, 12, 1))

    receiver = as_(PostFactory(unit=new, role=Role.SECRETARY).account)

    assert secretary.get(LIST).context["rows"] == []
    assert len(receiver.get(LIST).context["rows"]) == 1


def test_what_waits_too_long_is_said_to_be_late(secretary, person):
    asked = CorrectionRequestFactory(member=person)

    assert asked.is_late(asked.due_on) is False
    assert asked.is_late(asked.due_on + timedelta(days=1)) is True
    assert secretary.get(LIST).context["rows"][0].is_late


def test_a_request_is_answered_once(cell, person):
    asked, actor = CorrectionRequestFactory(member=person), keeper_of(cell)
    corrections.refuse(request=asked, answer="x", actor=actor, now=NOON)

    with pytest.raises(
        corrections.CorrectionNotPossible, match="already: Not accepted"
    ):
        corrections.correct(
            request=asked, version=1, facts={"born_on": "1990"}, actor=actor, now=NOON
        )

    assert Member.objects.get(pk=person.pk).born_on == "1991"


def test_what_is_asked_lies_sealed_and_is_sealed_anew(person, settings):
    old, new = "o" * 50, "n" * 50
    settings.FIELD_KEYS = [old]
    asked = CorrectionRequestFactory(member=person, wanted="038194012345")
    settings.FIELD_KEYS = [new, old]

    call_command("reseal", verbosity=0)

    settings.FIELD_KEYS = [new]
    asked.refresh_from_db()
    assert asked.wanted == "038194012345"
    with connection.cursor() as cursor:
        cursor.execute("SELECT wanted FROM members_correctionrequest")
        assert "038194012345" not in cursor.fetchone()[0]


@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_take_the_same_queries_for_one_and_for_three(
    secretary, own, cell, person, django_assert_num_queries, count
):
    for subject in list(Subject)[:count]:
        CorrectionRequestFactory(member=person, subject=subject)
    for client in (secretary, own):
        client.get(reverse("home"))

    # Session, account, posts; the rows; the title of the post, the hour of the session.
    with django_assert_num_queries(6):
        secretary.get(LIST)
    with django_assert_num_queries(19):
        own.get(OWN)


@pytest.mark.parametrize(
    ("subject", "wanted", "is_refused"),
    [
        ("born_on", "31/02/1990", True),
        ("admitted_on", "1990-13", True),
        ("official_on", "05/1990", False),
        ("born_on", "không rõ ngày", False),
        ("card_number", "38.012345", False),
    ],
)
def test_a_day_that_no_calendar_has_is_refused_beside_it(
    own, person, subject, wanted, is_refused
):
    response = own.post(ADD, {**ASKED, "subject": subject, "wanted": wanted})

    assert response.status_code == (422 if is_refused else 302)
    assert CorrectionRequest.objects.exists() is not is_refused
    if is_refused:
        assert list(response.context["form"].errors) == ["wanted"]
        assert wanted in response.content.decode()

"""What is known of a person: entered, corrected, completed; each act leaves an event."""

from datetime import date

import pytest

from members import names
from members.models import Event, Member, NameWord, PartyUnit
from members.services import memberships, people, versions
from tests.factories import NOON, MemberFactory, PostFactory, UnitFactory
from tests.members.keepers import keeper_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

NUMBER = "038194012345"


@pytest.fixture
def cell():
    return UnitFactory(code="1")


def acts():
    events = Event.objects.order_by("pk")
    return list(events.values_list("action", "member__code", "unit__code", "data"))


def correct(member, cell, *, version=1, **facts):
    return people.correct_member(
        member=member, version=version, facts=facts, actor=keeper_of(cell), now=NOON
    )


def test_a_correction_changes_what_it_names_and_the_words_of_the_name(cell):
    member = MemberFactory(code="DV1", full_name="Lê Chi", cell=cell)

    correct(member, cell, full_name="Lê  Thị Chi", born_on="1990-05", gender="")

    stored = Member.objects.get()
    assert (stored.full_name, stored.born_on, stored.version) == (
        "Lê Thị Chi",
        "1990-05",
        2,
    )
    assert stored.sort_key == names.sort_key("Lê Thị Chi")
    words = NameWord.objects.order_by("word").values_list("word", flat=True)
    assert list(words) == ["chi", "le", "thi"]
    assert acts() == [
        ("members.corrected", "DV1", "1", {"columns": ["born_on", "full_name"]})
    ]


def test_a_correction_that_changes_nothing_leaves_no_trace(cell):
    member = MemberFactory(cell=cell, born_on="1990")

    correct(member, cell, born_on="1990")

    assert Member.objects.get().version == 1
    assert acts() == []


def test_the_second_of_two_who_correct_one_person_is_told(cell):
    member = MemberFactory(cell=cell, born_on="1990")
    correct(member, cell, born_on="1991")

    with pytest.raises(versions.ChangedMeanwhile) as refusal:
        correct(member, cell, born_on="1992")

    assert refusal.value.current.born_on == "1991" == Member.objects.get().born_on


@pytest.mark.parametrize(
    ("column", "refusal"),
    [
        ("card_number", "This card number is taken."),
        ("personal_id", "This personal number is taken."),
    ],
)
def test_a_number_of_somebody_else_is_refused_without_telling_whose(
    cell, column, refusal
):
    MemberFactory(**{column: NUMBER})
    member = MemberFactory(cell=cell)

    with pytest.raises(people.NumberTaken) as caught:
        correct(member, cell, **{column: NUMBER})
    with pytest.raises(people.NumberTaken):
        people.admit_member(
            unit=cell,
            full_name="Lê Chi",
            on=date(2024, 12, 1),
            admitted_on="2020",
            official_on="2021",
            actor=keeper_of(cell),
            now=NOON,
            **{column: NUMBER},
        )

    assert (str(caught.value), caught.value.column) == (refusal, column)
    assert Member.objects.count() == 2


def test_ones_own_number_is_no_one_elses(cell):
    member = MemberFactory(cell=cell, card_number=NUMBER)

    correct(member, cell, card_number=NUMBER, personal_id=NUMBER)

    assert Member.objects.get().personal_id == NUMBER


@pytest.mark.parametrize(
    ("facts", "column", "refusal"),
    [
        ({"born_on": "2090"}, "born_on", "This day has not come yet."),
        ({"official_on": "2095-01"}, "official_on", "This day has not come yet."),
        (
            {"official_on": "", "card_number": NUMBER},
            "card_number",
            "A probationary member has no card number.",
        ),
    ],
)
def test_what_cannot_be_is_refused(cell, facts, column, refusal):
    member = MemberFactory(cell=cell)

    with pytest.raises(people.FactRefused) as caught:
        correct(member, cell, **facts)

    assert (str(caught.value), caught.value.column) == (refusal, column)


@pytest.mark.parametrize(
    ("taken", "code"),
    [([], "1-001"), (["1-7", "1-x", "2-9"], "1-008"), (["1-998", "1-999"], "1-1000")],
)
def test_who_is_entered_without_a_code_gets_the_next_of_the_cell(cell, taken, code):
    for each in taken:
        MemberFactory(code=each)

    member = people.admit_member(
        unit=cell,
        full_name="Lê Chi",
        on=date(2024, 12, 1),
        actor=keeper_of(cell),
        now=NOON,
    )

    assert member.code == code
    assert acts() == [("members.admitted", code, "1", {})]


def test_a_decision_makes_a_probationary_member_a_full_one(cell):
    member = MemberFactory(
        code="DV1", cell=cell, admitted_on="2023-11-05", official_on=""
    )

    people.make_full_member(
        member=member,
        on=date(2024, 11, 5),
        document="NQ 12",
        actor=keeper_of(cell),
        now=NOON,
    )

    assert Member.objects.values_list("official_on", "version").get() == (
        "2024-11-05",
        2,
    )
    assert acts() == [("members.made_full", "DV1", "1", {"document": "NQ 12"})]


@pytest.mark.parametrize(
    ("official_on", "on", "refusal"),
    [
        ("2011", date(2024, 11, 5), "Nguyễn Văn An is a full member already."),
        ("", date(2023, 11, 4), "The day lies before the day of admission."),
        ("", date(2025, 11, 5), "This day has not come yet."),
        (
            "",
            date(2024, 11, 4),
            "The probation lasts until 05/11/2024: nobody is a full member before. If "
            "the day of admission is wrong, correct it first.",
        ),
    ],
)
def test_full_membership_that_cannot_be_is_refused(cell, official_on, on, refusal):
    member = MemberFactory(cell=cell, admitted_on="2023-11-05", official_on=official_on)

    with pytest.raises(memberships.MemberNotMovable) as caught:
        people.make_full_member(
            member=member, on=on, document="NQ 12", actor=keeper_of(cell), now=NOON
        )

    assert str(caught.value) == refusal
    assert Member.objects.get().official_on == official_on


@pytest.mark.parametrize(
    ("admitted_on", "official_on", "is_due"),
    [
        ("2023-12-25", "", True),
        ("2023-12-26", "", False),
        ("2023-12", "", True),
        ("2023", "", True),
        ("2024", "", False),
        ("", "", False),
        ("2020-01-01", "2021-01-01", False),
    ],
)
def test_who_is_due_for_full_membership(admitted_on, official_on, is_due):
    MemberFactory(admitted_on=admitted_on, official_on=official_on)

    due = Member.objects.due_for_full(date(2024, 11, 25))

    assert due.exists() == is_due


def test_leaving_ends_every_post_at_once(cell):
    member = MemberFactory(code="DV1", cell=cell)
    posts = [
        PostFactory(account=None, member=member, unit=unit)
        for unit in (cell, UnitFactory())
    ]
    other = PostFactory(unit=cell)

    memberships.end_membership(
        member=member,
        on=date(2024, 12, 1),
        ending="DIED",
        document="Giấy chứng tử",
        actor=keeper_of(cell),
        now=NOON,
    )

    for post in posts:
        post.refresh_from_db()
        assert (post.ended_at, post.ended_by_document) == (NOON, "Giấy chứng tử")
    other.refresh_from_db()
    assert other.ended_at is None
    assert acts()[-1] == (
        "members.ended",
        "DV1",
        "1",
        {"ending": "DIED", "document": "Giấy chứng tử"},
    )


def test_an_opening_names_person_cell_and_post(cell):
    member = MemberFactory(code="DV1", cell=cell)
    keeper = keeper_of(cell)

    people.note_opening(member=member, actor=keeper, now=NOON)

    event = Event.objects.get()
    assert (event.action, event.member, event.unit, event.post_id) == (
        "members.opened",
        member,
        PartyUnit.objects.get(),
        keeper.posts[0].post_id,
    )


def test_of_an_admission_known_in_part_the_first_day_counts(cell):
    member = MemberFactory(cell=cell, admitted_on="2023-11", official_on="")

    people.make_full_member(
        member=member,
        on=date(2024, 11, 1),
        document="NQ 12",
        actor=keeper_of(cell),
        now=NOON,
    )

    assert Member.objects.get().official_on == "2024-11-01"


@pytest.mark.parametrize("name", ["😀", "Lê 123", "Ho<script>", "\u0301"])
def test_what_no_name_holds_is_refused(cell, name):
    with pytest.raises(names.UnfitName):
        people.admit_member(
            unit=cell,
            full_name=name,
            on=date(2024, 12, 1),
            actor=keeper_of(cell),
            now=NOON,
        )

    assert not Member.objects.exists()


def test_of_two_who_enter_one_number_at_once_the_second_is_told(cell, monkeypatch):
    """Both have looked before either wrote; the database lets one in."""
    MemberFactory(personal_id=NUMBER, cell=cell)
    looks = iter([None])
    look = people._refuse_taken_numbers
    monkeypatch.setattr(
        people,
        "_refuse_taken_numbers",
        lambda member: next(looks, member) and look(member),
    )
    member = MemberFactory(cell=cell)

    with pytest.raises(people.NumberTaken, match="This personal number is taken"):
        correct(member, cell, personal_id=NUMBER)

    assert Member.objects.get(pk=member.pk).personal_id == ""

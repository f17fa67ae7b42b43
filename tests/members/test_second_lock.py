"""What the second lock stops and lets through, whatever a query forgets.

Every look is taken as a role for which the lock holds; `test_row_security` proves it.
"""

from functools import partial

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError
from django.test import Client
from django.urls import reverse

from campaigns.models import Participant, Placement
from campaigns.services.tallies import recount
from members import bulk, queries, row_security
from members.models import (
    Account,
    Member,
    Membership,
    NameWord,
    PartyUnit,
    Post,
)
from members.models.people import MemberQuerySet
from members.policy import Role
from members.row_security import Purpose, asked_by, opened_for
from tests.factories import AccountFactory, MemberFactory, PostFactory, UnitFactory
from tests.restricted import restricted, value_of
from tests.small_worlds import DISTRICT_PEOPLE, contents, imported, tallies_of, unit_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary():
    """Somebody with a post at the first of two cells, each with one person."""
    cells = [UnitFactory(code="X1"), UnitFactory(code="X2")]
    for cell in cells:
        MemberFactory(code=cell.code, cell=cell)
    return PostFactory(unit=cells[0], role=Role.SECRETARY).account


def test_a_query_that_forgets_the_first_lock_is_stopped_by_the_second(secretary):
    with restricted(), asked_by(secretary.pk):
        seen = list(Member.objects.values_list("code", flat=True))
        changed = Member.objects.update(full_name="X")

    assert seen == ["X1"]
    assert changed == 1
    assert Member.objects.filter(full_name="X").count() == 1


def test_a_page_that_forgets_the_first_lock_is_stopped_by_the_second(
    secretary, monkeypatch
):
    """The hole is seeded: every scope of members lets everybody through."""
    client = Client()
    client.force_login(secretary)
    monkeypatch.setattr(MemberQuerySet, "visible_to", lambda members, *_args: members)
    own, other = (Member.objects.get(code=code) for code in ("X1", "X2"))
    address = partial(reverse, "members:member_detail")

    assert client.get(address(args=[own.pk])).status_code == 200
    assert client.get(address(args=[other.pk])).status_code == 404
    page = client.get(reverse("members:member_list"))
    assert [row.url for row in page.context["rows"]] == [address(args=[own.pk])]


def test_nobody_writes_what_they_may_not_see(secretary):
    other = Member.objects.get(code="X2")
    cell = PartyUnit.objects.get(code="X2")

    with (
        restricted(),
        asked_by(secretary.pk),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        Membership.objects.create(
            member=other, unit=cell, from_on="2020-01-01", kind="TEMPORARY"
        )


def test_an_account_is_changed_by_its_owner_and_by_coming_in_alone(secretary):
    """The hole is seeded: a form that forgets whose account it changes."""
    other = AccountFactory(display_name="other")
    accounts = Account.objects.filter(pk__in=[secretary.pk, other.pk])

    with restricted(), asked_by(secretary.pk):
        seen, changed = accounts.count(), accounts.update(display_name="X")
        removed = accounts._raw_delete("default")
        with pytest.raises(ProgrammingError), transaction.atomic():
            Account.objects.create(login="new", display_name="new")
    with restricted(), asked_by(None):
        unknown, by_nobody = accounts.count(), accounts.update(display_name="Y")
        with opened_for(Purpose.COMING_IN):
            coming_in = accounts.filter(pk=other.pk).update(display_name="Z")

    assert (seen, changed, removed) == (2, 1, 0)
    assert (unknown, by_nobody, coming_in) == (0, 0, 1)
    names = dict(accounts.values_list("pk", "display_name"))
    assert names == {secretary.pk: "X", other.pk: "Z"}


def test_a_post_that_ends_shows_nothing_from_that_moment(secretary):
    with restricted(), asked_by(secretary.pk):
        before = Member.objects.count()
        Post.objects.filter(account=secretary).update(ended_at="2020-01-01T00:00Z")
        after = Member.objects.count()

    assert (before, after) == (1, 0)


class TakenBack(Exception):
    """What goes wrong in the middle of an act."""


def act_in_an_act():
    with transaction.atomic(), opened_for(Purpose.ACT):
        assert Member.objects.count() == 2
        raise TakenBack


def act_around_an_act():
    with opened_for(Purpose.ACT), transaction.atomic():
        assert Member.objects.count() == 2
        raise TakenBack


def purpose_that_ends_before_the_act():
    with transaction.atomic():
        with opened_for(Purpose.ACT):
            assert Member.objects.count() == 2
        assert Member.objects.exists()
        raise TakenBack


def statement_that_fails():
    with transaction.atomic(), opened_for(Purpose.ACT):
        value_of("SELECT no_such_column")


@pytest.mark.parametrize(
    "act",
    [
        act_in_an_act,
        act_around_an_act,
        purpose_that_ends_before_the_act,
        statement_that_fails,
    ],
)
def test_what_is_taken_back_is_told_anew(secretary, act):
    """A rollback takes the setting back with it; whoever asks next is told again."""
    with restricted(), asked_by(secretary.pk):
        with pytest.raises((TakenBack, ProgrammingError)):
            act()
        assert Member.objects.count() == 1
        with opened_for(Purpose.ACT), pytest.raises((TakenBack, ProgrammingError)):
            act()
        assert Member.objects.count() == 1


def test_a_wide_purpose_is_not_narrowed_by_one_inside():
    with opened_for(Purpose.ACT), opened_for(Purpose.RECORD):
        assert row_security.asker().purpose is Purpose.ACT
    with opened_for(Purpose.RECORD), opened_for(Purpose.LOG):
        assert row_security.asker().purpose is Purpose.LOG
    assert row_security.asker().purpose is None


def test_a_unit_is_recounted_by_whoever_may_see_one_person_of_it():
    """A member's own submit changes the counts of the cell, and sees no more of it."""
    campaign = imported(contents(people=DISTRICT_PEOPLE))
    unit, counts = unit_of(campaign, "X1"), tallies_of(campaign)
    person = Placement.objects.filter(unit=unit).first().participant.member
    account = AccountFactory(member=person)

    with restricted(), asked_by(account.pk):
        recount([unit.pk])
        seen = Participant.objects.values_list("member", flat=True)
        assert list(seen) == [person.pk]

    assert tallies_of(campaign) == counts


def test_many_rows_are_written_under_the_lock(secretary):
    ids = bulk.new_ids(Member, 3)
    columns = {
        "id": ids,
        "code": ["B1", "B2", "B3"],
        "full_name": ["Ân", "a\tb", "c\\d"],
        "sort_key": ["a", "b", "c"],
    }

    with restricted(), asked_by(secretary.pk):
        with (
            pytest.raises(ProgrammingError, match="row-level security"),
            transaction.atomic(),
        ):
            bulk.insert(Member, columns)
        with opened_for(Purpose.IMPORT):
            assert bulk.insert(Member, columns) == 3
            bulk.insert(NameWord, {"member_id": ids, "word": ["an", "b", "c"]})

    found = Member.objects.filter(pk__in=ids).order_by("pk")
    assert list(found.values_list("full_name", flat=True)) == columns["full_name"]


def test_names_are_found_by_the_index_of_their_words(secretary):
    """A range over words: under row-level security no other kind of index is used."""
    cell = UnitFactory(code="X3")
    many = bulk.new_ids(Member, 3_000)
    bulk.insert(
        Member,
        {
            "id": many,
            "code": [f"M{pk}" for pk in many],
            "full_name": ["An"] * len(many),
            "sort_key": ["an"] * len(many),
        },
    )
    bulk.insert(NameWord, {"member_id": many, "word": [f"w{pk % 997}" for pk in many]})
    bulk.insert(
        Membership,
        {
            "member_id": many,
            "unit_id": [cell.pk] * len(many),
            "kind": ["OFFICIAL"] * len(many),
        },
    )
    PostFactory(account=secretary, unit=cell, role=Role.SECRETARY)
    bulk.refresh_statistics([Member, NameWord, Membership])
    actor = queries.actor_for(secretary)
    found = Member.objects.visible_to(actor).named("w12 w1")

    with restricted(), asked_by(secretary.pk):
        plan = found.in_name_order()[:50].explain()

    assert "nameword_by_word" in plan
    assert "Seq Scan on members_nameword" not in plan

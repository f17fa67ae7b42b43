"""The second lock: what the database shows by itself, whatever a query forgets.

Every look is taken as a role for which the lock holds; the first test proves it.
"""

from functools import partial

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.models import LateChange, Participant, Placement
from campaigns.services.tallies import recount
from members import bulk, queries, row_security
from members.models import (
    Account,
    ActivityPause,
    CorrectionRequest,
    Event,
    Member,
    Membership,
    NameWord,
    PartyUnit,
    Post,
    ReasonedReading,
    RollImport,
    Transfer,
)
from members.models.people import MemberQuerySet
from members.policy import Area, Reach, Role, table
from members.row_security import Purpose, asked_by, opened_for
from members.services import database_roles
from members.services.database_roles import SecondLock
from members.vocabulary import vocabulary
from reviews.models import ResultsImport
from tests.factories import (
    AccountFactory,
    MemberFactory,
    PostFactory,
    SlipFactory,
    UnitFactory,
)
from tests.members import random_rows
from tests.members.seen_rows import World
from tests.restricted import ROLE, restricted
from tests.small_worlds import (
    DISTRICT_PEOPLE,
    contents,
    imported,
    tallies_of,
    unit_of,
)

pytestmark = pytest.mark.django_db

SCOPED = (
    ActivityPause,
    CorrectionRequest,
    Event,
    LateChange,
    Member,
    Membership,
    Participant,
    Post,
    ReasonedReading,
    ResultsImport,
    RollImport,
    Transfer,
)
LOCKED = (*SCOPED, Placement)
ACCOUNTS = 20
# No row of these names a person, says what one did, or opens anything to somebody.
UNLOCKED = {
    "campaigns_campaign": "a round, its rules and its days",
    "campaigns_campaignbody": "organisations and their levels",
    "campaigns_campaignunit": "units as they were frozen",
    "campaigns_tally": "counts",
    "members_account": "read by its name before anybody is known",
    "members_documentnumber": "numbers and subjects of papers of units",
    "members_failedtry": "digests of what was typed",
    "members_job": "kinds and numbers; who asked, by number",
    "members_letterhead": "heads of documents",
    "members_loghead": "places and digests",
    "members_logseal": "numbers and digests",
    "members_openingfigure": "counts before the first campaign",
    "members_partyunit": "names and places of units, no secret inside",
    "members_postcharge": "units and fields of work; whose post, by number",
    "members_sealedhead": "places and digests",
    "members_unitchange": "acts on units",
    "members_unitdecision": "papers on units",
    "members_unitstate": "names and places of units over time",
    "members_unitsuccession": "which unit became which",
    "members_unitterm": "terms of units between congresses",
    "reports_rollupreport": "counts; who asked, by number",
}


def rows_of(*models):
    """One query for the numbers of all rows that the database shows."""
    sql = " UNION ALL ".join(
        f"SELECT '{model.__name__}', id FROM {model._meta.db_table}" for model in models
    )
    found = {model.__name__: set() for model in models}
    with restricted(), connection.cursor() as cursor:
        cursor.execute(sql)
        for name, pk in cursor.fetchall():
            found[name].add(pk)
    return found


def value_of(sql, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


@pytest.fixture
def secretary():
    """Somebody with a post at the first of two cells, each with one person."""
    cells = [UnitFactory(code="X1"), UnitFactory(code="X2")]
    for cell in cells:
        MemberFactory(code=cell.code, cell=cell)
    return PostFactory(unit=cells[0], role=Role.SECRETARY).account


def test_the_role_of_these_tests_is_held():
    assert database_roles.second_lock() is SecondLock.PASSED  # whoever makes the rows
    with restricted():
        assert value_of("SELECT current_user") == [(ROLE,)]
        assert value_of(
            "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        ) == [(False, False)]
        assert value_of(
            "SELECT relname FROM pg_class"
            " WHERE pg_has_role(current_user, relowner, 'USAGE')"
        ) == []  # fmt: skip
        assert database_roles.second_lock() is SecondLock.HELD


def test_nobody_for_nothing_sees_nothing(secretary):
    SlipFactory(account=secretary)
    tables = [
        name
        for (name,) in value_of("SELECT relname FROM pg_class WHERE relrowsecurity")
    ]

    with restricted():
        seen = {name: value_of(f"SELECT count(*) FROM {name}") for name in tables}

    assert seen == {name: [(0,)] for name in tables}
    assert len(tables) > len(SCOPED)


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


# What each purpose opens, as docs/policy.md § 6 has it; the policies are the truth.
EVERYTHING = {Purpose.COMMAND, Purpose.IMPORT, Purpose.ACT}
OPENED = {
    "campaigns_latechange": {Purpose.LATE},
    "campaigns_participant": {Purpose.RETALLY, Purpose.RESULTS, Purpose.LATE},
    "campaigns_placement": {Purpose.RETALLY, Purpose.RESULTS, Purpose.LATE},
    "members_accountsession": {Purpose.COMING_IN, Purpose.UPKEEP},
    "members_activitypause": {Purpose.RECORD},
    "members_authenticator": {Purpose.COMING_IN},
    "members_codecard": {Purpose.COMING_IN, Purpose.UPKEEP},
    "members_correctionrequest": set(),
    "members_event": {Purpose.RECORD, Purpose.LOG},
    "members_formreceipt": set(),
    "members_member": {
        Purpose.RECORD, Purpose.HOLDERS, Purpose.LOOK_UP, Purpose.COMING_IN,
        Purpose.RESULTS, Purpose.LATE,
    },
    "members_membership": {
        Purpose.RECORD, Purpose.LOOK_UP, Purpose.COMING_IN, Purpose.LATE,
    },
    "members_nameword": set(),
    "members_oidclink": {Purpose.COMING_IN},
    "members_passkey": {Purpose.COMING_IN},
    "members_post": {
        Purpose.RECORD, Purpose.HOLDERS, Purpose.LOOK_UP, Purpose.COMING_IN,
        Purpose.REACH, Purpose.RESULTS,
    },
    "members_reasonedreading": set(),
    "members_rollimport": {Purpose.JOB, Purpose.UPKEEP},
    "members_slip": {Purpose.COMING_IN, Purpose.UPKEEP},
    "members_transfer": {Purpose.RECORD, Purpose.LOOK_UP},
    "members_unitpart": set(),
    "reviews_resultsimport": {Purpose.JOB},
}  # fmt: skip


def test_each_purpose_opens_the_tables_that_it_is_for():
    policies = dict(value_of("SELECT tablename, qual FROM pg_policies"))
    named = {
        name: {purpose for purpose in Purpose if f"'{purpose}'::text" in text}
        for name, text in policies.items()
    }

    assert named == {name: EVERYTHING | more for name, more in OPENED.items()}


def test_every_table_has_a_policy_or_says_why_not():
    ours = {
        model._meta.db_table
        for model in apps.get_models()
        if model._meta.app_label in {"members", "campaigns", "reviews", "reports"}
    }
    locked = dict(
        value_of(
            "SELECT relname, relforcerowsecurity FROM pg_class WHERE relrowsecurity"
        )
    )

    assert ours == set(UNLOCKED) | set(OPENED)
    assert locked == dict.fromkeys(OPENED, True)


def test_the_database_has_the_table_of_the_policy():
    written = set(value_of("SELECT * FROM members_policy()"))

    assert written == {
        (standing, area, reach)
        for standing, areas in table().items()
        for area, reach in areas.items()
        if reach in {Reach.UNIT, Reach.SUBTREE}
    }


def test_the_database_knows_where_each_kind_of_unit_stands():
    kinds = vocabulary().kinds.values()

    assert set(value_of("SELECT * FROM members_tiers()")) == {
        (kind.code, kind.tier) for kind in kinds
    }


def test_whoever_keeps_a_roll_may_read_it():
    """The policy of members is that of ROLL: the other areas lie within it."""
    for areas in table().values():
        for area in (Area.ROLL_EDIT, Area.ACCOUNTS, Area.POSTS):
            assert areas[area] in {Reach.NONE, areas[Area.ROLL]}


def scope_of(model, actor):
    seen = model.objects.visible_to(actor)
    if model is not ReasonedReading:
        return seen
    own = model.objects.filter(member=actor.member_id or 0)
    return seen | own.shown_to_the_person(timezone.localdate())


def three_oracles_agree(seed):
    with transaction.atomic():
        accounts = random_rows.make(seed, accounts=ACCOUNTS)
        world = World()
        for account in Account.objects.filter(pk__in=accounts):
            actor = queries.actor_for(account)
            first = {
                model.__name__: set(scope_of(model, actor).values_list("pk", flat=True))
                for model in SCOPED
            }
            with asked_by(account.pk):
                second = rows_of(*LOCKED)
            plain = world.seen_by(account.pk)
            assert second == plain
            assert first == {name: plain[name] for name in first}
        transaction.set_rollback(True)


quietly = partial(
    settings, suppress_health_check=list(HealthCheck), database=None, deadline=None
)
seeds = given(seed=st.integers(0, 2**32))


@quietly(max_examples=500 // ACCOUNTS)
@seeds
def test_scope_plain_oracle_and_row_security_agree(seed):
    """500 times: 20 accounts in each of 25 worlds."""
    three_oracles_agree(seed)


@pytest.mark.long
@quietly(max_examples=20_000 // ACCOUNTS)
@seeds
def test_scope_plain_oracle_and_row_security_agree_20_000_times(seed):
    three_oracles_agree(seed)


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

"""A scope costs a page the query for the posts in force, and no other."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.models import MeetingGuest, Minutes, MinutesCorrection
from members import queries
from members.models import Member
from members.policy import Role
from reviews.models import (
    CollectiveRemark,
    CollectiveReport,
    CollectiveReportAnswer,
    CollectiveReportStatement,
    CollectiveReportText,
    CollectiveSaidVersion,
    CollectiveSuggestion,
    CollectiveTurn,
    Opinion,
    OpinionEntry,
    OpinionRequest,
)
from tests.factories import AccountFactory, MemberFactory, PostFactory, UnitFactory
from tests.members.row_policies import SCOPED

pytestmark = pytest.mark.django_db


@pytest.fixture
def account():
    """A member with two posts at different units: the widest of scopes."""
    cell = UnitFactory()
    member = MemberFactory(cell=cell)
    account = AccountFactory(member=member)
    PostFactory(account=account, unit=cell, role=Role.SECRETARY)
    PostFactory(account=account, unit=UnitFactory(), role=Role.CLERK)
    return account


# Read by the members of a cell as well: where one is placed is asked once more.
BY_OWN_PLACE = {
    CollectiveRemark,
    CollectiveReport,
    CollectiveReportAnswer,
    CollectiveReportStatement,
    CollectiveReportText,
    CollectiveSaidVersion,
    CollectiveSuggestion,
    CollectiveTurn,
    MeetingGuest,
    Minutes,
    MinutesCorrection,
    Opinion,
    OpinionEntry,
    OpinionRequest,
}


@pytest.mark.parametrize("model", SCOPED, ids=lambda model: model.__name__)
def test_a_scope_costs_one_query_more_than_no_scope(account, model):
    with CaptureQueriesContext(connection) as without:
        list(model.objects.all())
    with CaptureQueriesContext(connection) as scoped:
        list(model.objects.visible_to(queries.actor_for(account)))

    own = 1 if model in BY_OWN_PLACE else 0
    assert len(scoped) == len(without) + 1 + own


def test_people_and_oneself_are_one_list_and_no_alternative(account):
    """An OR beside the list makes PostgreSQL go through it anew for each person."""
    seen = Member.objects.visible_to(queries.actor_for(account))

    assert "UNION ALL" in str(seen.query)
    assert "hashed SubPlan" not in seen.explain()
    assert seen.get().pk == account.member_id

"""What each standing sees of each model, in the world of `standings`."""

import pytest
from django.apps import apps

from members import queries
from members.models import (
    Account,
    ActivityPause,
    Event,
    Job,
    Member,
    Membership,
    PartyUnit,
    Post,
    Transfer,
    UnitDecision,
)
from members.policy import NOBODY, SYSTEM, Area
from tests.factories import (
    DistrictFactory,
    EventFactory,
    MemberFactory,
    PostFactory,
    UnitFactory,
)
from tests.members.standings import BELOW_A, SEEN, make_accounts, make_units

pytestmark = pytest.mark.django_db


@pytest.fixture
def units():
    return make_units()


@pytest.fixture
def accounts(units):
    return make_accounts(units)


def codes(rows):
    return sorted(rows.values_list("code", flat=True))


@pytest.mark.parametrize("name", SEEN)
def test_units_and_members_are_seen_as_the_posts_reach(accounts, name):
    actor = queries.actor_for(accounts[name])
    units, members = SEEN[name]
    own = {"secretary"} if name == "member who is secretary" else set()

    assert codes(PartyUnit.objects.visible_to(actor)) == sorted(units)
    assert codes(Member.objects.visible_to(actor)) == sorted(members | own)


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("no post", []),
        ("member", ["A.G.1 in A.G.1"]),
        ("cell secretary", ["A.G.1 in A.G.1", "gone in A.G.1", "guest in A.G.1"]),
        (
            "clerk",
            ["A.G.1 in A.G.1", "A.G.2 in A.G.2", "gone in A.G.1", "guest in A.G.1"],
        ),
        ("other clerk", ["B.1 in B.1", "guest in B.1"]),
        ("upper committee", []),
        ("former clerk", []),
    ],
)
def test_memberships_are_seen_by_the_cells_in_reach_and_oneself(accounts, name, seen):
    rows = Membership.objects.visible_to(queries.actor_for(accounts[name]))

    pairs = rows.values_list("member__code", "unit__code")
    assert sorted(f"{member} in {unit}" for member, unit in pairs) == seen


@pytest.mark.parametrize(
    ("name", "edited"),
    [
        ("no post", []),
        ("member", []),
        ("cell secretary", ["A.G.1"]),
        ("member who is secretary", ["A.G.1"]),
        ("grassroots committee", []),
        ("clerk", ["A.G.1", "A.G.2"]),
        ("other clerk", ["B.1", "guest"]),
        ("former clerk", []),
        ("technical with a post", []),
    ],
)
def test_a_roll_is_kept_by_its_official_cell_and_the_clerks_above(
    accounts, name, edited
):
    actor = queries.actor_for(accounts[name])

    assert codes(Member.objects.editable_by(actor)) == edited


@pytest.mark.parametrize(
    ("name", "seen", "receivable", "own"),
    [
        ("no post", [], [], []),
        ("member", ["A.G.1"], [], []),
        ("cell secretary", ["A.G.1"], [], ["A.G.1"]),
        ("grassroots committee", ["A.G.1", "A.G.2", "B.1"], [], []),
        ("upper committee", [], [], []),
        (
            "clerk",
            ["A.G.1", "A.G.2", "B.1"],
            ["A.G.1", "B.1"],
            ["A.G.1", "A.G.2"],
        ),
        ("other clerk", ["A.G.2", "B.1"], ["A.G.2"], ["B.1"]),
        ("former clerk", [], [], []),
    ],
)
def test_a_transfer_is_seen_by_both_sides_and_received_by_one(
    accounts, name, seen, receivable, own
):
    actor = queries.actor_for(accounts[name])

    def of(rows):
        return sorted(rows.values_list("member__code", flat=True))

    assert of(Transfer.objects.visible_to(actor)) == seen
    assert of(Transfer.objects.receivable_by(actor)) == receivable
    assert of(Transfer.objects.editable_by(actor)) == own


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("no post", []),
        ("member", ["A.G.1"]),
        ("cell secretary", ["A.G.1"]),
        ("clerk", ["A.G.1", "A.G.2"]),
        ("upper committee", []),
    ],
)
def test_pauses_are_seen_with_the_person(accounts, name, seen):
    rows = ActivityPause.objects.visible_to(queries.actor_for(accounts[name]))

    assert sorted(rows.values_list("member__code", flat=True)) == seen


@pytest.mark.parametrize(
    ("name", "seen", "recorded"),
    [
        ("no post", set(), set()),
        ("outside post", {"outside post"}, set()),
        ("cell secretary", {"cell secretary", "member who is secretary"}, set()),
        (
            "grassroots committee",
            {
                "cell secretary",
                "member who is secretary",
                "grassroots committee",
                "clerk of two",
            },
            set(),
        ),
        ("other clerk", {"other clerk"}, {"other clerk"}),
        ("former clerk", {"former clerk"}, set()),
    ],
)
def test_posts_are_seen_at_the_units_in_reach_and_recorded_by_clerks(
    accounts, name, seen, recorded
):
    actor = queries.actor_for(accounts[name])
    member = {"member who is secretary"}

    def holders(posts):
        logins = set(posts.values_list("account__login", flat=True)) - {None}
        return logins | (
            member if posts.filter(member__isnull=False).exists() else set()
        )

    assert holders(Post.objects.visible_to(actor)) == seen
    assert holders(Post.objects.recordable_by(actor)) == recorded


OFFICE_OF_A = {"clerk", "clerk whose term is over", "clerk of two"}


@pytest.mark.parametrize("name", SEEN)
def test_decisions_are_kept_by_the_office_and_seen_once_they_are_carried_out(
    accounts, name
):
    actor = queries.actor_for(accounts[name])
    drafts = ["draft of A", "draft of A.G"] if name in OFFICE_OF_A else []
    seen = [*drafts, "in A"] if name in OFFICE_OF_A else []
    if name == "other clerk":
        seen = ["in A", "in B"]

    def numbers(decisions):
        return sorted(decisions.values_list("number", flat=True))

    assert numbers(UnitDecision.objects.visible_to(actor)) == seen
    assert numbers(UnitDecision.objects.editable_by(actor)) == drafts
    fate = BELOW_A - {"A"} if name in OFFICE_OF_A else set()
    if name == "other clerk":
        fate = {"B.1"}
    assert set(codes(PartyUnit.objects.editable_by(actor))) == fate


@pytest.mark.parametrize("name", SEEN)
def test_one_sees_ones_own_account_and_jobs_only(accounts, name):
    actor = queries.actor_for(accounts[name])

    assert list(Account.objects.visible_to(actor)) == [accounts[name]]
    assert [job.kind for job in Job.objects.visible_to(actor)] == [name]


@pytest.mark.parametrize("name", SEEN)
def test_events_are_seen_at_the_units_in_reach_and_ones_own_acts(accounts, name):
    events = Event.objects.visible_to(queries.actor_for(accounts[name]))

    units, _ = SEEN[name]
    assert sorted(events.values_list("action", flat=True)) == sorted(
        [*(f"at {code}" for code in units), f"by {name}"]
    )


def test_one_sees_who_opened_ones_own_record(accounts):
    member = Member.objects.get(code="A.G.1")
    EventFactory(member=member, unit=None, subject_id=1, action="members.opened")
    actor = queries.actor_for(accounts["member"])

    seen = Event.objects.visible_to(actor).order_by("action")

    assert list(seen.values_list("action", flat=True)) == [
        "by member",
        "members.opened",
    ]


MODELS = (
    Account,
    ActivityPause,
    Event,
    Job,
    Member,
    Membership,
    PartyUnit,
    Post,
    Transfer,
    UnitDecision,
)


@pytest.mark.parametrize("model", MODELS)
def test_nobody_sees_nothing_and_the_system_everything(accounts, model):
    assert list(model.objects.visible_to(NOBODY)) == []
    assert set(model.objects.visible_to(SYSTEM)) == set(model.objects.all())
    assert model.objects.exists()


def test_an_area_can_be_named():
    clerk = PostFactory(unit=DistrictFactory(code="A"))
    actor = queries.actor_for(clerk.account)
    MemberFactory(cell=UnitFactory(parent=clerk.unit))

    assert codes(PartyUnit.objects.visible_to(actor, Area.IMPORT))[0] == "A"
    assert list(PartyUnit.objects.visible_to(actor, Area.TEXTS)) == []
    assert list(Member.objects.visible_to(actor, Area.TEXTS)) == []


# Read by services, queries and commands alone, for units and people already in reach;
# pages cannot take rows of a model without a scope (tests/test_architecture.py).
WITHOUT_A_SCOPE = {
    "FailedTry",
    "FormReceipt",
    "Letterhead",
    "LogHead",
    "LogSeal",
    "NameWord",
    "PostCharge",
    "SealedHead",
    "Slip",
    "UnitChange",
    "UnitPart",
    "UnitState",
    "UnitSuccession",
}


def test_every_model_has_a_scope_or_is_known_to_reach_no_page():
    without = {
        model.__name__
        for model in apps.get_app_config("members").get_models()
        if not hasattr(model.objects, "visible_to")
    }

    assert without == WITHOUT_A_SCOPE

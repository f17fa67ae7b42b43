"""What each standing sees of each model, in a world where every row could leak.

    A (superior)               B
    └── A.G (committee)        └── B.1 (cell)
        ├── A.G.1 (cell)
        └── A.G.2 (cell)

On the roll of each cell is one person, called like the cell, exempt, and on the way
to A.G.2 (who is there, to B.1); "gone" was on that of A.G.1, "guest" belongs to B.1
and is in A.G.1 for a time. Each unit has an event.
"""

from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone

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
    UnitChange,
    UnitDecision,
    within,
)
from members.policy import NOBODY, SYSTEM, Actor, Area, Role
from tests.factories import (
    NOON,
    AccountFactory,
    ActivityPauseFactory,
    DistrictFactory,
    EventFactory,
    GrassrootsFactory,
    JobFactory,
    MemberFactory,
    MembershipFactory,
    PostFactory,
    TransferFactory,
    UnitChangeFactory,
    UnitDecisionFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db

UNITS = {"A", "A.G", "A.G.1", "A.G.2", "B", "B.1"}
BELOW_A = {"A", "A.G", "A.G.1", "A.G.2"}
BELOW_G = {"A.G", "A.G.1", "A.G.2"}
ROLL_OF_A = {"A.G.1", "A.G.2", "guest"}

# Account: what it sees of units (FIGURES), of members and memberships (ROLL).
SEEN = {
    "no post": (set(), set()),
    "member": (set(), {"A.G.1"}),
    "cell secretary": ({"A.G.1"}, {"A.G.1", "guest"}),
    "member who is secretary": ({"A.G.1"}, {"A.G.1", "guest"}),
    "grassroots committee": (BELOW_G, ROLL_OF_A),
    "upper committee": (BELOW_A, set()),
    "clerk": (BELOW_A, ROLL_OF_A),
    "other clerk": ({"B", "B.1"}, {"B.1", "guest"}),
    "clerk whose term is over": (BELOW_A, ROLL_OF_A),
    "clerk of two": (BELOW_A, ROLL_OF_A),
    "former clerk": (set(), set()),
    "clerk elect": (set(), set()),
    "outside post": (set(), set()),
    "disabled clerk": (set(), set()),
    "technical": (set(), set()),
    "technical with a post": (set(), set()),
}


@pytest.fixture
def units():
    a, b = DistrictFactory(code="A"), DistrictFactory(code="B")
    g = GrassrootsFactory(code="A.G", parent=a)
    cells = [
        UnitFactory(code="A.G.1", parent=g),
        UnitFactory(code="A.G.2", parent=g),
        UnitFactory(code="B.1", parent=b),
    ]
    for cell in cells:
        member = MemberFactory(code=cell.code, cell=cell)
        ActivityPauseFactory(member=member)
        TransferFactory(
            member=member,
            source=cell,
            target=cells[2] if cell is cells[1] else cells[1],
        )
    gone = MemberFactory(code="gone")
    MembershipFactory(member=gone, unit=cells[0], until_on="2020-01-01", ending="LEFT")
    guest = MemberFactory(code="guest", cell=cells[2])
    MembershipFactory(member=guest, unit=cells[0], kind=Membership.Kind.TEMPORARY)
    found = {unit.code: unit for unit in (a, b, g, *cells)}
    for code, unit in found.items():
        EventFactory(unit=unit, action=f"at {code}")
    EventFactory(unit=None, subject_id=1, action="of a command")
    _decide(found)
    return found


def _decide(units):
    """A draft of A's and of A.G's office; two by command that name A.G.1, and B.1."""
    for keeper in ("A", "A.G"):
        draft = UnitDecisionFactory(keeper=units[keeper], number=f"draft of {keeper}")
        UnitChangeFactory(decision=draft, unit=units["B.1"], name="X")
    done = {"applied_at": NOON}
    for number, unit, target in (("in A", "B", "A.G.1"), ("in B", "B.1", "B")):
        decision = UnitDecisionFactory(number=number, **done)
        UnitChangeFactory(
            decision=decision,
            act=UnitChange.Act.MERGE,
            unit=units[unit],
            target=units[target],
        )


@pytest.fixture
def accounts(units):
    """One account for each standing, each with a job and an event of its own."""
    made = {name: AccountFactory(login=name) for name in SEEN}
    first = Member.objects.get(code="A.G.1")
    Account.objects.filter(login="member").update(member=first)
    second = MemberFactory(code="secretary", cell=None)
    Account.objects.filter(login="member who is secretary").update(member=second)
    posts = {
        "cell secretary": {"unit": units["A.G.1"], "role": Role.SECRETARY},
        "grassroots committee": {"unit": units["A.G"], "role": Role.SECRETARY},
        "upper committee": {"unit": units["A"], "role": Role.DEPUTY_SECRETARY},
        "clerk": {"unit": units["A"]},
        "other clerk": {"unit": units["B"]},
        "clerk whose term is over": {"unit": units["A"], "planned_until": "2020-01-01"},
        "clerk of two": {"unit": units["A"]},
        "former clerk": {"unit": units["A"], "ended_at": timezone.now()},
        "clerk elect": {"unit": units["A"], "from_on": tomorrow()},
        "outside post": {"unit": units["A"], "role": Role.OUTSIDE},
        "disabled clerk": {"unit": units["A"]},
        "technical with a post": {"unit": units["A"]},
    }
    for name, columns in posts.items():
        PostFactory(account=made[name], **columns)
    PostFactory(account=made["clerk of two"], unit=units["A.G"])
    PostFactory(member=second, unit=units["A.G.1"], role=Role.COMMITTEE_MEMBER)
    Account.objects.filter(login="disabled clerk").update(is_active=False)
    Account.objects.filter(login__startswith="technical").update(is_technical=True)
    for name, account in made.items():
        JobFactory(requested_by=account, kind=name)
        EventFactory(account=account, unit=None, subject_id=1, action=f"by {name}")
    JobFactory(requested_by=None, kind="of a command")
    return {account.login: account for account in Account.objects.all()}


def tomorrow():
    """Later than today also for a test that runs over midnight."""
    return timezone.localdate() + timedelta(days=2)


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


def test_overlapping_posts_make_one_range():
    outer = DistrictFactory()
    account = AccountFactory()
    for unit in (UnitFactory(parent=outer), outer):
        PostFactory(account=account, unit=unit)

    actor = queries.actor_for(account)

    assert actor.subtrees(Area.FIGURES) == (outer.path,)


def test_no_path_matches_nothing():
    UnitFactory()

    assert list(PartyUnit.objects.filter(within([]))) == []


@pytest.mark.parametrize(
    ("columns", "in_force"),
    [
        ({}, True),
        ({"from_on": timezone.localdate()}, True),
        ({"from_on": tomorrow()}, False),
        ({"planned_until": "2020-01-01"}, True),
        ({"role": Role.WORKING_TEAM, "ends_on": timezone.localdate()}, True),
        (
            {
                "role": Role.WORKING_TEAM,
                "ends_on": timezone.localdate() - timedelta(days=1),
            },
            False,
        ),
        ({"ended_at": NOON}, False),
        ({"ended_at": timezone.now() + timedelta(hours=2)}, False),
    ],
    ids=[
        "begun",
        "begins today",
        "begins tomorrow",
        "planned end passed without an act",
        "last day of a working team",
        "day after the last of a working team",
        "ended",
        "ended by a machine whose clock runs ahead",
    ],
)
def test_a_post_is_in_force_from_its_day_to_the_act_that_ends_it(columns, in_force):
    post = PostFactory(**columns)

    assert Post.objects.in_force().filter(pk=post.pk).exists() is in_force


def test_the_actor_holds_the_posts_of_account_and_member_by_one_query(
    django_assert_num_queries,
):
    cell, district = UnitFactory(), DistrictFactory()
    member = MemberFactory()
    account = AccountFactory(member=member)
    secretary = PostFactory(member=member, unit=cell, role=Role.SECRETARY)
    clerk = PostFactory(account=account, unit=district)
    PostFactory(unit=district)
    PostFactory(member=MemberFactory(), unit=district)

    with django_assert_num_queries(1):
        actor = queries.actor_for(account)

    assert actor == Actor(account_id=account.pk, member_id=member.pk, posts=actor.posts)
    assert [(post.post_id, post.role, post.tier, post.unit_id, post.unit_path)
            for post in actor.posts] == [
        (secretary.pk, Role.SECRETARY, "CELL", cell.pk, cell.path),
        (clerk.pk, Role.CLERK, "UPPER", district.pk, district.path),
    ]  # fmt: skip

"""Two districts and an account for each standing, where every row could leak.

    A (superior)               B
    └── A.G (committee)        └── B.1 (cell)
        ├── A.G.1 (cell)
        └── A.G.2 (cell)

On the roll of each cell is one person, called like the cell, exempt, and on the way
to A.G.2 (who is there, to B.1); "gone" was on that of A.G.1, "guest" belongs to B.1
and is in A.G.1 for a time. Each unit has an event.
"""

from datetime import date, timedelta

from django.utils import timezone

from members.models import Account, Member, Membership, PartyUnit, UnitChange
from members.policy import Role
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


def make_units() -> dict[str, PartyUnit]:
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


def _decide(units: dict[str, PartyUnit]) -> None:
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


def make_accounts(units: dict[str, PartyUnit]) -> dict[str, Account]:
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
    Account.objects.filter(login__startswith="technical").update(is_technical=True)
    for name, account in made.items():
        JobFactory(requested_by=account, kind=name)
        EventFactory(account=account, unit=None, subject_id=1, action=f"by {name}")
    JobFactory(requested_by=None, kind="of a command")
    Account.objects.filter(login="disabled clerk").update(is_active=False)
    return {account.login: account for account in Account.objects.all()}


def tomorrow() -> date:
    """Later than today also for a test that runs over midnight."""
    return timezone.localdate() + timedelta(days=2)

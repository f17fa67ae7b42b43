"""Two districts with the same shape, and an account for every standing.

    A                     B
    ├── A.G (committee)   ├── B.G
    │   ├── A.G.1 (cell)  │   ├── B.G.1
    │   ├── A.G.2 (cell)  │   ├── B.G.2
    │   └── A.G.3 (cell)  │   └── B.G.3
    └── A.S (a cell)      └── B.S

There is always a row that could leak: each district has a campaign, a finished
report on every kind of unit, a decision that waits and one that was carried out,
uploads with faults, somebody on the way from one cell to the other, a session and a
passkey of its clerk. The third cell, without people, is closed after the campaign: the
committee above looks after its rows.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.utils import timezone

from members.http import CONFIRMED_AT
from members.models import (
    Account,
    AccountSession,
    Member,
    PartyUnit,
    Post,
    ReasonedReading,
)
from members.policy import Role
from tests.access.districts import NOW, District, make_account, make_district
from tests.factories import CellPapersFactory, PasskeyFactory

# Whom the matrix asks as: name, role, unit's suffix (None: no post).
POSTS = {
    "clerk": (Role.CLERK, ""),
    "upper committee": (Role.SECRETARY, ""),
    "inspection": (Role.INSPECTION_COMMISSION, ""),
    "organisation": (Role.ORGANISATION_DEPARTMENT, ""),
    "propaganda": (Role.PROPAGANDA_DEPARTMENT, ""),
    "grassroots committee": (Role.SECRETARY, ".G"),
    "working team": (Role.WORKING_TEAM, ".G"),
    "cell secretary": (Role.SECRETARY, ".G.1"),
    "working team of a cell": (Role.WORKING_TEAM, ".G.1"),
    "neighbour secretary": (Role.SECRETARY, ".G.2"),
    "outside post": (Role.OUTSIDE, ""),
}


@dataclass
class World:
    """Both districts, and the accounts of A (and the clerk of B) by standing."""

    a: District
    b: District
    accounts: dict[str, Account] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)

    def client_of(self, name: str) -> Client:
        """A browser in which somebody has logged in."""
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[name]
        return client


def build() -> World:
    world = World(make_district("A"), make_district("B"))
    for name, (role, suffix) in POSTS.items():
        world.accounts[name] = _holder(name, role, world.a.units[suffix])
    world.accounts["other clerk"] = _holder(
        "other clerk", Role.CLERK, world.b.units[""]
    )
    former = _holder("former clerk", Role.CLERK, world.a.units[""])
    Post.objects.filter(account=former).update(ended_at=timezone.now())
    elect = _holder("clerk elect", Role.CLERK, world.a.units[""])
    tomorrow = timezone.localdate() + timedelta(days=2)
    Post.objects.filter(account=elect).update(from_on=tomorrow)
    overdue = _holder("overdue clerk", Role.CLERK, world.a.units[""])
    Post.objects.filter(account=overdue).update(planned_until=date(2020, 1, 1))
    # In A the secretary's of the cell; in B one of whom the clerk is the holder.
    world.a.posts[".G.1"] = Post.objects.get(account=world.accounts["cell secretary"])
    world.b.posts[".G.1"] = Post.objects.get(account=world.accounts["other clerk"])
    for district in (world.a, world.b):
        name = f"deputy of {district.code}"
        deputy = _holder(name, Role.DEPUTY_SECRETARY, district.units[".G"])
        district.posts[".G"] = Post.objects.get(account=deputy)
    world.accounts |= {
        "former clerk": former,
        "clerk elect": elect,
        "overdue clerk": overdue,
        "technical": make_account("technical", is_technical=True),
        "member": make_account("member", member=Member.objects.get(code="A.G.1-1")),
    }
    _add_readings(world.a, by=world.accounts["inspection"])
    _add_readings(
        world.b,
        by=_holder("inspector of B", Role.INSPECTION_COMMISSION, world.b.units[""]),
    )
    _add_extract(world.a, by=world.accounts["organisation"])
    _add_extract(
        world.b,
        by=_holder("department of B", Role.ORGANISATION_DEPARTMENT, world.b.units[""]),
    )
    for district, keeper in (
        (world.a, world.accounts["cell secretary"]),
        (world.b, _holder("keeper of B", Role.SECRETARY, world.b.units[".G.1"])),
    ):
        CellPapersFactory(
            campaign=district.campaign,
            unit=district.units[".G.1"],
            requested_by=keeper,
        )
    world.a.session = _session(world.accounts["clerk"])
    world.b.session = _session(world.accounts["other clerk"])
    world.a.passkey = PasskeyFactory(account=world.accounts["clerk"])
    world.b.passkey = PasskeyFactory(account=world.accounts["other clerk"])
    world.sessions = {name: _log_in(each) for name, each in world.accounts.items()}
    return world


def _log_in(account: Account) -> str:
    """Begin a session that is looked at for longer than a password, or a pause, counts."""
    client = Client()
    client.force_login(account)
    session, tomorrow = client.session, timezone.now() + timedelta(days=1)
    session[CONFIRMED_AT] = tomorrow.timestamp()
    session.save()
    AccountSession.objects.create(
        session_id=session.session_key,
        account=account,
        begun_at=timezone.now(),
        seen_at=tomorrow,
    )
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _add_readings(district: District, *, by: Account) -> None:
    """One that is approved, and one that waits: of another of the commission."""
    root = district.units[""]
    role = Role.INSPECTION_COMMISSION
    second = _holder(f"second inspector of {district.code}", role, root)
    for name, account, approver in (("own", by, second), ("waiting", second, None)):
        district.readings[name] = ReasonedReading.objects.create(
            member=Member.objects.get(code=f"{district.code}.G.2-1"),
            account=account,
            post=Post.objects.get(account=account),
            unit=root,
            is_inspection=True,
            reason="Kiểm tra dấu hiệu vi phạm",
            case_number="12-KT",
            asked_at=NOW,
            approved_at=approver and NOW,
            approved_by=approver,
            shown_from=date(2027, 11, 23),
        )


def _add_extract(district: District, *, by: Account) -> None:
    """About whom the committee of the district decides, asked for today."""
    district.readings["extract"] = ReasonedReading.objects.create(
        member=Member.objects.get(code=f"{district.code}.S-1"),
        account=by,
        post=Post.objects.get(account=by),
        unit=district.units[""],
        is_inspection=False,
        reason="Xem xét quy hoạch",
        asked_at=timezone.now(),
        shown_from=timezone.localdate(),
    )


def _session(account: Account) -> AccountSession:
    store = SessionStore()
    store.create()
    return AccountSession.objects.create(
        session_id=store.session_key, account=account, begun_at=NOW, seen_at=NOW
    )


def _holder(name: str, role: Role, unit: PartyUnit) -> Account:
    account = make_account(name)
    Post.objects.create(account=account, unit=unit, role=role, from_on=date(2019, 1, 1))
    return account

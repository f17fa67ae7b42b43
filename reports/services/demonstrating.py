"""The demonstration: one scenario, four accounts, nothing else in the database."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from itertools import compress
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.contents import Contents
from campaigns.models import Campaign, CampaignUnit, Extension, PledgeSetup
from campaigns.steps import Step
from members.models import Account, Member, Membership, PartyUnit
from members.policy import SYSTEM, Role
from members.services import posts, units
from reviews import scenarios
from reviews.scenarios import Office, Scenario
from reviews.services.staging.records import codes_of_expelled

SCENARIO = "yen-lac-2018"
PASSWORD = "tu-soi-tu-sua-2018"  # noqa: S105 -- printed by the command, demo data only

# Who loads the demonstration has at least the one to try a pledge, at most the other.
SHORTEST_TRIAL, LONGEST_TRIAL = timedelta(days=14), timedelta(days=60)


class NotADemonstration(Exception):
    """The database holds something else; the demonstration stays away from it."""


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account of the demonstration, as it is told to who tries it."""

    login: str
    title: str
    office: Office | None = None  # of a clerk
    member: str = ""  # the code of somebody on the roll of a cell
    role: Role | None = None


def scenario() -> Scenario:
    """Return the scenario that the demonstration shows."""
    return scenarios.load(SCENARIO)


def demo_accounts() -> tuple[DemoAccount, ...]:
    """Return two clerks, and the secretary and a member of the district's first cell.

    The other clerk's district sees nothing of this one.
    """
    shown = scenario()
    units, people = _contents().units, _contents().people
    cell = units.kind.index("CELL")
    secretary, member = list(compress(people.code, map(cell.__eq__, people.unit)))[:2]
    return (
        *(
            DemoAccount(login, office.clerk.vi, office=office, role=Role.CLERK)
            for login, office in (
                ("vanthu", shown.root),
                ("vanthu-khac", shown.neighbour),
            )
        ),
        DemoAccount(
            "bithu",
            _("Secretary, %s") % units.name[cell],
            member=secretary,
            role=Role.SECRETARY,
        ),
        DemoAccount("dangvien", _("Member, %s") % units.name[cell], member=member),
    )


@cache
def _contents() -> Contents:
    return scenarios.build(scenario())


def _expelled() -> list[str]:
    shown, contents = scenario(), _contents()
    if shown.records is None:
        return []
    return codes_of_expelled(
        shown.code, shown.records, contents, root=contents.units.code[0]
    )


def refuse_other_data() -> None:
    """Refuse a database that holds anything but this demonstration.

    Raises: NotADemonstration, naming one thing that is not its own.
    """
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
    ours = {
        model._meta.db_table for model in apps.get_models(include_auto_created=True)
    }
    for table in sorted(tables - ours - {"django_migrations"}):
        raise NotADemonstration(_refusal(table))
    shown, contents = scenario(), _contents()
    own: list[tuple[type[models.Model], str, set[str]]] = [
        (Campaign, "code", {SCENARIO}),
        (PartyUnit, "code", {*contents.units.code, shown.neighbour.code}),
        (Account, "login", {account.login for account in demo_accounts()}),
        (Member, "code", {*contents.people.code, *_expelled()}),
    ]
    for model, column, values in own:
        if model._meta.db_table in tables:
            _refuse_others(model, column, values)


def _refuse_others(model: type[models.Model], column: str, own: set[str]) -> None:
    found = model._default_manager.order_by().values_list(column, flat=True)
    for other in sorted(set(found) - own):
        raise NotADemonstration(_refusal(f"{model._meta.verbose_name} {other}"))


def _refusal(what: str) -> str:
    """Say what is there, and how to go on with it or without it."""
    said = [
        _("The database %(name)s holds more than the demonstration (%(what)s)."),
        _(
            "The site with what is there: `make run`, and in a second terminal "
            "`make worker`."
        ),
    ]
    if Path(connection.settings_dict["NAME"]).is_relative_to(settings.VAR):
        said.append(_("To begin afresh, remove the folder %(folder)s first."))
    said.append(_("Another database is chosen by DATABASE_URL or TUSOI_VAR."))
    return " ".join(said) % {
        "name": connection.settings_dict["NAME"],
        "what": what,
        "folder": settings.VAR,
    }


def create_accounts(*, now: datetime) -> None:
    """Create the accounts with their posts; again, it changes nothing."""
    with transaction.atomic():
        for account in demo_accounts():
            if not Account.objects.filter(login=account.login).exists():
                _create_account(account, now=now)


def is_in_use() -> bool:
    """Tell whether somebody has tried something that a new loading would refuse."""
    return Campaign.objects.filter(code=SCENARIO, only_imported=False).exists()


def open_pledges(*, now: datetime) -> None:
    """Let pledges be tried today, though the campaign's days for them are years ago.

    By a longer time, as an office would give it but beyond the year; again within the
    same weeks, it changes nothing. No figure that was published depends on it.
    """
    campaign = Campaign.objects.get(code=SCENARIO)
    today = timezone.localdate(now)
    with transaction.atomic():
        PledgeSetup.objects.get_or_create(
            campaign=campaign, defaults={"needs_criteria": False}
        )
        given = Extension.objects.filter(campaign=campaign, step=Step.PLEDGE)
        if given.filter(until_on__gt=today + SHORTEST_TRIAL).exists():
            return
        Extension.objects.create(
            campaign=campaign,
            unit=CampaignUnit.objects.get(campaign=campaign, parent=None),
            step=Step.PLEDGE,
            until_on=today + LONGEST_TRIAL,
            reason=_("So that pledges can be tried in the demonstration."),
            at=now,
        )


def _create_account(account: DemoAccount, *, now: datetime) -> None:
    on = date(scenario().year, 1, 1)
    member = Member.objects.filter(code_key=account.member).first()
    created = Account.objects.create_user(
        account.login,
        PASSWORD,
        display_name=member.full_name if member else account.title,
        member=member,
    )
    if account.role is None:
        return
    posts.appoint(
        unit=_unit_of(account, on=on),
        role=account.role,
        from_on=on,
        title=account.title,
        account=None if member else created,
        member=member,
        actor=SYSTEM,
        now=now,
        system_reason="demo",
    )


def _unit_of(account: DemoAccount, *, on: date) -> PartyUnit:
    if account.office is None:
        belongs = Membership.objects.current().official().select_related("unit")
        return belongs.get(member__code_key=account.member).unit
    unit = PartyUnit.objects.filter(code_key=account.office.code).first()
    return unit or _create_unit(account.office, on=on)


def _create_unit(office: Office, *, on: date) -> PartyUnit:
    return units.create_unit(
        code=office.code,
        name=office.name,
        kind=office.kind,
        on=on,
    )

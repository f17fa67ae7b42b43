"""The demonstration: one scenario, two clerks, nothing else in the database."""

from dataclasses import dataclass
from datetime import date, datetime

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.utils.translation import gettext as _

from campaigns.models import Campaign
from members.models import Account, Member, PartyUnit
from members.policy import SYSTEM, Role
from members.services import posts, units
from reviews import scenarios
from reviews.scenarios import Office, Scenario

SCENARIO = "yen-lac-2018"
PASSWORD = "tu-soi-tu-sua-2018"  # noqa: S105 -- printed by the command, demo data only


class NotADemonstration(Exception):
    """The database holds something else; the demonstration stays away from it."""


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account of the demonstration, as it is told to who tries it."""

    login: str
    office: Office

    @property
    def title(self) -> str:
        """The post, as the demonstration calls it."""
        return self.office.clerk.vi


def scenario() -> Scenario:
    """Return the scenario that the demonstration shows."""
    return scenarios.load(SCENARIO)


def demo_accounts() -> tuple[DemoAccount, ...]:
    """Return the clerk of the district, and that of another one."""
    shown = scenario()
    return (
        DemoAccount("vanthu", shown.root),
        DemoAccount("vanthu-khac", shown.neighbour),
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
    shown = scenario()
    contents = scenarios.build(shown)
    own: list[tuple[type[models.Model], str, set[str]]] = [
        (Campaign, "code", {SCENARIO}),
        (PartyUnit, "code", {*contents.units.code, shown.neighbour.code}),
        (Account, "login", {account.login for account in demo_accounts()}),
        (Member, "code", set(contents.people.code)),
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
    if connection.vendor == "sqlite":
        said.append(_("To begin afresh, remove the folder %(folder)s first."))
    said.append(_("Another database is chosen by DATABASE_URL or TUSOI_VAR."))
    return " ".join(said) % {
        "name": connection.settings_dict["NAME"],
        "what": what,
        "folder": settings.VAR,
    }


def create_accounts(*, now: datetime) -> None:
    """Create the two clerks with their posts; again, it changes nothing."""
    shown = scenario()
    on = date(shown.year, 1, 1)
    for account in demo_accounts():
        if Account.objects.filter(login=account.login).exists():
            continue
        with transaction.atomic():
            unit = PartyUnit.objects.filter(code_key=account.office.code).first()
            posts.appoint(
                unit=unit or _create_unit(account.office, on=on),
                role=Role.CLERK,
                from_on=on,
                title=account.title,
                account=Account.objects.create_user(
                    account.login, PASSWORD, display_name=account.title
                ),
                actor=SYSTEM,
                now=now,
                system_reason="demo",
            )


def _create_unit(office: Office, *, on: date) -> PartyUnit:
    return units.create_unit(
        code=office.code,
        name=office.name,
        kind=office.kind,
        on=on,
    )

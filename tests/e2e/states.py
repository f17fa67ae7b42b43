"""Every page in every state that somebody can meet, to be looked at."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import chain

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page

from members.models import (
    Account,
    AccountSession,
    ActivityPause,
    Job,
    Member,
    PartyUnit,
    Post,
    Transfer,
)
from members.policy import Role
from members.services import held_forms
from members.services.held_forms import HeldForm
from reports.models import RollupReport
from reviews.models import ResultsImport
from tests.e2e.conftest import Site, add_session
from tests.factories import (
    PASSWORD,
    AccountFactory,
    AccountSessionFactory,
    ActivityPauseFactory,
    AuthenticatorFactory,
    CodeCardFactory,
    JobFactory,
    PasskeyFactory,
    PostFactory,
    ResultsImportFactory,
    RollupReportFactory,
    TransferFactory,
)

NOW = datetime(2024, 12, 31, 5, tzinfo=UTC)
CHANGE = {"before": 3, "after": 2, "gone": 1}
FAULT = {"sheet": "X", "row": 3, "column": "Y", "value": "31/02", "text": "-"}


def report(site: Site, *, language: str = "vi", **columns: object) -> RollupReport:
    # A unit has one report in the making at a time, and the states follow each other.
    RollupReport.objects.filter(finished_at=None, language=language).delete()
    return RollupReportFactory(
        campaign=site.campaign,
        unit=site.campaign.root_unit,
        requested_by=site.clerk,
        language=language,
        **columns,
    )


def job(status: str) -> Job:
    ended = status in {"DONE", "FAILED"}
    return JobFactory(status=status, percent=40, finished_at=NOW if ended else None)


def upload(site: Site, **columns: object) -> ResultsImport:
    return ResultsImportFactory(
        campaign_name=site.campaign.name,
        campaign=site.campaign,
        within=PartyUnit.objects.get(code="H"),
        uploaded_by=site.clerk,
        digest="0" * 64,
        **columns,
    )


def report_page(
    site: Site, status: str, *, language: str = "vi", figures_digest: str = ""
) -> str:
    files = {"finished_at": NOW, "input_digest": "0" * 64, "pdf": "x", "xlsx": "x"}
    finished = files if status == "DONE" else {}
    finished["figures_digest"] = figures_digest
    made = report(site, job=job(status), language=language, **finished)
    return site.address("reports:report_detail", made.pk)


def upload_page(site: Site, state: str, **columns: object) -> str:
    status = "DONE" if state in {"REFUSED", "READY", "DONE"} else "RUNNING"
    received = upload(site, state=state, job=job(status), **columns)
    return site.address("reviews:import_detail", received.pk)


def refused_page(site: Site) -> str:
    told = dict.fromkeys(("vi", "en"), [FAULT, {**FAULT, "value": ""}])
    summary = {"faults": told, "faults_total": 5}
    return upload_page(site, "REFUSED", summary=summary)


def ready_page(site: Site) -> str:
    counts = {"new": 1, "same": 2, "differs": 0}
    told = dict.fromkeys(("vi", "en"), ["-"])
    summary = {
        "units": counts,
        "members": counts,
        "differences": told,
        "differences_total": 1,
        "notes": told,
        "notes_total": 300,
    }
    return upload_page(site, "READY", summary=summary, annotated="x")


def replacing_page(site: Site) -> str:
    counts = ("units", "rated_units", "members", "assessed")
    replacement = dict.fromkeys(counts, CHANGE) | {"levels": {"GOOD": CHANGE}}
    counted = {"new": 0, "same": 2, "differs": 0}
    told = dict.fromkeys(("vi", "en"), [])
    summary = {
        "units": counted,
        "members": counted,
        "replacement": replacement,
        "loses": True,
        "differences": told,
        "differences_total": 0,
        "notes": told,
        "notes_total": 0,
    }
    return upload_page(site, "READY", summary=summary)


def full_list(site: Site) -> str:
    for state in ResultsImport.State:
        upload_page(site, state)
    return site.address("reviews:import_list")


def full_unit(site: Site) -> str:
    for status, language in (("DONE", "vi"), ("RUNNING", "vi"), ("FAILED", "en")):
        report_page(site, status, language=language, figures_digest="0" * 64)
    return site.page_of("H")


def somebody() -> Member:
    return Member.objects.get(code="P000")


def transfer() -> Transfer:
    Transfer.objects.all().delete()
    return TransferFactory(
        member=somebody(),
        source=PartyUnit.objects.get(code="X1"),
        target=PartyUnit.objects.get(code="X2"),
        comment="Gương mẫu.",
    )


def due_roll(site: Site) -> str:
    transfer()
    Member.objects.filter(code="P001").update(official_on="")
    return site.address("members:member_list")


def full_person(site: Site) -> str:
    member = somebody()
    ActivityPause.objects.filter(member=member).delete()
    ActivityPauseFactory(member=member)
    transfer()
    return site.address("members:member_detail", member.pk)


def full_registry_unit(site: Site) -> str:
    unit = PartyUnit.objects.get(code="X1")
    Post.objects.filter(unit=unit).delete()
    PostFactory(
        account=None, member=somebody(), unit=unit, planned_until=date(2020, 1, 1)
    )
    return site.address("members:unit_detail", unit.pk)


def act_page(site: Site, name: str) -> str:
    return site.address(f"{name}", somebody().pk)


def waiting_transfers(site: Site) -> str:
    transfer()
    return site.address("members:transfer_list")


def other_sessions(site: Site) -> str:
    for browser in ("Chrome, Android", ""):
        AccountSessionFactory(
            account=site.clerk,
            browser=browser,
            begun_at=timezone.now(),
            seen_at=timezone.now(),
        )
    return site.address("members:session_list")


def every_factor(site: Site) -> str:
    """All ways in use, the card nearly used up, a new one on its way."""
    CodeCardFactory(account=site.clerk)
    CodeCardFactory(account=site.clerk, taken_at=None, printed_at=timezone.now())
    AuthenticatorFactory(account=site.clerk)
    PasskeyFactory(account=site.clerk)
    return site.address("members:second_factor_list")


def between_the_steps(site: Site, *, ways: int) -> Client:
    """Somebody who has shown the password."""
    account = AccountFactory()
    for make in (CodeCardFactory, AuthenticatorFactory, PasskeyFactory)[:ways]:
        make(account=account)
    client = Client()
    client.post(
        reverse("members:login"), {"username": account.login, "password": PASSWORD}
    )
    return client


def locked(site: Site) -> Client:
    """The clerk, whose session has locked."""
    client = Client()
    client.force_login(site.clerk)
    client.get(reverse("home"))
    AccountSession.objects.filter(session=client.session.session_key).update(
        seen_at=timezone.now() - timedelta(hours=1)
    )
    return client


def kept(site: Site) -> Client:
    """The clerk, whose form came too late."""
    client = Client()
    client.force_login(site.clerk)
    session = client.session
    form = HeldForm(site.clerk.pk, "/members/add/", "/members/", (("full_name", "A"),))
    held_forms.hold(session, form)
    session.save()
    return client


def slips_for_everybody(site: Site) -> str:
    member = somebody()
    Account.objects.filter(member=member).delete()
    AccountFactory(member=member)
    PostFactory(
        member=Member.objects.get(code="P001"), unit=PartyUnit.objects.get(code="K")
    )
    PostFactory(unit=PartyUnit.objects.get(code="X1"))
    return site.address("members:slip_list") + "?show=all"


Address = Callable[[Site], str]
ACCOUNTS: dict[str, Address] = {
    "log-in": lambda site: site.address("members:login"),
    "first log-in": lambda site: site.address("members:start"),
    "new password": lambda site: site.address("members:password_change"),
    "sessions": other_sessions,
    "ways of the second step": lambda site: site.address("members:second_factor_list"),
    "every way of the second step": every_factor,
    "card": lambda site: site.address("members:card_print"),
    "code app": lambda site: site.address("members:authenticator_add"),
    "code app to be removed": lambda site: site.address("members:authenticator_remove"),
    "passkey": lambda site: site.address("members:passkey_add"),
    "second step": lambda site: site.address("members:second_step"),
    "second step in every way": lambda site: site.address("members:second_step"),
    "locked": lambda site: site.address("members:unlock"),
    "form that came too late": lambda site: site.address("members:form_send"),
    "slips": lambda site: site.address("members:slip_list"),
    "slips for everybody": slips_for_everybody,
}
FIGURES: dict[str, Address] = {
    "home": lambda site: site.address("home"),
    "unit": lambda site: site.page_of("H"),
    "unit with reports": full_unit,
    "unit without children": lambda site: site.page_of("X1"),
    "report waiting": lambda site: report_page(site, "QUEUED"),
    "report running": lambda site: report_page(site, "RUNNING"),
    "report done": lambda site: report_page(site, "DONE"),
    "report superseded": lambda site: report_page(
        site, "DONE", figures_digest="0" * 64
    ),
    "report failed": lambda site: report_page(site, "FAILED"),
    "unit as a whole": lambda site: site.page_of("H"),
}
REGISTRY: dict[str, Address] = {
    "roll": lambda site: site.address("members:member_list"),
    "roll without a hit": lambda site: site.address("members:member_list") + "?q=zz",
    "roll with what is due": due_roll,
    "person": full_person,
    "person to be corrected": lambda site: act_page(site, "member_edit"),
    "person to be entered": lambda site: site.address("member_add"),
    "person to be sent": lambda site: act_page(site, "member_send") + "?q=don+vi",
    "person to be taken off": lambda site: act_page(site, "member_end"),
    "units": lambda site: site.address("members:unit_list"),
    "unit of the registry": full_registry_unit,
    "unit of the registry before it was": lambda site: (
        full_registry_unit(site) + "?on=1990-01-01"
    ),
    "person to be chosen": lambda site: site.address(
        "members:post_add", PartyUnit.objects.get(code="X1").pk
    ),
    "post to be given": lambda site: (
        site.address("members:post_add", PartyUnit.objects.get(code="X1").pk)
        + f"?to={somebody().pk}"
    ),
    "transfers": waiting_transfers,
    "transfer": lambda site: site.address("members:transfer_detail", transfer().pk),
}
IMPORTS: dict[str, Address] = {
    "imports": lambda site: site.address("reviews:import_list"),
    "imports before": full_list,
    "import being read": lambda site: upload_page(site, "READING"),
    "import with faults": refused_page,
    "import unreadable": lambda site: upload_page(
        site, "REFUSED", refusal="-", summary={"unreadable": True}
    ),
    "import with nothing new": lambda site: upload_page(
        site, "READY", summary={"act": "UNCHANGED"}
    ),
    "import ready": ready_page,
    "import that replaces": replacing_page,
    "import being written": lambda site: upload_page(site, "WRITING"),
    "import done": lambda site: upload_page(site, "DONE"),
}
REFUSALS: dict[str, Address] = {
    "missing": lambda site: site.url + "/khong-co/",
    "only for a button": lambda site: site.address("members:logout"),
}
SUBJECTS = {
    "accounts": ACCOUNTS,
    "figures": FIGURES,
    "registry": REGISTRY,
    "imports": IMPORTS,
    "refusals": REFUSALS,
}
STATES = dict(chain.from_iterable(states.items() for states in SUBJECTS.values()))


def nobody(site: Site) -> None:
    """The visitor who has not logged in."""


def working_team(site: Site) -> Account:
    """Somebody who sees a unit as a whole, without those below it."""
    unit = site.campaign.root_unit
    return PostFactory(unit=unit, role=Role.WORKING_TEAM).account


# Who looks; everything else is seen by the clerk of the district.
LOOKING: dict[str, Callable[[Site], Account | None]] = {
    "log-in": nobody,
    "first log-in": nobody,
    "unit as a whole": working_team,
}


# Who comes with a session that is neither logged in nor a visitor's.
ARRIVING: dict[str, Callable[[Site], Client]] = {
    "second step": partial(between_the_steps, ways=1),
    "second step in every way": partial(between_the_steps, ways=3),
    "locked": locked,
    "form that came too late": kept,
}


def client_at(state: str, site: Site) -> Client:
    """Return a client at whose other end sits whoever looks at a state."""
    if state in ARRIVING:
        return ARRIVING[state](site)
    client = Client()
    account = LOOKING[state](site) if state in LOOKING else site.clerk
    if account is not None:
        client.force_login(account)
    return client


def show(state: str, site: Site, context: BrowserContext, page: Page) -> None:
    """Open a page in one of its states, as whoever looks at it."""
    page.goto("about:blank")  # or the page before goes on asking for what is gone
    context.clear_cookies()
    client = client_at(state, site)
    if client.cookies:
        add_session(context, client)
    page.goto(STATES[state](site))

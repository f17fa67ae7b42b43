"""Every page in every state that somebody can meet, to be looked at."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import chain

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page

from campaigns.models import Campaign, Placement
from members.models import (
    Account,
    AccountSession,
    ActivityPause,
    CorrectionRequest,
    DocumentNumber,
    Job,
    Member,
    Membership,
    OpeningFigure,
    PartyUnit,
    Post,
    ReasonedReading,
    RollImport,
    Transfer,
    UnitTerm,
)
from members.policy import Role
from members.services import held_forms
from members.services.held_forms import HeldForm
from reports.models import RollupReport
from reviews.models import ResultsImport
from tests.e2e.conftest import Site, add_session
from tests.e2e.decision_states import DECISIONS
from tests.factories import (
    PASSWORD,
    AccountFactory,
    AccountSessionFactory,
    ActivityPauseFactory,
    AuthenticatorFactory,
    CodeCardFactory,
    CorrectionRequestFactory,
    DocumentNumberFactory,
    JobFactory,
    OpeningFigureFactory,
    PasskeyFactory,
    PostFactory,
    ReasonedReadingFactory,
    ResultsImportFactory,
    RollImportFactory,
    RollupReportFactory,
    TransferFactory,
    UnitTermFactory,
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
        "levels": {"units": {"GOOD": 2}, "members": {"GOOD": 3}},
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


def roll_page(site: Site, state: str, **columns: object) -> str:
    status = "DONE" if state in {"REFUSED", "READY", "DONE"} else "RUNNING"
    received = RollImportFactory(
        within=PartyUnit.objects.get(code="H"),
        uploaded_by=site.clerk,
        digest="0" * 64,
        state=state,
        job=job(status),
        **columns,
    )
    return site.address("roll_import_detail", received.pk)


def roll_told(act: str = "CHANGED") -> dict[str, object]:
    """What the page of a roll shows that has one of everything."""
    person = {"row": 2, "code": "P000", "name": "Nguyễn Văn An", "birth": "1960"}
    counts = dict.fromkeys(("new", "changed", "unchanged", "refused", "missing"), 300)
    lines = dict.fromkeys(("vi", "en"), ["-"])
    return {
        "act": act,
        "counts": counts,
        "new": [{**person, "cell": "Đơn vị X1"}],
        "changed": [{**person, "changes": [["born_on", "", "1960"]]}],
        "likenesses": [{**person, "others": [{**person, "cell": "Đơn vị X1"}]}],
        "likenesses_total": 1,
        "notes": lines,
        "notes_total": 1,
        "faults": dict.fromkeys(("vi", "en"), [FAULT]),
        "faults_total": 1,
    }


def full_roll_list(site: Site) -> str:
    for state in RollImport.State:
        roll_page(site, state)
    return site.address("roll_import_list")


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


def correction(**columns: object) -> CorrectionRequest:
    CorrectionRequest.objects.all().delete()
    return CorrectionRequestFactory(member=somebody(), **columns)


def correction_page(site: Site, name: str = "detail", **columns: object) -> str:
    return site.address(f"members:correction_{name}", correction(**columns).pk)


def waiting_corrections(site: Site) -> str:
    correction()
    return site.address("members:correction_list")


def own_record(site: Site) -> str:
    full_person(site)
    correction()
    CorrectionRequestFactory(
        member=somebody(),
        subject=CorrectionRequest.Subject.OTHER,
        state=CorrectionRequest.State.REFUSED,
        answer="Không có giấy tờ kèm theo.",
        answered_at=NOW,
    )
    ReasonedReading.objects.all().delete()
    ReasonedReadingFactory(member=somebody())
    return site.address("members:own_record")


def due_roll(site: Site) -> str:
    transfer()
    correction()
    Member.objects.filter(code="P001").update(official_on="")
    return site.address("members:member_list")


def full_person(site: Site) -> str:
    member = somebody()
    correction()
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


def term(unit: PartyUnit) -> UnitTerm:
    DocumentNumber.objects.all().delete()
    UnitTerm.objects.all().delete()
    before = UnitTermFactory(
        unit=unit, ordinal=24, name="nhiệm kỳ 2015–2020", from_on=date(2015, 6, 1)
    )
    UnitTerm.objects.filter(pk=before.pk).update(until_on=date(2020, 8, 5))
    return UnitTermFactory(unit=unit)


def unit_with_terms_and_figures(site: Site) -> str:
    unit = PartyUnit.objects.get(code="H")
    term(unit)
    opening_figures()
    return site.address("members:unit_detail", unit.pk)


def register(site: Site) -> str:
    unit = PartyUnit.objects.get(code="H")
    DocumentNumberFactory(term=term(unit))
    return site.address("members:number_list", unit.pk)


def register_without_a_term(site: Site) -> str:
    term(PartyUnit.objects.get(code="H"))
    return site.address("members:number_list", PartyUnit.objects.get(code="X1").pk)


def opening_figures() -> OpeningFigure:
    OpeningFigure.objects.filter(replaces__isnull=False).delete()
    OpeningFigure.objects.all().delete()
    unit = PartyUnit.objects.get(code="H")
    figure = OpeningFigureFactory(unit=unit)
    OpeningFigureFactory(unit=PartyUnit.objects.get(code="X1"), kind="DISCIPLINED")
    return OpeningFigureFactory(unit=unit, value=151, replaces=figure)


def opening_page(site: Site) -> str:
    return site.address("members:opening_list", opening_figures().unit_id)


def figures_with_opening_ones(site: Site) -> str:
    opening_figures()
    return site.page_of("H")


def of_district(site: Site, name: str) -> str:
    return site.address(f"members:{name}", PartyUnit.objects.get(code="H").pk)


def act_page(site: Site, name: str) -> str:
    return site.address(f"{name}", somebody().pk)


def late_changes(site: Site) -> str:
    """Somebody has moved since; the campaign is no mere copy of a file any more."""
    Campaign.objects.filter(pk=site.campaign.pk).update(imported_digest="")
    moved = who_moved()
    Membership.objects.filter(member=moved).update(
        unit=PartyUnit.objects.get(code="X1")
    )
    return site.address("late_change_list")


def who_moved() -> Member:
    """Whom the campaign has in X2."""
    placed = Placement.objects.filter(unit__code="X2").order_by("pk")
    return Member.objects.get(pk=placed.first().participant.member_id)


def late_change(site: Site) -> str:
    late_changes(site)
    return site.address("late_change", site.campaign.pk, who_moved().pk)


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


def inspector(site: Site) -> Account:
    """One of two of the inspection commission of the district."""
    return _of_the_commission("kiem-tra-1")


def _of_the_commission(login: str) -> Account:
    unit = PartyUnit.objects.get(code="H")
    known = Account.objects.filter(login=login).first()
    account = known or AccountFactory(login=login)
    if not Post.objects.filter(account=account).exists():
        PostFactory(account=account, unit=unit, role=Role.INSPECTION_COMMISSION)
    return account


def reading(*, by: str = "kiem-tra-1", **columns: object) -> ReasonedReading:
    ReasonedReading.objects.all().delete()
    account = _of_the_commission(by)
    return ReasonedReadingFactory(
        member=somebody(),
        post=Post.objects.get(account=account),
        account=account,
        unit=PartyUnit.objects.get(code="H"),
        is_inspection=True,
        case_number="12-KT",
        asked_at=timezone.now(),
        opened_at=None,
        shown_from=date(2099, 1, 1),
        **columns,
    )


def waiting_reading(site: Site) -> str:
    reading(by="kiem-tra-2")
    return site.address("reports:reading_list")


def approved_reading(site: Site) -> str:
    made = reading(approved_at=NOW, approved_by=_of_the_commission("kiem-tra-2"))
    return site.address("reports:reading_detail", made.pk)


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
    "unit with opening figures": figures_with_opening_ones,
    "readings": lambda site: site.address("reports:reading_list"),
    "readings that wait": waiting_reading,
    "reading to be asked for": lambda site: site.address("reports:reading_add"),
    "reading": approved_reading,
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
    "post with what is in charge": lambda site: site.address(
        "members:post_charge",
        PostFactory(
            unit=PartyUnit.objects.get(code="H"), role=Role.COMMITTEE_MEMBER
        ).pk,
    ),
    "post to be given": lambda site: (
        site.address("members:post_add", PartyUnit.objects.get(code="X1").pk)
        + f"?to={somebody().pk}"
    ),
    "own record": own_record,
    "correction to be asked for": lambda site: site.address("members:correction_add"),
    "corrections": waiting_corrections,
    "no corrections": lambda site: (
        CorrectionRequest.objects.all().delete()
        and site.address("members:correction_list")
    ),
    "correction": correction_page,
    "correction of no column": lambda site: correction_page(site, subject="OTHER"),
    "correction to be refused": lambda site: correction_page(site, "refuse"),
    "correction to be made": lambda site: (
        act_page(site, "member_edit") + f"?request={correction().pk}"
    ),
    "unit with terms and figures": unit_with_terms_and_figures,
    "term to be recorded": lambda site: of_district(site, "term_add"),
    "term to be corrected": lambda site: site.address(
        "members:term_edit", term(PartyUnit.objects.get(code="H")).pk
    ),
    "document numbers": register,
    "document numbers without a term": register_without_a_term,
    "document to be numbered": lambda site: of_district(site, "number_add"),
    "opening figures": opening_page,
    "opening figure to be entered": lambda site: of_district(site, "opening_add"),
    "opening figure to be corrected": lambda site: site.address(
        "members:opening_correct", opening_figures().pk
    ),
    "own results": lambda site: site.address("own_results"),
    "transfers": waiting_transfers,
    "changes after the roll was fixed": late_changes,
    "change after the roll was fixed": late_change,
    "transfer": lambda site: site.address("members:transfer_detail", transfer().pk),
}
IMPORTS: dict[str, Address] = {
    "rolls sent": full_roll_list,
    "roll being read": lambda site: roll_page(site, "READING"),
    "roll ready": lambda site: roll_page(
        site, "READY", summary=roll_told(), annotated="x"
    ),
    "roll changed meanwhile": lambda site: roll_page(
        site, "READY", summary=roll_told(), annotated="x", refusal="-"
    ),
    "roll with nothing new": lambda site: roll_page(
        site, "READY", summary={**roll_told("UNCHANGED"), "new": [], "changed": []}
    ),
    "roll without a good row": lambda site: roll_page(
        site, "REFUSED", summary=roll_told("UNCHANGED"), annotated="x"
    ),
    "roll with wrong heads": lambda site: roll_page(
        site,
        "REFUSED",
        summary={"faults": roll_told()["faults"], "faults_total": 1},
        annotated="x",
    ),
    "roll being written": lambda site: roll_page(site, "WRITING"),
    "roll written": lambda site: roll_page(
        site, "DONE", summary=roll_told(), annotated="x"
    ),
    "roll to be taken out": lambda site: site.address("members:roll_export"),
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
    "decisions": DECISIONS,
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


def the_person(site: Site) -> Account:
    """Somebody who is on the roll and has no post."""
    accounts = Account.objects.filter(member=somebody())
    return accounts.first() or AccountFactory(member=somebody())


# Who looks; everything else is seen by the clerk of the district.
LOOKING: dict[str, Callable[[Site], Account | None]] = {
    "log-in": nobody,
    "first log-in": nobody,
    "unit as a whole": working_team,
    "readings that wait": inspector,
    "reading to be asked for": inspector,
    "reading": inspector,
    "own record": the_person,
    "own results": the_person,
    "correction to be asked for": the_person,
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

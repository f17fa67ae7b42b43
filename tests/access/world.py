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
from datetime import UTC, date, datetime, timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.core.files.base import ContentFile
from django.utils import timezone

from campaigns.contents import NO_PARENT, Contents, PeopleTable, UnitTable
from campaigns.models import Campaign
from members.models import (
    Account,
    AccountSession,
    CorrectionRequest,
    Job,
    Member,
    Membership,
    OpeningFigure,
    PartyUnit,
    Passkey,
    Post,
    ReasonedReading,
    RollImport,
    Transfer,
    UnitDecision,
    UnitTerm,
)
from members.policy import SYSTEM, Role
from reports.models import RollupReport
from reviews.models import ResultsImport
from reviews.services.importing import Order, import_results
from tests.campaigns.decisions import carry_out, decide
from tests.factories import PasskeyFactory

NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
PASSWORD = "mot-mat-khau-du-dai"

UNITS = (
    # suffix, above, kind, sector
    ("", None, "SUPERIOR", ""),
    (".G", "", "GRASSROOTS_COMMITTEE", "COMMUNE"),
    (".G.1", ".G", "CELL", ""),
    (".G.2", ".G", "CELL", ""),
    (".G.3", ".G", "CELL", ""),
    (".S", "", "GRASSROOTS_CELL", "STATE_AGENCY"),
)

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
class District:
    """One district with all that an address can name."""

    code: str
    campaign: Campaign
    units: dict[str, PartyUnit]
    reports: dict[str, RollupReport]
    people: dict[str, Member]
    posts: dict[str, Post] = field(default_factory=dict, kw_only=True)
    readings: dict[str, ReasonedReading] = field(default_factory=dict, kw_only=True)
    decisions: dict[str, UnitDecision]  # a draft, and one carried out: "draft", "done"
    transfer: Transfer  # from A.G.1 to A.G.2
    correction: CorrectionRequest  # of somebody in A.G.1
    term: UnitTerm  # of the district
    figure: OpeningFigure  # the same
    upload: ResultsImport
    roll: RollImport
    session: AccountSession | None = None  # of its clerk
    passkey: Passkey | None = None  # of its clerk


@dataclass
class World:
    """Both districts, and the accounts of A (and the clerk of B) by standing."""

    a: District
    b: District
    accounts: dict[str, Account] = field(default_factory=dict)


def build() -> World:
    world = World(_district("A"), _district("B"))
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
        "technical": _account("technical", is_technical=True),
        "member": _account("member", member=Member.objects.get(code="A.G.1-1")),
    }
    _add_readings(world.a, by=world.accounts["inspection"])
    _add_readings(
        world.b,
        by=_holder("inspector of B", Role.INSPECTION_COMMISSION, world.b.units[""]),
    )
    world.a.session = _session(world.accounts["clerk"])
    world.b.session = _session(world.accounts["other clerk"])
    world.a.passkey = PasskeyFactory(account=world.accounts["clerk"])
    world.b.passkey = PasskeyFactory(account=world.accounts["other clerk"])
    return world


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


def _session(account: Account) -> AccountSession:
    store = SessionStore()
    store.create()
    return AccountSession.objects.create(
        session_id=store.session_key, account=account, begun_at=NOW, seen_at=NOW
    )


def _account(name: str, **columns: object) -> Account:
    login = name.replace(" ", "-")
    return Account.objects.create_user(login, PASSWORD, display_name=name, **columns)


def _holder(name: str, role: Role, unit: PartyUnit) -> Account:
    account = _account(name)
    Post.objects.create(account=account, unit=unit, role=role, from_on=date(2019, 1, 1))
    return account


def _district(code: str) -> District:
    outcome = import_results(
        _contents(code),
        Order(
            campaign_code=f"{code}-2022",
            rule_set_code="qd132-2018",
            year=2022,
            actor=SYSTEM,
            now=NOW,
            file_sha256="",
            system_reason="test",
        ),
    )
    closing = carry_out(code, ("CLOSE", f"{code}.G.3", None, {}))
    draft = decide(f"{code} draft", ("RENAME", f"{code}.G.1", None, {"name": "X"}))
    UnitDecision.objects.filter(pk=draft.pk).update(
        keeper=PartyUnit.objects.get(code=code)
    )
    units = {
        suffix: PartyUnit.objects.get(code=f"{code}{suffix}") for suffix, *_ in UNITS
    }
    # Whom the campaign counts elsewhere than the roll does now.
    late = Member.objects.get(code=f"{code}.G.2-3")
    Membership.objects.filter(member=late).update(unit=units[".S"])
    Campaign.objects.filter(pk=outcome.campaign.pk).update(imported_digest="")
    return District(
        code=code,
        campaign=outcome.campaign,
        units=units,
        reports={
            suffix: _report(outcome.campaign, unit) for suffix, unit in units.items()
        },
        people={
            suffix: Member.objects.get(code=f"{code}{suffix}-1")
            for suffix in (".G.1", ".G.2", ".S")
        }
        | {".late": late},
        transfer=Transfer.objects.create(
            member=Member.objects.get(code=f"{code}.G.1-1"),
            kind=Transfer.Kind.FORMAL,
            source=units[".G.1"],
            target=units[".G.2"],
            document="Giấy giới thiệu số 5",
            leaves_on=date(2026, 11, 1),
            due_on=date(2027, 2, 1),
            sent_at=NOW,
        ),
        correction=CorrectionRequest.objects.create(
            member=Member.objects.get(code=f"{code}.G.1-1"),
            subject=CorrectionRequest.Subject.BORN_ON,
            wanted="05/1970",
            reason="Giấy khai sinh",
            asked_at=NOW,
            due_on=date(2026, 11, 25),
        ),
        term=UnitTerm.objects.create(
            unit=units[""],
            ordinal=25,
            name="nhiệm kỳ 2020–2025",
            from_on=date(2020, 8, 5),
            document="NQ 1",
        ),
        figure=OpeningFigure.objects.create(
            unit=units[""],
            kind="ADMITTED",
            from_on=date(2019, 1, 1),
            until_on=date(2020, 1, 1),
            value=152,
            source="BC 25",
            recorded_at=NOW,
        ),
        upload=_upload(code, units[""]),
        roll=_roll(code, units[""]),
        decisions={"draft": draft, "done": closing},
    )


def _contents(code: str) -> Contents:
    units, people = UnitTable(), PeopleTable()
    suffixes = [suffix for suffix, *_ in UNITS]
    for at, (suffix, above, kind, sector) in enumerate(UNITS):
        units.code.append(f"{code}{suffix}")
        units.name.append(f"Đơn vị {code}{suffix}")
        units.parent.append(NO_PARENT if above is None else suffixes.index(above))
        units.kind.append(kind)
        units.sector.append(sector)
        units.level.append("" if above is None else "GOOD")
        units.row.append(at + 2)
        if kind in {"CELL", "GRASSROOTS_CELL"} and suffix != ".G.3":
            for number in range(1, 4):
                _add_person(people, f"{code}{suffix}-{number}", unit=at)
    return Contents(units, people)


def _add_person(people: PeopleTable, code: str, *, unit: int) -> None:
    people.code.append(code)
    people.full_name.append(f"Nguyễn Văn {code}")
    people.born_on.append("1970")
    people.gender.append("M")
    people.unit.append(unit)
    people.admitted_on.append("2000-02-03")
    people.official_on.append("2001-02-03")
    people.status.append("ASSESSED")
    people.level.append("GOOD")
    people.reason.append("")
    people.row.append(2)


def _report(campaign: Campaign, unit: PartyUnit) -> RollupReport:
    report = RollupReport(
        campaign=campaign,
        unit=unit,
        requested_at=NOW,
        finished_at=NOW,
        input_digest=f"{unit.code:0>64}",
    )
    report.pdf.save(f"test/{unit.code}.pdf", ContentFile(b"%PDF-1.7"), save=False)
    report.xlsx.save(f"test/{unit.code}.xlsx", ContentFile(b"PK"), save=False)
    report.save()
    return report


def _upload(code: str, within: PartyUnit) -> ResultsImport:
    clerk = _account(f"uploader {code}", is_active=False)
    job = Job.objects.create(
        kind="results_preview",
        subject_id=0,
        status=Job.Status.DONE,
        finished_at=NOW,
    )
    upload = ResultsImport(
        campaign_code=f"{code}-2022",
        campaign_name=f"Đợt {code}",
        year=2022,
        rule_set_code="qd132-2018",
        within=within,
        uploaded_by=clerk,
        uploaded_at=NOW,
        file_name="ket-qua.xlsx",
        state=ResultsImport.State.REFUSED,
        summary={"faults": {"vi": [], "en": []}, "faults_total": 1},
        job=job,
    )
    upload.file.save(f"test/{code}-upload.xlsx", ContentFile(b"PK"), save=False)
    upload.annotated.save(f"test/{code}-loi.xlsx", ContentFile(b"PK"), save=False)
    upload.save()
    return upload


def _roll(code: str, within: PartyUnit) -> RollImport:
    """A roll with refused rows, sent by the one who sent the results."""
    upload = RollImport(
        within=within,
        uploaded_by=Account.objects.get(login=f"uploader-{code}"),
        uploaded_at=NOW,
        file_name="danh-sach.xlsx",
        state=RollImport.State.REFUSED,
        summary={"faults": {"vi": [], "en": []}, "faults_total": 1},
        job=Job.objects.create(
            kind="roll_preview",
            subject_id=0,
            status=Job.Status.DONE,
            finished_at=NOW,
        ),
    )
    upload.file.save(f"test/{code}-roll.xlsx", ContentFile(b"PK"), save=False)
    upload.annotated.save(f"test/{code}-dong.xlsx", ContentFile(b"PK"), save=False)
    upload.save()
    return upload

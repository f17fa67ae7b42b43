"""One district with a row of everything that an address can name."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db.models import Model

from campaigns.contents import NO_PARENT, Contents, PeopleTable, UnitTable
from campaigns.models import Campaign, Meeting, MeetingGuest, MeetingTask
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
from members.policy import SYSTEM
from reports.models import RollupReport
from reviews.models import ResultsImport
from reviews.services.importing import Order, import_results
from tests.access.world_collective_reports import add_collective_reports
from tests.access.world_consequences import add_levels_of_organisations
from tests.access.world_meetings import meetings_of
from tests.access.world_opinions import add_opinions
from tests.access.world_plans import add_plan
from tests.access.world_pledges import add_pledges
from tests.access.world_records import records_of
from tests.access.world_remediation import add_remediation
from tests.access.world_self_reviews import add_self_reviews
from tests.access.world_submissions import add_submissions
from tests.access.world_work import work_of
from tests.campaigns.decisions import carry_out, decide

NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
PASSWORD = "mot-mat-khau-du-dai"
LETTERS = str.maketrans("123-", "xyz.")  # a name holds no digit

UNITS = (
    # suffix, above, kind, sector
    ("", None, "SUPERIOR", ""),
    (".G", "", "GRASSROOTS_COMMITTEE", "COMMUNE"),
    (".G.1", ".G", "CELL", ""),
    (".G.2", ".G", "CELL", ""),
    (".G.3", ".G", "CELL", ""),
    (".S", "", "GRASSROOTS_CELL", "STATE_AGENCY"),
)


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
    beside: Membership  # of somebody of A.G.1, temporary at A.G.2
    transfer: Transfer  # from A.G.1 to A.G.2
    correction: CorrectionRequest  # of somebody in A.G.1
    term: UnitTerm  # of the district
    figure: OpeningFigure  # the same
    upload: ResultsImport
    roll: RollImport
    account: Account  # of somebody of A.G.1
    records: dict[str, Model]
    meetings: dict[str, Meeting]  # of A.G.1, by what they are
    # for: "held", "signed", "criticism", "counted", "locked"
    guest: MeetingGuest  # at the meeting "held"
    meeting_task: MeetingTask  # of the same
    work: dict[str, Any]  # what its top unit keeps of its work, by kind
    session: AccountSession | None = None  # of its clerk
    passkey: Passkey | None = None  # of its clerk


def make_account(name: str, **columns: object) -> Account:
    login = name.replace(" ", "-")
    return Account.objects.create_user(login, PASSWORD, display_name=name, **columns)


def make_district(code: str) -> District:
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
    add_plan(outcome.campaign, units[".G.1"])
    add_pledges(code, outcome.campaign)
    add_self_reviews(code, outcome.campaign)
    add_remediation(code)
    add_collective_reports(code, outcome.campaign)
    add_levels_of_organisations(code, outcome.campaign)
    add_opinions(code, outcome.campaign)
    add_submissions(code, outcome.campaign)
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
        beside=Membership.objects.create(
            member=Member.objects.get(code=f"{code}.G.1-2"),
            unit=units[".G.2"],
            kind=Membership.Kind.TEMPORARY,
            from_on=date(2026, 1, 1),
        ),
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
        account=make_account(
            f"owner {code}", member=Member.objects.get(code=f"{code}.G.1-3")
        ),
        work=work_of(code),
        **meetings_of(code, outcome.campaign, units[".G.1"], units[""]),
        records=records_of(
            units[""], units[".G.1"], Member.objects.get(code=f"{code}.G.1-1")
        ),
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
    people.full_name.append(f"Nguyễn Văn {code.translate(LETTERS)}")
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
    clerk = make_account(f"uploader {code}", is_active=False)
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

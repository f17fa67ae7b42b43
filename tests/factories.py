"""One factory for each model: the plainest row that the database takes.

Units get the next path below their parent and the state that goes with it, members
the words that their name is found by: rows as the services would leave them.
"""

from datetime import UTC, date, datetime, timedelta

import factory
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.crypto import get_random_string
from factory.django import DjangoModelFactory, Password
from fido2.cose import ES256
from fido2.webauthn import Aaguid, AttestedCredentialData

from campaigns.models import (
    Campaign,
    CampaignBody,
    CampaignUnit,
    Participant,
    Placement,
    Tally,
)
from members import events, names
from members.models import (
    Account,
    AccountSession,
    ActivityPause,
    Authenticator,
    CodeCard,
    CorrectionRequest,
    DocumentNumber,
    Event,
    Job,
    Letterhead,
    Member,
    Membership,
    NameWord,
    OpeningFigure,
    PartyUnit,
    Passkey,
    Post,
    ReasonedReading,
    RollImport,
    Slip,
    Transfer,
    UnitChange,
    UnitDecision,
    UnitState,
    UnitSuccession,
    UnitTerm,
)
from members.paths import SEGMENT, child_path
from members.policy import Role
from members.services.units import next_path
from reports.models import RollupReport
from reviews.models import ResultsImport

PASSWORD = "mật khẩu dài để thử"
OPENED = date(2010, 1, 1)
NO_KEY = ES256({1: 2, 3: -7, -1: 1, -2: b"", -3: b""})
NOON = datetime(2024, 12, 1, 5, tzinfo=UTC)  # noon in Vietnam


class Factory(DjangoModelFactory):
    """Rows are saved once: what is built after a row never changes the row."""

    class Meta:
        abstract = True
        skip_postgeneration_save = True


class UnitFactory(Factory):
    """An open cell, a root where no parent is given."""

    class Meta:
        model = PartyUnit

    code = factory.Sequence(lambda n: f"U{n:05}")
    name = factory.LazyAttribute(lambda unit: f"Chi bộ {unit.code}")
    kind = "CELL"
    parent = None
    path = factory.LazyAttribute(lambda unit: _path_below(unit.parent))
    opened_on = OPENED

    @factory.post_generation
    def state(self, create, extracted, **columns):
        UnitStateFactory(
            unit=self,
            name=self.name,
            kind=self.kind,
            sector=self.sector,
            parent=self.parent,
            from_on=self.opened_on,
            until_on=self.closed_on,
        )


def _path_below(parent) -> str:
    with transaction.atomic():
        return next_path(parent)


class GrassrootsFactory(UnitFactory):
    name = factory.LazyAttribute(lambda unit: f"Đảng bộ {unit.code}")
    kind = "GRASSROOTS_COMMITTEE"
    sector = "COMMUNE"


class DistrictFactory(UnitFactory):
    name = factory.LazyAttribute(lambda unit: f"Đảng bộ huyện {unit.code}")
    kind = "SUPERIOR"


class UnitStateFactory(Factory):
    """How a unit was before the state that it has by itself."""

    class Meta:
        model = UnitState

    unit = factory.SubFactory(UnitFactory)
    name = factory.SelfAttribute("unit.name")
    kind = factory.SelfAttribute("unit.kind")
    from_on = date(2000, 1, 1)
    until_on = OPENED


class UnitDecisionFactory(Factory):
    class Meta:
        model = UnitDecision

    number = factory.Sequence(lambda n: f"{n}-QĐ/HU")
    issuer = "Ban Thường vụ Huyện ủy"
    signed_on = date(2024, 11, 20)
    effective_on = date(2024, 12, 1)
    title = "Về việc sắp xếp tổ chức đảng"


class UnitChangeFactory(Factory):
    """A new name; other acts say what they need."""

    class Meta:
        model = UnitChange

    decision = factory.SubFactory(UnitDecisionFactory)
    position = factory.LazyAttribute(lambda change: change.decision.changes.count() + 1)
    act = UnitChange.Act.RENAME
    unit = factory.SubFactory(UnitFactory)


class UnitSuccessionFactory(Factory):
    class Meta:
        model = UnitSuccession

    predecessor = factory.SubFactory(UnitFactory)
    successor = factory.SubFactory(UnitFactory)
    decision = factory.SubFactory(UnitDecisionFactory)
    on = factory.SelfAttribute("decision.effective_on")


class UnitTermFactory(Factory):
    """A term that runs."""

    class Meta:
        model = UnitTerm

    unit = factory.SubFactory(DistrictFactory)
    ordinal = 25
    name = "nhiệm kỳ 2020–2025"
    from_on = date(2020, 8, 5)
    document = "Nghị quyết số 1-NQ/ĐH"


class DocumentNumberFactory(Factory):
    class Meta:
        model = DocumentNumber

    term = factory.SubFactory(UnitTermFactory)
    kind = "BC"
    number = 5
    symbol = "BC/ĐU"
    signed_on = date(2021, 1, 1)
    subject = "Kết quả kiểm điểm năm 2020"
    given_at = NOON


class OpeningFigureFactory(Factory):
    class Meta:
        model = OpeningFigure

    unit = factory.SubFactory(DistrictFactory)
    kind = "ADMITTED"
    from_on = date(2023, 1, 1)
    until_on = date(2024, 1, 1)
    value = 152
    source = "Báo cáo số 25-BC/HU"
    recorded_at = NOON


class LetterheadFactory(Factory):
    class Meta:
        model = Letterhead

    unit = factory.SubFactory(UnitFactory)
    issuer = factory.SelfAttribute("unit.name")


class MemberFactory(Factory):
    """A full member; on the roll of a cell where `cell=` is given."""

    class Meta:
        model = Member

    code = factory.Sequence(lambda n: f"DV{n:05}")
    full_name = "Nguyễn Văn An"
    sort_key = factory.LazyAttribute(lambda member: names.sort_key(member.full_name))
    admitted_on = "2010-05-19"
    official_on = "2011-05-19"

    @factory.post_generation
    def words(self, create, extracted, **columns):
        for word in names.search_words(self.full_name):
            NameWordFactory(member=self, word=word)

    @factory.post_generation
    def cell(self, create, extracted, **columns):
        if extracted:
            MembershipFactory(member=self, unit=extracted)


class NameWordFactory(Factory):
    class Meta:
        model = NameWord

    member = factory.SubFactory(MemberFactory)
    word = "an"


class MembershipFactory(Factory):
    class Meta:
        model = Membership

    member = factory.SubFactory(MemberFactory)
    unit = factory.SubFactory(UnitFactory)
    from_on = OPENED


class ActivityPauseFactory(Factory):
    class Meta:
        model = ActivityPause

    member = factory.SubFactory(MemberFactory)
    kind = ActivityPause.Kind.EXEMPT
    from_on = date(2024, 1, 1)
    document = "QĐ 1"


class CorrectionRequestFactory(Factory):
    """A request that waits for an answer."""

    class Meta:
        model = CorrectionRequest

    member = factory.SubFactory(MemberFactory)
    subject = CorrectionRequest.Subject.BORN_ON
    wanted = "05/1990"
    reason = "Giấy khai sinh"
    asked_at = NOON
    due_on = date(2024, 12, 3)


class TransferFactory(Factory):
    """A formal transfer that waits to be received."""

    class Meta:
        model = Transfer

    member = factory.SubFactory(MemberFactory)
    kind = Transfer.Kind.FORMAL
    source = factory.SubFactory(UnitFactory)
    target = factory.SubFactory(UnitFactory)
    document = "Giấy giới thiệu số 5"
    leaves_on = date(2024, 12, 1)
    due_on = date(2025, 2, 21)
    sent_at = NOON


class AccountFactory(Factory):
    """Somebody who is no member and logs in with `PASSWORD`."""

    class Meta:
        model = Account

    login = factory.Sequence(lambda n: f"dong.chi.{n}")
    display_name = "Trần Thị Bình"
    password = Password(PASSWORD)


class SlipFactory(Factory):
    """A slip printed at noon, whose code nobody knows."""

    class Meta:
        model = Slip

    account = factory.SubFactory(AccountFactory)
    code_hash = "0" * 64
    printed_at = NOON


class CodeCardFactory(Factory):
    """A card in use, with three codes left."""

    class Meta:
        model = CodeCard

    account = factory.SubFactory(AccountFactory)
    codes = "11111111 22222222 33333333"
    printed_at = NOON
    taken_at = factory.SelfAttribute("printed_at")


class AuthenticatorFactory(Factory):
    """An app that has shown no code yet."""

    class Meta:
        model = Authenticator

    account = factory.SubFactory(AccountFactory)
    seed = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    last_step = 0
    added_at = NOON


class PasskeyFactory(Factory):
    """A passkey that signs nothing."""

    class Meta:
        model = Passkey

    account = factory.SubFactory(AccountFactory)
    credential = factory.Sequence(lambda n: f"credential {n}".encode())
    public_key = factory.LazyAttribute(
        lambda passkey: bytes(
            AttestedCredentialData.create(Aaguid.NONE, passkey.credential, NO_KEY)
        )
    )
    device = "Chrome, Android"
    added_at = NOON


class AccountSessionFactory(Factory):
    """A session that was begun and last used at noon."""

    class Meta:
        model = AccountSession

    session = factory.LazyFunction(
        lambda: Session.objects.create(
            session_key=get_random_string(32), expire_date=NOON + timedelta(days=1)
        )
    )
    account = factory.SubFactory(AccountFactory)
    begun_at = NOON
    seen_at = NOON
    browser = "Firefox, Linux"


class PostFactory(Factory):
    """An office clerk, by an account of their own unless `member=` is given."""

    class Meta:
        model = Post

    account = factory.Maybe(
        "member",
        yes_declaration=None,
        no_declaration=factory.SubFactory(AccountFactory),
    )
    member = None
    unit = factory.SubFactory(UnitFactory)
    role = Role.CLERK
    from_on = OPENED


class ReasonedReadingFactory(Factory):
    """What a committee read yesterday, for a reason."""

    class Meta:
        model = ReasonedReading

    member = factory.SubFactory(MemberFactory)
    unit = factory.SubFactory(DistrictFactory)
    post = factory.SubFactory(
        PostFactory, unit=factory.SelfAttribute("..unit"), role=Role.SECRETARY
    )
    account = factory.SelfAttribute("post.account")
    is_inspection = False
    reason = "Xem xét quy hoạch"
    asked_at = NOON
    opened_at = NOON
    shown_from = date(2024, 12, 1)


class EventFactory(Factory):
    """What a command on the server did to a unit."""

    class Meta:
        model = Event

    @classmethod
    def _create(cls, model, **columns):
        event = model(**columns)
        events.append([event])
        return event

    at = NOON
    system_reason = "test"
    action = "units.created"
    unit = factory.SubFactory(UnitFactory)
    subject_kind = "members.partyunit"
    subject_id = factory.SelfAttribute("unit.pk")


class JobFactory(Factory):
    class Meta:
        model = Job

    kind = "rollup"
    subject_id = factory.Sequence(lambda n: n + 1)


class CampaignFactory(Factory):
    """A draft, of which only the frame exists."""

    class Meta:
        model = Campaign

    code = factory.Sequence(lambda n: f"dot-{n}-2024")
    name = "Kiểm điểm, xếp loại chất lượng năm 2024"
    year = 2024
    root_unit = factory.SubFactory(DistrictFactory)
    rule_set_code = "qd124-2023"


class CampaignUnitFactory(Factory):
    """A copy of a live unit, the root of its campaign where no parent is given."""

    class Meta:
        model = CampaignUnit

    campaign = factory.SubFactory(CampaignFactory)
    live_unit = factory.Maybe(
        "parent",
        yes_declaration=factory.SubFactory(
            UnitFactory, parent=factory.SelfAttribute("..parent.live_unit")
        ),
        no_declaration=factory.SelfAttribute("campaign.root_unit"),
    )
    custodian = factory.SelfAttribute("live_unit")
    code = factory.SelfAttribute("live_unit.code")
    name = factory.SelfAttribute("live_unit.name")
    kind = factory.SelfAttribute("live_unit.kind")
    sector = factory.SelfAttribute("live_unit.sector")
    parent = None
    path = factory.LazyAttribute(lambda unit: _next_campaign_path(unit))


def _next_campaign_path(unit) -> str:
    siblings = CampaignUnit.objects.filter(campaign=unit.campaign, parent=unit.parent)
    last = siblings.order_by("path").values_list("path", flat=True).last() or "0"
    above = unit.parent.path if unit.parent else ""
    return child_path(above, int(last[-SEGMENT:]) + 1)


class CampaignBodyFactory(Factory):
    """An organisation that is not rated yet."""

    class Meta:
        model = CampaignBody

    unit = factory.SubFactory(CampaignUnitFactory)
    kind = CampaignBody.Kind.ORGANISATION


class ParticipantFactory(Factory):
    """Somebody who is not reviewed yet."""

    class Meta:
        model = Participant

    campaign = factory.SubFactory(CampaignFactory)
    member = factory.SubFactory(MemberFactory)
    full_name = factory.SelfAttribute("member.full_name")
    sort_key = factory.SelfAttribute("member.sort_key")


class PlacementFactory(Factory):
    class Meta:
        model = Placement

    unit = factory.SubFactory(CampaignUnitFactory)
    participant = factory.SubFactory(
        ParticipantFactory, campaign=factory.SelfAttribute("..unit.campaign")
    )
    from_on = date(2024, 1, 1)
    event = Placement.Event.OPENING


class TallyFactory(Factory):
    """Nobody yet."""

    class Meta:
        model = Tally

    unit = factory.SubFactory(CampaignUnitFactory)
    subject = Tally.Subject.MEMBERS


class ResultsImportFactory(Factory):
    """An upload that waits to be read; the file itself is not there."""

    class Meta:
        model = ResultsImport

    campaign_code = factory.Sequence(lambda n: f"nhap-{n}-2024")
    campaign_name = "Kiểm điểm, xếp loại chất lượng năm 2024"
    year = 2024
    rule_set_code = "qd124-2023"
    within = factory.SubFactory(DistrictFactory)
    uploaded_by = factory.SubFactory(AccountFactory)
    uploaded_at = NOON
    file = "imports/ket-qua.xlsx"
    file_name = "ket-qua.xlsx"
    file_sha256 = "0" * 64


class RollImportFactory(Factory):
    """A roll that waits to be read; the file itself is not there."""

    class Meta:
        model = RollImport

    within = factory.SubFactory(DistrictFactory)
    uploaded_by = factory.SubFactory(AccountFactory)
    uploaded_at = NOON
    file = "imports/danh-sach.xlsx"
    file_name = "danh-sach.xlsx"
    file_sha256 = "0" * 64


class RollupReportFactory(Factory):
    """A report that was asked for and has no job."""

    class Meta:
        model = RollupReport

    campaign = factory.SubFactory(CampaignFactory)
    unit = factory.SelfAttribute("campaign.root_unit")
    requested_by = factory.SubFactory(AccountFactory)
    requested_at = NOON

"""Rows that the states of several subjects need."""

from datetime import UTC, date, datetime

from django.utils import timezone

from members.models import (
    Account,
    CorrectionRequest,
    DocumentNumber,
    Job,
    Member,
    OpeningFigure,
    PartyUnit,
    Post,
    ReasonedReading,
    Transfer,
    UnitTerm,
)
from members.policy import Role
from tests.e2e.conftest import Site
from tests.factories import (
    AccountFactory,
    CorrectionRequestFactory,
    JobFactory,
    OpeningFigureFactory,
    PostFactory,
    ReasonedReadingFactory,
    TransferFactory,
    UnitTermFactory,
)

NOW = datetime(2024, 12, 31, 5, tzinfo=UTC)
FAULT = {"sheet": "X", "row": 3, "column": "Y", "value": "31/02", "text": "-"}


def job(status: str) -> Job:
    ended = status in {"DONE", "FAILED", "CANCELLED"}
    return JobFactory(status=status, percent=40, finished_at=NOW if ended else None)


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


def term(unit: PartyUnit) -> UnitTerm:
    DocumentNumber.objects.all().delete()
    UnitTerm.objects.all().delete()
    before = UnitTermFactory(
        unit=unit, ordinal=24, name="nhiệm kỳ 2015–2020", from_on=date(2015, 6, 1)
    )
    UnitTerm.objects.filter(pk=before.pk).update(until_on=date(2020, 8, 5))
    return UnitTermFactory(unit=unit)


def opening_figures() -> OpeningFigure:
    OpeningFigure.objects.filter(replaces__isnull=False).delete()
    OpeningFigure.objects.all().delete()
    unit = PartyUnit.objects.get(code="H")
    figure = OpeningFigureFactory(unit=unit)
    OpeningFigureFactory(unit=PartyUnit.objects.get(code="X1"), kind="DISCIPLINED")
    return OpeningFigureFactory(unit=unit, value=151, replaces=figure)


def of_district(site: Site, name: str) -> str:
    return site.address(f"members:{name}", PartyUnit.objects.get(code="H").pk)


def act_page(site: Site, name: str) -> str:
    return site.address(f"{name}", somebody().pk)


def of_the_commission(login: str) -> Account:
    unit = PartyUnit.objects.get(code="H")
    known = Account.objects.filter(login=login).first()
    account = known or AccountFactory(login=login)
    if not Post.objects.filter(account=account).exists():
        PostFactory(account=account, unit=unit, role=Role.INSPECTION_COMMISSION)
    return account


def reading(*, by: str = "kiem-tra-1", **columns: object) -> ReasonedReading:
    ReasonedReading.objects.all().delete()
    account = of_the_commission(by)
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

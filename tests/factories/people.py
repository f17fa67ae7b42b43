"""People, where they belong, and what is asked about them."""

from datetime import date

import factory

from members import names
from members.models import (
    ActivityPause,
    CorrectionRequest,
    Member,
    Membership,
    NameWord,
    Transfer,
)
from tests.factories.base import NOON, OPENED, Factory
from tests.factories.units import UnitFactory


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

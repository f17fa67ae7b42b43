"""Records of what competent bodies did, conferences and programmes."""

from datetime import date

import factory

from campaigns.models import (
    Commendation,
    ConferenceDelegation,
    ConferenceTask,
    Departure,
    Discipline,
    Inspection,
    InspectionProgramme,
    PlannedInspection,
    SummaryConference,
)
from tests.factories.base import NOON, Factory
from tests.factories.units import DistrictFactory


class _CompetentActFactory(Factory):
    """An act of a district towards itself, concluded."""

    class Meta:
        abstract = True

    unit = factory.SubFactory(DistrictFactory)
    subject = factory.SelfAttribute("unit")
    body = "COMMITTEE"
    on = date(2024, 5, 6)
    document = "Số 12-TB/HU"
    recorded_at = NOON


class InspectionFactory(_CompetentActFactory):
    """An inspection of compliance by plan."""

    class Meta:
        model = Inspection

    kind = "COMPLIANCE_PLANNED"


class DisciplineFactory(_CompetentActFactory):
    """A reprimand that holds."""

    class Meta:
        model = Discipline

    form = "REPRIMAND"
    ground = "PRINCIPLES"


class CommendationFactory(_CompetentActFactory):
    """A certificate for the work of the year."""

    class Meta:
        model = Commendation

    title = "CERTIFICATE"
    field = "PARTY_BUILDING"


class DepartureFactory(_CompetentActFactory):
    """Somebody resigned from a post."""

    class Meta:
        model = Departure

    kind = "RESIGNED"
    ground = "OWN_WISH"
    post = "Bí thư chi bộ"


class InspectionProgrammeFactory(Factory):
    """The programme of 2024."""

    class Meta:
        model = InspectionProgramme

    unit = factory.SubFactory(DistrictFactory)
    year = 2024
    document = "Chương trình số 2-CTr/HU"


class PlannedInspectionFactory(Factory):
    """A visit to the unit itself, in the middle of the year."""

    class Meta:
        model = PlannedInspection

    programme = factory.SubFactory(InspectionProgrammeFactory)
    subject = factory.SelfAttribute("programme.unit")
    kind = "COMPLIANCE_PLANNED"
    due_on = date(2024, 6, 30)


class SummaryConferenceFactory(Factory):
    """The conference of 2024."""

    class Meta:
        model = SummaryConference

    unit = factory.SubFactory(DistrictFactory)
    year = 2024
    on = date(2024, 12, 25)
    chair = "Bí thư"


class ConferenceDelegationFactory(Factory):
    """Two delegates of a body."""

    class Meta:
        model = ConferenceDelegation

    conference = factory.SubFactory(SummaryConferenceFactory)
    position = 1
    body = "Thường trực Tỉnh ủy"
    count = 2


class ConferenceTaskFactory(Factory):
    """A task without a day."""

    class Meta:
        model = ConferenceTask

    conference = factory.SubFactory(SummaryConferenceFactory)
    position = 1
    text = "Kiểm tra 12 chi bộ"

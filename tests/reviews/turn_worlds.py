"""A review meeting whose persons are called up in turn."""

from campaigns.models import Attendance
from members.policy import Role
from reviews.models import ReviewOccasion
from reviews.services.occasions import call_up, mark_reviewed
from tests.factories import PostFactory
from tests.reviews.ballot_worlds import NOW, Hall


class Turns(Hall):
    """The same cell before anybody was reviewed; a deputy keeps the meeting."""

    def __init__(self):
        super().__init__()
        ReviewOccasion.objects.all().delete()
        Attendance.objects.all().delete()
        PostFactory(
            unit=self.cell.live_unit,
            role=Role.DEPUTY_SECRETARY,
            member=self.people[4].member,
        )
        self.secretary, self.keeper = self.keeper, self.account_of(self.people[4])

    def call(self):
        self.meeting.refresh_from_db()
        return call_up(
            meeting=self.meeting, version=self.meeting.version,
            actor=self.keeper, now=NOW,
        )  # fmt: skip

    def review(self, occasion, **columns):
        return mark_reviewed(
            **{
                "occasion": occasion, "version": occasion.version,
                "meeting": self.meeting, "remarks_made": 2,
                "actor": self.keeper, "now": NOW, **columns,
            }
        )  # fmt: skip

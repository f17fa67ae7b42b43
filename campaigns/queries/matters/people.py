"""What people do one by one: they study, pledge, and review themselves.

Source: docs/rules/reminders.md § 3.1.
"""

from abc import abstractmethod
from collections.abc import Iterator
from typing import ClassVar

from django.db.models import Exists, F, OuterRef, QuerySet, Sum
from django.utils.translation import gettext_lazy, ngettext_lazy

from campaigns.models import CampaignUnit, Placement, Tally
from campaigns.models.people import ParticipantQuerySet
from campaigns.queries.matters.base import OfStep, Promise
from campaigns.queries.progress import COUNTS
from campaigns.queries.steps_taken import not_taken
from campaigns.queries.to_study import unread_where_placed
from campaigns.reminding import Matter as Code
from campaigns.steps import Step
from members.policy import Area


class OfPeople(OfStep):
    """A matter of people: a cell is through once all of its people are.

    `owed`, `done` and `sent` are counts of the tallies; `own` is the sentence for who
    has not done it.
    """

    own: ClassVar[Promise]
    area = Area.PLEDGES
    owed: ClassVar[str] = "owed"
    done: ClassVar[str]
    sent: ClassVar[str | None] = None

    @abstractmethod
    def not_done(self, people: ParticipantQuerySet) -> ParticipantQuerySet:
        """Return those of them who owe it and have not done it."""

    def not_through(
        self, units: QuerySet[CampaignUnit]
    ) -> Iterator[tuple[int, int, int]]:
        """Yield the units of which the people placed just there are not; one query."""
        sent = COUNTS[self.sent] if self.sent else F("present") - F("present")
        rows = (
            Tally.objects.filter(unit__in=units, subject=Tally.Subject.MEMBERS)
            .values_list("unit")
            .annotate(
                owed=Sum(COUNTS[self.owed]), done=Sum(COUNTS[self.done]), sent=Sum(sent)
            )
            .filter(done__lt=F("owed"))
            .order_by("unit")
        )
        for unit_id, owed, done, sent_up in rows:
            yield unit_id, owed - done - sent_up, sent_up


class OfTexts(OfPeople):
    """A matter that each person sends to the cell, with a state."""

    def not_done(self, people: ParticipantQuerySet) -> ParticipantQuerySet:
        """Return those of whom the cell has nothing."""
        return not_taken(people, self.step)


class Pledges(OfTexts):
    """The pledges: sent by each, confirmed by the cell."""

    code = Code.PLEDGE
    step = Step.PLEDGE
    done = "confirmed"
    sent = "sent"

    own = gettext_lazy("Your pledge is not with the cell yet.")
    here = gettext_lazy(
        "%(unit)s: pledges not sent yet: %(missing)d; sent and not confirmed yet: "
        "%(waiting)d."
    )
    above = ngettext_lazy(
        "%(unit)s: %(count)d cell is not through with the pledges.",
        "%(unit)s: %(count)d cells are not through with the pledges.",
        "count",
    )


class SelfReviews(OfTexts):
    """The self-reviews: sent by each, confirmed by the cell."""

    code = Code.SELF_REVIEW
    step = Step.SELF_REVIEW
    done = "reviewed"
    sent = "review_sent"

    own = gettext_lazy("Your self-review is not with the cell yet.")
    here = gettext_lazy(
        "%(unit)s: self-reviews not sent yet: %(missing)d; sent and not confirmed "
        "yet: %(waiting)d."
    )
    above = ngettext_lazy(
        "%(unit)s: %(count)d cell is not through with the self-reviews.",
        "%(unit)s: %(count)d cells are not through with the self-reviews.",
        "count",
    )


class Studying(OfPeople):
    """The documents of the year: studied at a session, which the cell records."""

    code = Code.STUDY
    step = Step.STUDY
    owed = "study_owed"
    done = "studied"

    own = gettext_lazy("You have not studied all documents of the year yet.")
    here = ngettext_lazy(
        "%(unit)s: %(missing)d comrade has not studied all documents of the year.",
        "%(unit)s: %(missing)d comrades have not studied all documents of the year.",
        "missing",
    )
    above = ngettext_lazy(
        "%(unit)s: %(count)d cell is not through with the study of the year.",
        "%(unit)s: %(count)d cells are not through with the study of the year.",
        "count",
    )

    def not_done(self, people: ParticipantQuerySet) -> ParticipantQuerySet:
        """Return those who lack one of the documents that are asked where they are."""
        placed = Placement.objects.open().filter(
            Exists(unread_where_placed()), participant=OuterRef("pk")
        )
        return people.owing_pledges().filter(Exists(placed))

"""Who counts at a review meeting, whom it reviews, and what was counted."""

import factory

from campaigns.models import Meeting
from reviews.models import (
    Ballot,
    BallotDraft,
    BallotLine,
    Remark,
    ReviewOccasion,
    Teller,
)
from tests.factories.accounts import AccountFactory
from tests.factories.base import NOON, Factory
from tests.factories.campaigns import CampaignBodyFactory, ParticipantFactory
from tests.factories.meetings import MeetingFactory


class ReviewOccasionFactory(Factory):
    """Somebody who was reviewed at a meeting of the own cell."""

    class Meta:
        model = ReviewOccasion

    meeting = factory.SubFactory(
        MeetingFactory, kind=Meeting.Kind.REVIEW, state=Meeting.State.HELD
    )
    participant = factory.SubFactory(
        ParticipantFactory, campaign=factory.SelfAttribute("..meeting.unit.campaign")
    )
    body = factory.SubFactory(
        CampaignBodyFactory, unit=factory.SelfAttribute("..meeting.unit")
    )
    state = ReviewOccasion.State.REVIEWED
    position = 1


class RemarkFactory(Factory):
    """What was said about somebody who was reviewed."""

    class Meta:
        model = Remark

    occasion = factory.SubFactory(ReviewOccasionFactory)
    text = "Còn ngại va chạm khi góp ý đồng chí."


class TellerFactory(Factory):
    class Meta:
        model = Teller

    meeting = factory.SubFactory(MeetingFactory, kind=Meeting.Kind.REVIEW)
    participant = factory.SubFactory(
        ParticipantFactory, campaign=factory.SelfAttribute("..meeting.unit.campaign")
    )


class BallotFactory(Factory):
    """A first round of seven voters that is being counted."""

    class Meta:
        model = Ballot

    meeting = factory.SubFactory(MeetingFactory, kind=Meeting.Kind.REVIEW)
    kind = Ballot.Kind.LEVELS
    convoked = 7

    class Params:
        counted = factory.Trait(
            present=7,
            issued=7,
            returned=7,
            valid=7,
            state=Ballot.State.ENTERED,
            entered_by=factory.SubFactory(AccountFactory),
        )
        locked = factory.Trait(
            counted=True,
            state=Ballot.State.LOCKED,
            confirmed_by=factory.SubFactory(AccountFactory),
            locked_at=NOON,
        )


class BallotLineFactory(Factory):
    class Meta:
        model = BallotLine

    ballot = factory.SubFactory(BallotFactory)
    occasion = factory.SubFactory(
        ReviewOccasionFactory, meeting=factory.SelfAttribute("..ballot.meeting")
    )


class BallotDraftFactory(Factory):
    """What a teller has typed and not entered."""

    class Meta:
        model = BallotDraft

    ballot = factory.SubFactory(BallotFactory)
    account = factory.SubFactory(AccountFactory)
    ballot_version = 1
    saved_at = NOON

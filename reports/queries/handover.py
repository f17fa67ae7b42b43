"""What the slip of a file is made of."""

from dataclasses import replace

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from campaigns.models import CampaignBody, Participant, Placement
from members.row_security import Purpose, opened_for
from reports.documents.handover import HandoverPaper
from reports.queries.heads import headed, letterhead_of
from reviews.models import Ballot, Proposal, UnitFile

GIVEN = (
    Participant.Review.SENT,
    Participant.Review.CONFIRMED,
    Participant.Review.REVIEWED,
)


def handover_paper(file: UnitFile, *, language: str) -> HandoverPaper:
    """Return the slip of a file that was got by a scope, with units and campaign.

    Both who sent it and who takes it get the same; six queries.
    """
    goes_back = file.state == UnitFile.State.RETURNED
    below, above = letterhead_of(file.unit), letterhead_of(file.goes_to)
    giver, taker = (above, below) if goes_back else (below, above)
    campaign = file.unit.campaign
    with override(language):
        return HandoverPaper(
            head=replace(
                headed(giver, campaign, language=language, kind="", recipients=()),
                abstract=f"{campaign.rules.wording.vi} chất lượng năm {campaign.year}",
            ),
            cell=file.unit.name,
            giver=giver.issuer,
            taker=taker.issuer,
            version=file.number,
            minutes=file.minutes,
            minutes_on=file.minutes_on,
            sent_on=timezone.localdate(file.sent_at) if file.sent_at else None,
            answered_on=(
                timezone.localdate(file.answered_at) if file.answered_at else None
            ),
            reason=file.reason,
            papers=_papers(file),
        )


@opened_for(Purpose.MEETING)  # counts of a file that was got by a scope
def _papers(file: UnitFile) -> list[tuple[str, int | None]]:
    placed = Placement.objects.open().filter(unit=file.unit)
    people = Participant.objects.filter(pk__in=placed.values("participant"))
    rounds = Ballot.objects.standing().filter(
        meeting__unit=file.unit, state=Ballot.State.LOCKED
    )
    reports = CampaignBody.objects.organisations().filter(unit=file.unit)
    sent = reports.exclude(
        report_state__in=[CampaignBody.Report.NONE, CampaignBody.Report.DRAFT]
    )
    return [
        (_("Minutes of the meeting"), 1),
        (_("Letter of request with its list: persons proposed"), _proposed(file)),
        (_("Tellers' minutes"), rounds.count()),
        (_("Self-reviews of members"), people.filter(review_state__in=GIVEN).count()),
        (_("Report of the collective"), sent.count()),
        (_("Other papers"), None),
    ]


def _proposed(file: UnitFile) -> int:
    return Proposal.objects.filter(file=file).count()

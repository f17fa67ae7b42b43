"""What the two districts have of signed figures: of the top, the committee, two cells."""

from campaigns.models import Campaign, CampaignUnit
from members.models import Member, Post
from members.policy import Role
from reports.models import Submission
from tests.factories import PostFactory, SubmissionFactory, SubmissionPartFactory
from tests.factories.base import NOON

SIGNED = (".G.1", ".G.2", ".G", "")


def add_submissions(code: str, campaign: Campaign) -> None:
    """Give a district signed figures; the post of who signed has ended since."""
    units = {
        suffix: CampaignUnit.objects.get(campaign=campaign, code=f"{code}{suffix}")
        for suffix in SIGNED
    }
    made = {}
    for suffix, unit in units.items():
        post = _ended_post(unit, Member.objects.get(code=f"{code}.S-2"))
        made[suffix] = SubmissionFactory(unit=unit, signatory=post)
    for whole, part in ((".G", ".G.1"), (".G", ".G.2"), ("", ".G")):
        SubmissionPartFactory(submission=made[whole], unit=units[part], part=made[part])


def _ended_post(unit: CampaignUnit, member: Member) -> Post:
    return PostFactory(
        unit=unit.live_unit,
        role=Role.SECRETARY,
        account=None,
        member=member,
        ended_at=NOON,
    )


def submission(code: str, suffix: str) -> Submission:
    return Submission.objects.get(unit__code=f"{code}{suffix}")

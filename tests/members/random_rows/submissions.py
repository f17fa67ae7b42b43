"""Random figures that units signed, for the worlds of this package."""

from datetime import UTC, datetime
from random import Random

from campaigns.models import CampaignUnit
from members.models import Post
from reports.models import Submission, SubmissionPart

NOW = datetime(2024, 12, 1, 5, tzinfo=UTC)


def add(random: Random) -> None:
    """Write what every unit signed, and on which others it stands."""
    units = list(CampaignUnit.objects.all())
    post = Post.objects.order_by("pk").first()
    made = Submission.objects.bulk_create(
        Submission(
            unit=each, number=1, digest="d", head={}, own={}, total={}, limits=[],
            above=[], on_behalf_of="b", signatory=post, signed_by="n", document="d",
            on="2024-05-06", minutes="m", minutes_on="2024-05-06", recorded_at=NOW,
        )
        for each in units
    )  # fmt: skip
    SubmissionPart.objects.bulk_create(
        SubmissionPart(submission=each, unit=random.choice(units), head={})
        for each in made
    )

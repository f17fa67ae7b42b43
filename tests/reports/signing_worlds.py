"""A district whose units sign their figures."""

from datetime import UTC, date, datetime

from campaigns.models import CampaignUnit, Participant, Placement
from campaigns.services.tallies import changing
from members import queries as registry
from members.models import Post
from members.policy import Actor, Role
from reports.models import Submission
from reports.queries.submissions import figures_to_sign
from reports.services import submissions
from reports.services.submissions import SigningPapers
from tests.factories import PostFactory
from tests.small_worlds import unit_of

NOW = datetime(2025, 1, 10, 3, tzinfo=UTC)
REASON = "Chi bộ chưa họp"


def secretary_of(unit: CampaignUnit) -> Post:
    found = Post.objects.filter(unit=unit.live_unit_id, role=Role.SECRETARY).first()
    return found or PostFactory(unit=unit.live_unit, role=Role.SECRETARY)


def clerk_of(unit: CampaignUnit) -> Actor:
    found = Post.objects.filter(unit=unit.live_unit_id, role=Role.CLERK).first()
    post = found or PostFactory(unit=unit.live_unit, role=Role.CLERK)
    return registry.actor_for(post.account)


def fresh(unit: CampaignUnit) -> CampaignUnit:
    related = ("campaign", "custodian", "grassroots", "parent", "live_unit__parent")
    return CampaignUnit.objects.select_related(*related).get(pk=unit.pk)


def papers(unit: CampaignUnit, **changes: object) -> SigningPapers:
    typed = {
        "on_behalf_of": "Ban Chấp hành",
        "signatory": secretary_of(unit).pk,
        "document": "25-BC/ĐU",
        "on": date(2025, 1, 5),
        "minutes": "3-BB/ĐU",
        "minutes_on": date(2025, 1, 4),
    }
    return SigningPapers(**{**typed, **changes})


def sign(unit: CampaignUnit, *, actor: Actor | None = None, **changes) -> Submission:
    now = fresh(unit)
    shown = changes.pop("shown", None) or figures_to_sign(now).digest
    return submissions.sign(
        unit=now,
        papers=papers(unit, **changes),
        shown=shown,
        actor=actor or clerk_of(unit),
        now=NOW,
    )


def sign_all(campaign, *codes: str) -> None:
    """Let units sign, those below first."""
    for code in codes:
        sign(unit_of(campaign, code))


ALL = ("X1", "X2", "X", "Y2", "Y1", "Y", "Z", "W", "H")


def change_a_figure(campaign, code: str = "X1") -> None:
    """Let somebody of a cell whose level is GOOD be rated SATISFACTORY."""
    unit = unit_of(campaign, code)
    with changing([unit.pk]):
        one = Participant.objects.filter(
            pk__in=unit_people(unit), level="GOOD"
        ).order_by("pk")[:1]
        Participant.objects.filter(pk__in=one.values("pk")).update(level="SATISFACTORY")


def unit_people(unit: CampaignUnit):
    return Placement.objects.open().filter(unit=unit).values("participant")

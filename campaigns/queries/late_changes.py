"""Whom a campaign whose roll is fixed counts elsewhere than the live roll does."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.lifecycle import State
from campaigns.models import Campaign, CampaignUnit, LateChange, Participant, Placement
from members.models import Member, Membership, within
from members.policy import Actor, Area
from members.row_security import Purpose, opened_for

MOST = 200


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody whom a campaign does not count as the live roll does."""

    url: str
    name: str
    campaign: str
    counted_at: str  # "": not at all
    belongs_to: str  # "": to no cell any more

    @property
    def sentence(self) -> str:
        """What differs, for whoever decides."""
        places = {
            "campaign": self.campaign,
            "counted": self.counted_at or _("nowhere"),
            "now": self.belongs_to or _("to no cell any more"),
        }
        return (
            _("“%(campaign)s” counts the person: %(counted)s. Belongs now: %(now)s.")
            % places
        )


@opened_for(Purpose.LATE)
def waiting_for(actor: Actor) -> list[Waiting]:
    """Return who waits for an explicit act in campaigns whose roll is fixed.

    Of the units that the actor keeps with all below: the office above the cells, not a
    cell for itself. One query, and two for each campaign.
    """
    kept = CampaignUnit.objects.filter(
        within(actor.subtrees(Area.ROLL_EDIT), "custodian__path"), closed_on=None
    )
    fixed = Campaign.objects.filter(
        pk__in=kept.values("campaign"), state=State.ROLL_FIXED, imported_digest=""
    )
    found: list[Waiting] = []
    for campaign in fixed.order_by("-year", "name"):
        units = kept.filter(campaign=campaign)
        found += _counted_elsewhere(campaign, units)
        found += _not_counted(campaign, units)
    return found


@opened_for(Purpose.LATE)
def changes_of(member: Member, campaign: Campaign) -> list[LateChange]:
    """Return the late changes of somebody in a campaign, the latest first; one query.

    The caller got the member through a scope.
    """
    changes = LateChange.objects.filter(
        participant__campaign=campaign, participant__member=member
    )
    return list(changes.select_related("source", "target").order_by("-pk"))


def _counted_elsewhere(
    campaign: Campaign, units: QuerySet[CampaignUnit]
) -> Iterator[Waiting]:
    belongs = Membership.objects.current().official()
    home = belongs.filter(member=OuterRef("participant__member"))
    placed = Placement.objects.open().filter(unit__in=units)
    elsewhere = placed.annotate(home=Subquery(home.values("unit")[:1])).exclude(
        home__isnull=False, home=F("unit__live_unit")
    )
    rows = elsewhere.annotate(home_name=Subquery(home.values("unit__name")[:1]))
    for member_id, name, counted_at, belongs_to in rows.order_by(
        "participant__sort_key", "pk"
    ).values_list(
        "participant__member", "participant__full_name", "unit__name", "home_name"
    )[:MOST]:
        yield _waiting(campaign, member_id, name, counted_at, belongs_to or "")


def _not_counted(
    campaign: Campaign, units: QuerySet[CampaignUnit]
) -> Iterator[Waiting]:
    counted = Participant.objects.filter(campaign=campaign).counted()
    belongs = Membership.objects.current().official()
    missing = belongs.filter(unit__in=units.values("live_unit")).exclude(
        member__in=counted.values("member")
    )
    for member_id, name, unit in missing.order_by("member__sort_key", "pk").values_list(
        "member", "member__full_name", "unit__name"
    )[:MOST]:
        yield _waiting(campaign, member_id, name, "", unit)


def _waiting(
    campaign: Campaign, member_id: int, name: str, counted_at: str, belongs_to: str
) -> Waiting:
    url = reverse("late_change", args=[campaign.pk, member_id])
    return Waiting(url, name, campaign.name, counted_at, belongs_to)

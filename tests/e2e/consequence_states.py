"""What follows from levels, who is not reviewed, levels of organisations: each state."""

from collections.abc import Callable
from functools import partial

from django.utils import timezone

from campaigns.models import CampaignBody, Participant
from members.models import Account, Post, ReasonedReading
from members.policy import Role
from reports.models import CellPapers
from reports.queries.committee_lists import KINDS
from reviews.models import BodyDecision, BodyProposal
from tests.e2e.conftest import Site
from tests.e2e.file_states import above, in_state, of_unit, undecided
from tests.e2e.pledge_states import people, secretary, unit
from tests.factories import (
    BodyDecisionFactory,
    BodyDecisionLineFactory,
    BodyProposalFactory,
    CampaignFactory,
    CellPapersFactory,
    ParticipantFactory,
    PostFactory,
    UnreviewedReasonFactory,
)


def with_years(site: Site) -> None:
    """The first of the cell is decided on, as in the four years before."""
    first = undecided(site)[0]
    best = {"status": "ASSESSED", "level": "EXCELLENT"}
    Participant.objects.filter(pk=first.pk).update(**best, decided_by=above(site))
    for back in range(1, 5):
        campaign = CampaignFactory(year=site.campaign.year - back)
        ParticipantFactory(
            campaign=campaign, member=first.member, is_imported=True, **best
        )


def streaks(site: Site) -> str:
    with_years(site)
    return of_unit(site, "streak_list", above(site))


def no_streaks(site: Site) -> str:
    undecided(site)
    return of_unit(site, "streak_list", above(site))


def committee_list(kind: str) -> Callable[[Site], str]:
    def address(site: Site) -> str:
        with_years(site)
        at = above(site)
        name = f"committee_list_{kind}" if kind else "committee_lists"
        return site.address(name, at.campaign_id, at.live_unit_id)

    return address


def cell_papers(site: Site, *, made: bool = False) -> str:
    """The page of a cell's papers; made, there is a file for whoever looks."""
    at = unit(site)
    CellPapers.objects.all().delete()
    keepers = Post.objects.filter(unit=at.live_unit, role=Role.SECRETARY)
    for post in keepers if made else ():  # one of them looks
        CellPapersFactory(
            campaign=site.campaign, unit=at.live_unit, requested_by=post.account
        )
    return site.address("cell_papers", at.campaign_id, at.live_unit_id)


def unreviewed(site: Site) -> None:
    first, *_others = undecided(site)
    UnreviewedReasonFactory._meta.model.objects.all().delete()
    UnreviewedReasonFactory(participant=first)


def unreviewed_cell(site: Site) -> str:
    unreviewed(site)
    return of_unit(site, "unreviewed_cell", unit(site))


def unreviewed_list(site: Site) -> str:
    unreviewed(site)
    return of_unit(site, "unreviewed_list", above(site))


def body(site: Site) -> CampaignBody:
    """The cell as what is rated, with two bodies that propose differently."""
    BodyDecision.objects.all().delete()
    BodyProposal.objects.all().delete()
    found = CampaignBody.objects.organisations().get(unit=unit(site))
    CampaignBody.objects.filter(pk=found.pk).update(level="", decided_by=None)
    BodyProposalFactory(body=found, document="BB 07")
    BodyProposalFactory(
        body=found, party="MEMBERS", party_name="Hội nghị đảng viên",
        level="EXCELLENT", note="18/22 phiếu",
    )  # fmt: skip
    return found


def organisations(name: str) -> Callable[[Site], str]:
    def address(site: Site) -> str:
        body(site)
        return of_unit(site, name, above(site))

    return address


def of_body(name: str) -> Callable[[Site], str]:
    return lambda site: site.address(f"reviews:{name}", body(site).pk)


def body_decision(site: Site) -> str:
    found = body(site)
    decision = BodyDecisionFactory(unit=above(site))
    BodyDecisionLineFactory(decision=decision, body=found)
    return site.address("reviews:body_decision_detail", decision.pk)


def extract_add(site: Site) -> str:
    in_state(site, "RECEIVED")
    return site.address("extract_add")


def extract(site: Site) -> str:
    in_state(site, "RECEIVED")
    with_years(site)
    held = department(site)
    reading = ReasonedReading.objects.create(
        member=people(site)[0].member, account=held, post=Post.objects.get(account=held),
        unit=above(site).live_unit, is_inspection=False, reason="Xem xét quy hoạch",
        asked_at=timezone.now(), shown_from=timezone.localdate(),
    )  # fmt: skip
    return site.address("extract_detail", reading.pk)


COMMITTEE: dict[str, Callable[[Site], str]] = {
    "years running": streaks,
    "no years running": no_streaks,
    "lists of a committee": committee_list(""),
    **{f"list of a committee: {kind}": committee_list(kind) for kind in KINDS},
    "who below is not reviewed": unreviewed_list,
    "levels of organisations": organisations("organisation_list"),
    "collective to be entered": organisations("collective_add"),
    "levels of organisations to be decided": organisations("body_decide"),
    "proposals for an organisation": of_body("body_proposals"),
    "proposal to be entered": of_body("body_proposal_add"),
    "decision on organisations": body_decision,
}
CELL: dict[str, Callable[[Site], str]] = {
    "who of the cell is not reviewed": unreviewed_cell,
    "papers of the cell": cell_papers,
    "papers of the cell made": partial(cell_papers, made=True),
}
DEPARTMENT = {"extract to be asked for": extract_add, "extract": extract}
CONSEQUENCES = COMMITTEE | CELL | DEPARTMENT


def department(site: Site) -> Account:
    """Who verifies for the committee."""
    role, at = Role.ORGANISATION_DEPARTMENT, above(site).live_unit
    known = Post.objects.filter(role=role, unit=at, account__isnull=False).first()
    return (known or PostFactory(unit=at, role=role)).account


def committee(site: Site) -> Account:
    return PostFactory(unit=above(site).live_unit, role=Role.SECRETARY).account


def viewer(state: str, site: Site) -> Account:
    """Who looks at a state."""
    if state in DEPARTMENT:
        return department(site)
    return secretary(site) if state in CELL else committee(site)

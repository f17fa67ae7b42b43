"""The pages from proposal to decision in every state; `states` shows them with all."""

from collections.abc import Callable
from datetime import date

from django.utils import timezone

from campaigns.models import Campaign, CampaignUnit, Participant
from members.models import Account
from members.policy import Role
from reviews.models import Decision, DecisionLine, UnitFile
from tests.e2e import self_review_states
from tests.e2e.conftest import Site
from tests.e2e.pledge_states import of_person, people, secretary, unit
from tests.factories import (
    DecisionFactory,
    DecisionLineFactory,
    PostFactory,
    ProposalFactory,
    UnitFileFactory,
)

State = UnitFile.State
DAY = date(2024, 12, 10)


def undecided(site: Site) -> list[Participant]:
    """The people of the cell, reviewed and without a level."""
    found = people(site)
    DecisionLine.objects.all().delete()
    Decision.objects.all().delete()
    UnitFile.objects.all().delete()
    Participant.objects.filter(pk__in=[each.pk for each in found]).update(
        level="", reason="", status="NOT_REVIEWED", review_state="CONFIRMED",
        proposed_level="", decided_by=None, is_imported=False,
    )  # fmt: skip
    return found


def in_state(site: Site, state: str) -> UnitFile:
    """The file of the cell; everybody is proposed, the first for the best level."""
    first, *others = undecided(site)
    answered = (
        {} if state in (State.DRAFT, State.SENT) else {"answered_at": timezone.now()}
    )
    file = UnitFileFactory(
        unit=unit(site),
        goes_to=above(site),
        state=state,
        minutes_on=DAY,
        sent_at=None if state == State.DRAFT else timezone.now(),
        reason="Thiếu biên bản kiểm phiếu." if state == State.RETURNED else "",
        **answered,
    )
    ProposalFactory(file=file, participant=first, level="EXCELLENT")
    for each in others:
        ProposalFactory(file=file, participant=each)
    return file


def above(site: Site) -> CampaignUnit:
    return CampaignUnit.objects.select_related("live_unit").get(pk=unit(site).parent_id)


def of_unit(site: Site, name: str, of: CampaignUnit) -> str:
    return site.address(f"reviews:{name}", site.campaign.pk, of.live_unit_id)


def cell_page(name: str, state: str | None) -> Callable[[Site], str]:
    """A page of the cell with its file in a state; None: nothing is proposed yet."""

    def address(site: Site) -> str:
        in_state(site, state) if state else undecided(site)
        return of_unit(site, name, unit(site))

    return address


def committee_page(name: str, state: str) -> Callable[[Site], str]:
    def address(site: Site) -> str:
        in_state(site, state)
        return of_unit(site, name, above(site))

    return address


def file_page(name: str, state: str) -> Callable[[Site], str]:
    return lambda site: site.address(f"reviews:{name}", in_state(site, state).pk)


def decided(site: Site) -> Decision:
    """What the committee decided on the cell, one person otherwise than proposed."""
    first, *others = undecided(site)
    decision = DecisionFactory(unit=above(site))
    lines = [
        DecisionLineFactory(
            decision=decision, participant=first, proposed_level="EXCELLENT",
            note="Chưa có sản phẩm cụ thể",
        ),
        *(DecisionLineFactory(decision=decision, participant=each) for each in others),
    ]  # fmt: skip
    for line in lines:
        Participant.objects.filter(pk=line.participant_id).update(
            level=line.level, status="ASSESSED", decided_by=decision.unit
        )
    return decision


CELL: dict[str, Callable[[Site], str]] = {
    "levels to be proposed": cell_page("proposal_list", None),
    "levels proposed": cell_page("proposal_list", State.DRAFT),
    "proposals to be sent": cell_page("proposal_send", State.DRAFT),
    "proposals that were sent": cell_page("proposal_list", State.SENT),
    "proposals that came back": cell_page("proposal_list", State.RETURNED),
}
COMMITTEE: dict[str, Callable[[Site], str]] = {
    "files of the units": committee_page("file_list", State.SENT),
    "file that was sent": file_page("file_detail", State.SENT),
    "file to be returned": file_page("file_return", State.SENT),
    "levels to be decided": committee_page("decision_add", State.RECEIVED),
    "decision on levels": lambda site: site.address(
        "reviews:decision_detail", decided(site).pk
    ),
}


def decided_upon(site: Site) -> str:
    """What somebody of the cell wrote, whose file is with the committee."""
    person = self_review_states.in_state(site, Participant.Review.CONFIRMED)
    in_state(site, State.RECEIVED)
    return site.address("reviews:self_review_detail", person.pk)


def verified(site: Site, name: str = "") -> str:
    Campaign.objects.filter(pk=site.campaign.pk).update(mode="FULL_TEXT")
    file = in_state(site, State.RECEIVED)
    return site.address(name, file.pk) if name else site.address("self_review_own")


VERIFIER: dict[str, Callable[[Site], str]] = {
    "files to be verified": verified,
    "file that is verified": lambda site: verified(site, "reviews:file_detail"),
    "self-review read by a decision": decided_upon,
}
THE_PERSON: dict[str, Callable[[Site], str]] = {
    "decision on oneself": lambda site: (decided(site), site.address("own_results"))[1]
}
FILES = CELL | COMMITTEE | VERIFIER | THE_PERSON


def viewer(state: str, site: Site) -> Account:
    """Whoever looks at a state."""
    if state in CELL:
        return secretary(site)
    if state in THE_PERSON:
        return of_person(people(site)[0])
    role = Role.ORGANISATION_DEPARTMENT if state in VERIFIER else Role.SECRETARY
    return PostFactory(unit=above(site).live_unit, role=role).account

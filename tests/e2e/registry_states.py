"""The pages of the roll, its units and their papers in every state."""

from collections.abc import Callable
from datetime import date

from campaigns.models import Campaign, Placement
from members.models import (
    ActivityPause,
    CorrectionRequest,
    Member,
    Membership,
    PartyUnit,
    Post,
    ReasonedReading,
)
from members.policy import Role
from tests.e2e.conftest import Site
from tests.e2e.rows import (
    NOW,
    act_page,
    correction,
    of_district,
    opening_figures,
    somebody,
    term,
    transfer,
)
from tests.factories import (
    ActivityPauseFactory,
    CorrectionRequestFactory,
    DocumentNumberFactory,
    PostFactory,
    ReasonedReadingFactory,
)


def correction_page(site: Site, name: str = "detail", **columns: object) -> str:
    return site.address(f"members:correction_{name}", correction(**columns).pk)


def waiting_corrections(site: Site) -> str:
    correction()
    return site.address("members:correction_list")


def own_record(site: Site) -> str:
    full_person(site)
    correction()
    CorrectionRequestFactory(
        member=somebody(),
        subject=CorrectionRequest.Subject.OTHER,
        state=CorrectionRequest.State.REFUSED,
        answer="Không có giấy tờ kèm theo.",
        answered_at=NOW,
    )
    ReasonedReading.objects.all().delete()
    ReasonedReadingFactory(member=somebody())
    return site.address("members:own_record")


def due_roll(site: Site) -> str:
    transfer()
    correction()
    Member.objects.filter(code="P001").update(official_on="")
    exempt = somebody()  # the longest that a line of the roll says of somebody
    ActivityPause.objects.filter(member=exempt).delete()
    ActivityPauseFactory(member=exempt)
    return site.address("members:member_list")


def full_person(site: Site) -> str:
    member = somebody()
    correction()
    ActivityPause.objects.filter(member=member).delete()
    ActivityPauseFactory(member=member)
    transfer()
    return site.address("members:member_detail", member.pk)


def full_registry_unit(site: Site) -> str:
    unit = PartyUnit.objects.get(code="X1")
    Post.objects.filter(unit=unit).delete()
    PostFactory(
        account=None, member=somebody(), unit=unit, planned_until=date(2020, 1, 1)
    )
    return site.address("members:unit_detail", unit.pk)


def unit_with_terms_and_figures(site: Site) -> str:
    unit = PartyUnit.objects.get(code="H")
    term(unit)
    opening_figures()
    return site.address("members:unit_detail", unit.pk)


def register(site: Site) -> str:
    unit = PartyUnit.objects.get(code="H")
    DocumentNumberFactory(term=term(unit))
    return site.address("members:number_list", unit.pk)


def register_without_a_term(site: Site) -> str:
    term(PartyUnit.objects.get(code="H"))
    return site.address("members:number_list", PartyUnit.objects.get(code="X1").pk)


def opening_page(site: Site) -> str:
    return site.address("members:opening_list", opening_figures().unit_id)


def late_changes(site: Site) -> str:
    """Somebody has moved since; the campaign is no mere copy of a file any more."""
    Campaign.objects.filter(pk=site.campaign.pk).update(imported_digest="")
    moved = who_moved()
    Membership.objects.filter(member=moved).update(
        unit=PartyUnit.objects.get(code="X1")
    )
    return site.address("late_change_list")


def who_moved() -> Member:
    """Whom the campaign has in X2."""
    placed = Placement.objects.filter(unit__code="X2").order_by("pk")
    return Member.objects.get(pk=placed.first().participant.member_id)


def late_change(site: Site) -> str:
    late_changes(site)
    return site.address("late_change", site.campaign.pk, who_moved().pk)


def waiting_transfers(site: Site) -> str:
    transfer()
    return site.address("members:transfer_list")


REGISTRY: dict[str, Callable[[Site], str]] = {
    "roll": lambda site: site.address("members:member_list"),
    "roll without a hit": lambda site: site.address("members:member_list") + "?q=zz",
    "roll with what is due": due_roll,
    "person": full_person,
    "person to be corrected": lambda site: act_page(site, "member_edit"),
    "person to be entered": lambda site: site.address("member_add"),
    "person to be sent": lambda site: act_page(site, "member_send") + "?q=don+vi",
    "person to be taken off": lambda site: act_page(site, "member_end"),
    "units": lambda site: site.address("members:unit_list"),
    "unit of the registry": full_registry_unit,
    "unit of the registry before it was": lambda site: (
        full_registry_unit(site) + "?on=1990-01-01"
    ),
    "person to be chosen": lambda site: site.address(
        "members:post_add", PartyUnit.objects.get(code="X1").pk
    ),
    "post with what is in charge": lambda site: site.address(
        "members:post_charge",
        PostFactory(
            unit=PartyUnit.objects.get(code="H"), role=Role.COMMITTEE_MEMBER
        ).pk,
    ),
    "post to be given": lambda site: (
        site.address("members:post_add", PartyUnit.objects.get(code="X1").pk)
        + f"?to={somebody().pk}"
    ),
    "own record": own_record,
    "correction to be asked for": lambda site: site.address("members:correction_add"),
    "corrections": waiting_corrections,
    "no corrections": lambda site: (
        CorrectionRequest.objects.all().delete()
        and site.address("members:correction_list")
    ),
    "correction": correction_page,
    "correction of no column": lambda site: correction_page(site, subject="OTHER"),
    "correction to be refused": lambda site: correction_page(site, "refuse"),
    "correction to be made": lambda site: (
        act_page(site, "member_edit") + f"?request={correction().pk}"
    ),
    "unit with terms and figures": unit_with_terms_and_figures,
    "term to be recorded": lambda site: of_district(site, "term_add"),
    "term to be corrected": lambda site: site.address(
        "members:term_edit", term(PartyUnit.objects.get(code="H")).pk
    ),
    "document numbers": register,
    "document numbers without a term": register_without_a_term,
    "document to be numbered": lambda site: of_district(site, "number_add"),
    "opening figures": opening_page,
    "opening figure to be entered": lambda site: of_district(site, "opening_add"),
    "opening figure to be corrected": lambda site: site.address(
        "members:opening_correct", opening_figures().pk
    ),
    "own results": lambda site: site.address("own_results"),
    "transfers": waiting_transfers,
    "changes after the roll was fixed": late_changes,
    "change after the roll was fixed": late_change,
    "transfer": lambda site: site.address("members:transfer_detail", transfer().pk),
}

"""The pages of pledges in every state; `states` shows them with the others."""

from collections.abc import Callable
from datetime import date

from django.utils import timezone

from campaigns.models import (
    Campaign,
    CampaignUnit,
    CheckRound,
    CriteriaSet,
    Participant,
    Placement,
    Pledge,
    PledgeDraft,
    PledgeItem,
    PledgeSetup,
    Programme,
)
from members.models import Account, Member, PartyUnit
from members.policy import Role
from tests.e2e.conftest import Site
from tests.factories import (
    AccountFactory,
    CheckRoundFactory,
    CriteriaSetFactory,
    CriterionFactory,
    MeetingFactory,
    MeetingTaskFactory,
    PledgeAnswerFactory,
    PledgeCheckFactory,
    PledgeDraftFactory,
    PledgeFactory,
    PledgeItemFactory,
    PledgeTextFactory,
    PostFactory,
    ProgrammeFactory,
    ProgrammeItemFactory,
)

CELL = "X1"
State = Participant.Pledge
LONG = "Đọc đủ các văn bản của đợt và góp ý dự thảo nghị quyết của chi bộ"
CONTENT = {
    "answers": {"ideology": f"{LONG}.\nNói đi đôi với làm."},
    "items": [
        {
            "section": "duty",
            "measure": "NUMBER",
            "source": "",
            "text": LONG,
            "goal": "12",
            "unit_of_measure": "kỳ",
            "due_on": "31/12/2024",
            "evidence": "Biên bản sinh hoạt chi bộ",
        }
    ],
}


def unit(site: Site) -> CampaignUnit:
    return CampaignUnit.objects.get(
        campaign=site.campaign, live_unit=PartyUnit.objects.get(code=CELL)
    )


def people(site: Site) -> list[Participant]:
    placed = Placement.objects.open().filter(unit=unit(site))
    found = Participant.objects.filter(pk__in=placed.values("participant"))
    return list(found.order_by("sort_key", "pk"))


def of_person(participant: Participant) -> Account:
    """The account of somebody who takes part."""
    found = Account.objects.filter(member=participant.member_id).first()
    member = Member.objects.get(pk=participant.member_id)
    return found or AccountFactory(member=member, display_name=member.full_name)


def secretary(site: Site) -> Account:
    """The secretary of the cell, who is none of its pledges' authors."""
    post = PostFactory(unit=PartyUnit.objects.get(code=CELL), role=Role.SECRETARY)
    return post.account


def in_state(site: Site, state: str, *, on_behalf: bool = False) -> Participant:
    """The first of the cell with a pledge in this state, with all that belongs to it."""
    person = people(site)[0]
    Pledge.objects.filter(participant=person).delete()
    PledgeDraft.objects.filter(participant=person).delete()
    Participant.objects.filter(pk=person.pk).update(pledge_state=state)
    person.refresh_from_db()
    if state == State.NONE:
        return person
    signed = {"signed_on": date(2024, 1, 9)} if on_behalf else {}
    pledge = PledgeFactory(participant=person, **signed)
    if state != State.CONFIRMED:
        PledgeDraftFactory(
            participant=person,
            content=CONTENT,
            is_on_behalf=on_behalf,
            saved_at=timezone.now(),
        )
    if state != State.DRAFT:
        text = PledgeTextFactory(pledge=pledge, answers=CONTENT["answers"])
        items = [
            PledgeItemFactory(sent=text, text=LONG, due_on=date(2024, 12, 31)),
            PledgeItemFactory(
                sent=text, section="ideology", progress="BEHIND", position=2
            ),
        ]
        if state == State.RETURNED:
            PledgeAnswerFactory(text=text, is_confirmation=False, remark="Ghi rõ mức.")
        if state == State.CONFIRMED:
            PledgeAnswerFactory(text=text)
            PledgeCheckFactory(item=items[1])
            PledgeCheckFactory(
                item=items[0],
                is_own_report=True,
                state="DONE",
                evidence="Biên bản số 3",
            )
    return person


def written(site: Site, state: str = State.DRAFT) -> Participant:
    """Somebody who writes, with everything offered beside."""
    published(site)
    Programme.objects.all().delete()
    programme = ProgrammeFactory(
        unit=unit(site), state="ADOPTED", adopted_on=date(2024, 1, 15)
    )
    ProgrammeItemFactory(programme=programme)
    person = in_state(site, state)
    meeting = MeetingFactory(unit=unit(site), state="HELD")
    MeetingTaskFactory(meeting=meeting, participant=person)
    return person


def published(site: Site) -> CriteriaSet:
    CriteriaSet.objects.all().delete()
    made = CriteriaSetFactory(
        unit=unit(site),
        state="PUBLISHED",
        published_at=timezone.now(),
        document="QĐ 12-QĐ/ĐU, ngày 05/01/2024",
    )
    CriterionFactory(criteria=made, occupation="Giáo viên")
    return made


def being_written(site: Site, state: str = "DRAFT", *, rows: int = 2) -> CriteriaSet:
    CriteriaSet.objects.all().delete()
    remark = "Thêm tiêu chí cho người nghỉ hưu." if state == "RETURNED" else ""
    made = CriteriaSetFactory(unit=unit(site), state=state, remark=remark)
    for _number in range(rows):
        CriterionFactory(criteria=made)
    return made


def of_cell(site: Site, name: str) -> str:
    return site.address(f"pledges:{name}", site.campaign.pk, unit(site).live_unit_id)


def on_paper(site: Site) -> Participant:
    Campaign.objects.filter(pk=site.campaign.pk).update(mode="RESULTS_ONLY")
    person = in_state(site, State.SENT)
    Pledge.objects.filter(participant=person).update(received_on=date(2024, 1, 9))
    return person


def checked(site: Site) -> str:
    in_state(site, State.CONFIRMED)
    CheckRound.objects.all().delete()
    CheckRoundFactory(unit=unit(site))
    return of_cell(site, "check_list")


def item(site: Site) -> PledgeItem:
    person = in_state(site, State.CONFIRMED)
    return PledgeItem.objects.filter(sent__pledge__participant=person).first()


def person_page(name: str, state: str, **kind: bool) -> Callable[[Site], str]:
    def address(site: Site) -> str:
        person = in_state(site, state, **kind)
        return site.address(f"pledges:{name}", person.pk)

    return address


# Who looks: the author, the secretary of the cell, or the clerk of the district.
AUTHOR: dict[str, Callable[[Site], str]] = {
    "own pledges, none begun": lambda site: (
        in_state(site, State.NONE), site.address("pledges:pledge_own")
    )[1],
    "own pledge, returned": lambda site: (
        in_state(site, State.RETURNED), site.address("pledges:pledge_own")
    )[1],
    "own pledge, typed on behalf": lambda site: (
        in_state(site, State.SENT, on_behalf=True),
        site.address("pledges:pledge_own"),
    )[1],
    "pledge to be begun": person_page("pledge_begin", State.NONE),
    "pledge being written": lambda site: site.address(
        "pledges:pledge_write", written(site).pk
    ),
    "pledge to be completed": lambda site: site.address(
        "pledges:pledge_write", written(site, State.RETURNED).pk
    ),
    "pledge read over": person_page("pledge_send", State.DRAFT),
    "pledge that was sent": person_page("pledge_detail", State.SENT),
    "own pledge, confirmed": person_page("pledge_detail", State.CONFIRMED),
    "what was typed on behalf": person_page(
        "pledge_acknowledge", State.SENT, on_behalf=True
    ),
    "progress to be reported": lambda site: site.address(
        "pledges:item_report", item(site).pk
    ),
    "manifestations": lambda site: site.address("pledges:manifestations"),
}  # fmt: skip
SECRETARY: dict[str, Callable[[Site], str]] = {
    "pledges that one keeps": lambda site: site.address("pledges:pledge_own"),
    "pledges of a cell": lambda site: (
        in_state(site, State.SENT), of_cell(site, "unit_pledges")
    )[1],
    "pledge to be answered": person_page("pledge_detail", State.SENT),
    "pledge to be confirmed": person_page("pledge_confirm", State.SENT),
    "pledge to be returned": person_page("pledge_return", State.SENT),
    "pledge typed on behalf": person_page("pledge_begin", State.NONE),
    "signature on the print": person_page(
        "pledge_acknowledge", State.SENT, on_behalf=True
    ),
    "checks of a cell": checked,
    "check to be recorded": lambda site: of_cell(site, "check_round"),
    "item to be checked": lambda site: site.address("pledges:item_check", item(site).pk),
    "results of a pledge": person_page("pledge_results", State.CONFIRMED),
    "no criteria": lambda site: (
        CriteriaSet.objects.all().delete(), of_cell(site, "criteria_list")
    )[1],
    "criteria being written": lambda site: (
        being_written(site, "RETURNED"), of_cell(site, "criteria_list")
    )[1],
    "criterion to be added": lambda site: of_cell(site, "criterion_add"),
    "criteria to be sent": lambda site: (
        being_written(site), of_cell(site, "criteria_send")
    )[1],
    "pledges on paper": lambda site: (on_paper(site), of_cell(site, "unit_pledges"))[1],
    "paper to be recorded": lambda site: site.address(
        "pledges:pledge_paper", on_paper(site).pk
    ),
}  # fmt: skip
CLERK: dict[str, Callable[[Site], str]] = {
    "pledges of a campaign": lambda site: site.address(
        "pledges:pledge_setup", site.campaign.pk
    ),
    "criteria that wait": lambda site: (
        being_written(site, "SENT"), of_cell(site, "criteria_list")
    )[1],
    "criteria to be published": lambda site: (
        being_written(site, "SENT"), of_cell(site, "criteria_publish")
    )[1],
    "criteria to be returned": lambda site: (
        being_written(site, "SENT"), of_cell(site, "criteria_return")
    )[1],
}  # fmt: skip
PLEDGES = AUTHOR | SECRETARY | CLERK


def viewer(state: str, site: Site) -> Account:
    """Whoever looks at a state."""
    PledgeSetup.objects.all().delete()
    Campaign.objects.filter(pk=site.campaign.pk).update(mode="FULL_TEXT")
    if state in AUTHOR:
        return of_person(people(site)[0])
    return secretary(site) if state in SECRETARY else site.clerk

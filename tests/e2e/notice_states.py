"""Notices of levels and requests to look again in every state."""

from collections.abc import Callable
from datetime import date

from django.utils import timezone

from campaigns.models import Campaign, CampaignUnit, Participant
from members.models import Account
from members.policy import Role
from reviews.models import Decision, LevelNotice, LevelRequest, LevelRevision
from tests.e2e.conftest import Site
from tests.e2e.file_states import above, decided
from tests.e2e.pledge_states import of_person, people, secretary, unit
from tests.factories import (
    DecisionFactory,
    LevelNoticeFactory,
    LevelRequestFactory,
    LevelRevisionFactory,
    PostFactory,
)

TEXT = (
    "Tôi được giao thêm việc số hóa hồ sơ từ tháng 6 và đã hoàn thành trước hạn.\n"
    "Đề nghị cấp ủy xem xét lại mức xếp loại."
)
Result = tuple[Participant, Decision]


def notified(site: Site) -> Result:
    """Somebody who was given the notice of a decision."""
    for model in (LevelRevision, LevelRequest, LevelNotice):
        model.objects.all().delete()
    Campaign.objects.update(mode="FULL_TEXT")
    decision, person = decided(site), people(site)[0]
    LevelNoticeFactory(
        decision=decision, participant=person, given_on=timezone.localdate(),
        recorded_at=timezone.now(),
    )  # fmt: skip
    return person, decision


def top(site: Site) -> CampaignUnit:
    """The unit above the one that decided."""
    return CampaignUnit.objects.select_related("live_unit").get(
        pk=above(site).parent_id
    )


def asked(site: Site, state: str) -> LevelRequest:
    person, decision = notified(site)
    is_received = state != "SENT"
    request = LevelRequestFactory(
        participant=person, decision=decision, goes_to=top(site), text=TEXT,
        state=state, received_at=timezone.now() if is_received else None,
    )  # fmt: skip
    LevelNotice.objects.update(asked_again=is_received)
    if state in ("KEPT", "CHANGED"):
        level = "GOOD" if state == "KEPT" else "EXCELLENT"
        LevelRevisionFactory(
            participant=person, request=request, previous_level="GOOD", level=level,
            decision=DecisionFactory(unit=top(site), on=date(2024, 12, 20)),
            note="Đã đối chiếu hồ sơ và sản phẩm.",
        )  # fmt: skip
    return request


def own(name: str, state: str | None = None) -> Callable[[Site], str]:
    """A page of the person; of a request in a state, or before there is one."""

    def address(site: Site) -> str:
        if state:
            request = asked(site, state)
            result = (request.participant, request.decision)
        else:
            result = notified(site)
        return site.address(f"reviews:{name}", *(each.pk for each in result))

    return address


def answer_of(state: str) -> Callable[[Site], str]:
    """The notice of what came of a request."""

    def address(site: Site) -> str:
        asked(site, state)
        revision = LevelRevision.objects.get()
        return site.address(
            "reviews:notice_detail", revision.participant_id, revision.decision_id
        )

    return address


def not_given(site: Site) -> str:
    person, decision = notified(site)
    LevelNotice.objects.all().delete()
    return site.address("reviews:notice_detail", person.pk, decision.pk)


def of_cell(site: Site, state: str | None) -> str:
    if state:
        asked(site, state)
    else:
        notified(site)
    cell = unit(site)
    return site.address("reviews:notice_list", site.campaign.pk, cell.live_unit_id)


def of_committee(name: str, state: str | None = "SENT") -> Callable[[Site], str]:
    def address(site: Site) -> str:
        if state:
            asked(site, state)
        else:
            notified(site)
        return site.address(f"reviews:{name}", site.campaign.pk, top(site).live_unit_id)

    return address


def of_request(name: str, state: str) -> Callable[[Site], str]:
    return lambda site: site.address(f"reviews:{name}", asked(site, state).pk)


def revision_read(site: Site) -> str:
    asked(site, "CHANGED")
    decision = LevelRevision.objects.get().decision_id
    return site.address("reviews:decision_detail", decision)


THE_PERSON: dict[str, Callable[[Site], str]] = {
    "notice that is not read": not_given,
    "notice that is read": own("notice_detail"),
    "another look to be asked for": own("request_add"),
    "another look that was asked for": own("notice_detail", "SENT"),
    "another look that was answered": own("notice_detail", "KEPT"),
    "notice of another level": answer_of("CHANGED"),
}
CELL: dict[str, Callable[[Site], str]] = {
    "notices to be handed over": lambda site: of_cell(site, None),
    "notices with a request above": lambda site: of_cell(site, "RECEIVED"),
}
COMMITTEE: dict[str, Callable[[Site], str]] = {
    "no request": of_committee("request_list", None),
    "requests that wait": of_committee("request_list"),
    "request on paper": of_committee("request_paper", None),
    "somebody to be rated anew": of_committee("level_reopen", None),
    "request that came": of_request("request_detail", "SENT"),
    "request to be received": of_request("request_receive", "SENT"),
    "request to be answered": of_request("request_answer", "RECEIVED"),
    "request that was answered": of_request("request_detail", "CHANGED"),
    "decision after another look": revision_read,
}
NOTICES = THE_PERSON | CELL | COMMITTEE


def viewer(state: str, site: Site) -> Account:
    """Whoever looks at a state."""
    if state in CELL:
        return secretary(site)
    if state in THE_PERSON:
        return of_person(people(site)[0])
    return PostFactory(unit=top(site).live_unit, role=Role.SECRETARY).account

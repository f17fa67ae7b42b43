"""The pages of reminders, and of the e-mail address, in every state."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from django.utils.http import urlencode

from campaigns.models import (
    Campaign,
    CampaignUnit,
    Digest,
    Participant,
    Phase,
    Placement,
    Reminder,
)
from campaigns.services.tallies import changing
from campaigns.steps import Step
from members.models import Account
from members.services import email_addresses
from tests.e2e.board_states import board_in_the_year, cell_secretary
from tests.e2e.conftest import Site
from tests.e2e.rows import somebody
from tests.e2e.todo_states import the_member
from tests.factories import AccountFactory

EMAIL = "dong.chi@example.vn"


def _cell(site: Site) -> CampaignUnit:
    return CampaignUnit.objects.get(campaign=site.campaign, code="X1")


def _in_the_year(site: Site) -> None:
    board_in_the_year(site)
    Campaign.objects.filter(pk=site.campaign.pk).update(state="OPEN")
    Reminder.objects.all().delete()
    Digest.objects.all().delete()
    Phase.objects.filter(campaign=site.campaign).delete()
    today = timezone.localdate()
    Phase.objects.create(
        campaign=site.campaign,
        step=Step.PLEDGE,
        from_on=today - timedelta(days=20),
        until_on=today + timedelta(days=8),
    )
    people = _people(site)
    with changing([_cell(site).pk]):
        Participant.objects.filter(pk__in=people).update(pledge_state="NONE")
    member = Participant.objects.get(pk=people[0]).member
    account = Account.objects.filter(member=member).first()
    account = account or AccountFactory(member=member)
    account.email, account.email_confirmed_at = EMAIL, timezone.now()
    account.save()


def _people(site: Site) -> list[int]:
    placed = Placement.objects.open().filter(unit=_cell(site)).order_by("pk")
    return list(placed.values_list("participant", flat=True))


def of_cell(name: str, *, reminded: bool = False) -> Callable[[Site], str]:
    def address(site: Site) -> str:
        _in_the_year(site)
        if reminded:
            Reminder.objects.create(
                unit=_cell(site),
                matter="PLEDGE",
                to="PERSON",
                participant_id=_people(site)[0],
                on=timezone.localdate(),
            )
        live = _cell(site).live_unit_id
        return site.address(f"reminders:{name}", site.campaign.pk, live)

    return address


def all_sent(site: Site) -> str:
    _in_the_year(site)
    with changing([_cell(site).pk]):
        Participant.objects.filter(pk__in=_people(site)).update(pledge_state="SENT")
    live = _cell(site).live_unit_id
    return site.address("reminders:people_remind", site.campaign.pk, live)


def of_district(site: Site) -> str:
    _in_the_year(site)
    root = CampaignUnit.objects.get(campaign=site.campaign, parent=None)
    return site.address("reminders:cells_remind", site.campaign.pk, root.live_unit_id)


def told(site: Site) -> str:
    """Reminders of every kind and end, of somebody with an address."""
    _in_the_year(site)
    account, now = the_member(site), timezone.now()
    person = Participant.objects.get(campaign=site.campaign, member=somebody())
    digest = Digest.objects.create(account=account, on=now, begun_at=now)
    for day, (state, more) in enumerate(
        (
            ("PLANNED", {"days": None}),
            ("SENT", {"days": -3, "digest": digest}),
            ("LISTED", {"days": 0}),
            ("DONE", {"days": 2}),
            ("LAPSED", {"days": -7}),
        )
    ):
        Reminder.objects.create(
            unit=_cell(site),
            matter="PLEDGE",
            to="PERSON",
            participant=person,
            on=timezone.localdate() - timedelta(days=day),
            last_day=timezone.localdate() + timedelta(days=7),
            state=state,
            settled_at=None if state == "PLANNED" else now,
            **more,
        )
    return site.address("own_reminders")


def entered(site: Site, *, is_confirmed: bool) -> str:
    Account.objects.filter(pk=site.clerk.pk).update(
        email=EMAIL, email_confirmed_at=timezone.now() if is_confirmed else None
    )
    return site.address("members:email_edit")


def link(site: Site) -> str:
    entered(site, is_confirmed=False)
    proof = email_addresses._signer.sign_object([site.clerk.pk, EMAIL])
    return f"{site.address('members:email_confirm')}?{urlencode({'proof': proof})}"


REMINDERS: dict[str, Callable[[Site], str]] = {
    "nothing to be reminded of": lambda site: site.address("own_reminders"),
    "why one is reminded": told,
    "people to be reminded": of_cell("people_remind", reminded=True),
    "nobody to be reminded": all_sent,
    "list of reminders to be printed": of_cell("paper_list"),
    "cells to be reminded": of_district,
    "no e-mail address": lambda site: site.address("members:email_edit"),
    "e-mail address to be confirmed": lambda site: entered(site, is_confirmed=False),
    "e-mail address that counts": lambda site: entered(site, is_confirmed=True),
    "link of an e-mail address": link,
}
LOOKING_AT_REMINDERS = {
    "why one is reminded": the_member,
    "people to be reminded": cell_secretary,
    "nobody to be reminded": cell_secretary,
    "list of reminders to be printed": cell_secretary,
}

"""A cell that writes pledges in a browser, and what its pages keep of them."""

import pytest
from playwright.sync_api import Page, expect

from campaigns.models import (
    Campaign,
    Participant,
    Placement,
    PledgeDraft,
    PledgeSetup,
)
from members.models import Account, PartyUnit
from tests.e2e import conftest
from tests.factories import AccountFactory

SAVED, KEPT = "Đã lưu lúc", "Chưa gửi lên máy chủ, đang giữ trên máy này"
NOT_KEPT = "máy này không giữ được"
FIRST = "Dự sinh hoạt chi bộ đủ và đúng giờ."
SECOND = "Nói đi đôi với làm."
THIRD = "Viết khi mất sóng lần thứ hai."


@pytest.fixture(autouse=True)
def line_may_break(monkeypatch):
    """Chromium writes into its console that a line is gone; here it is asked for."""
    gone = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "status of 404")
    monkeypatch.setattr(
        conftest, "EXPECTED_COMPLAINTS", (*conftest.EXPECTED_COMPLAINTS, *gone)
    )


@pytest.fixture
def cell(site) -> PartyUnit:
    Campaign.objects.filter(pk=site.campaign.pk).update(mode="FULL_TEXT", state="OPEN")
    PledgeSetup.objects.create(campaign=site.campaign, needs_criteria=False)
    return PartyUnit.objects.get(code="X1")


def someone(site, cell) -> tuple[Participant, Account]:
    placed = Placement.objects.open().filter(unit__live_unit=cell)
    person = Participant.objects.filter(pk__in=placed.values("participant")).first()
    return person, AccountFactory(member=person.member)


def state(page: Page):
    return page.locator("[data-draft-state]")


def ready(page: Page) -> None:
    """The script runs, and has its key."""
    expect(page.locator("form[data-ready]")).to_be_attached()


def has(page: Page, text: str) -> None:
    """The server has this, and the page says so."""
    for _ in range(150):
        if PledgeDraft.objects.get().content["answers"] == {"ideology": text}:
            break
        page.wait_for_timeout(200)
    assert PledgeDraft.objects.get().content["answers"] == {"ideology": text}
    expect(state(page)).to_contain_text(SAVED)


def kept_on_device(page: Page) -> list[str]:
    return page.evaluate(
        "Object.keys(localStorage).filter(name => name.startsWith('draft:'))"
    )


def ideology(page: Page):
    return page.get_by_label("Nội dung cam kết về tư tưởng chính trị")

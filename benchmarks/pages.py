"""Pages that have a limit in seconds: a board of many cells, opening a campaign.

Asked by the whole site, as the role that answers pages; the ratio is to the limit.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from statistics import median

from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from benchmarks import databases
from benchmarks.importing import order_for
from benchmarks.listing import as_the_site, restricted
from benchmarks.measuring import Row, timed
from benchmarks.province import RULE_SET, YEAR, flat
from campaigns.models import Campaign, CampaignUnit, Participant
from members.models import Account, Post
from members.policy import Role
from reports.queries.boards import board_url
from reviews.services.importing import import_results

CELLS, PEOPLE = 250, 5_000
BOARD_SECONDS, BOARD_BYTES = 0.3, 100_000
OPENING_SECONDS = 1.0
CODE = "benchmark-flat"


@dataclass(frozen=True, slots=True)
class _Office:
    """Who asks for the pages, and of what."""

    client: Client
    root: CampaignUnit


def measure(*, rounds: int) -> Iterator[Row]:
    """Make a committee of 250 cells, and get its pages as its clerk does."""
    import_results(flat(PEOPLE, cells=CELLS, code="F"), order_for(CODE))
    Campaign.objects.filter(code=CODE).update(
        state="OPEN", opened_at=timezone.now(), closed_at=None
    )
    databases.tidy()
    root = CampaignUnit.objects.select_related("live_unit").get(
        campaign__code=CODE, parent=None
    )
    clerk = Account.objects.create_user("benchmark-office", "", display_name="-")
    Post.objects.create(
        account=clerk, unit=root.live_unit, role=Role.CLERK, from_on=date(2025, 1, 1)
    )
    client = Client()
    client.force_login(clerk)
    office = _Office(client, root)
    with as_the_site():
        yield from _board_rows(office, rounds=rounds)
        yield _opening_row(office, rounds=rounds)


def _board_rows(office: _Office, *, rounds: int) -> Iterator[Row]:
    root = office.root
    address = board_url(root.campaign_id, root.live_unit_id)
    page = _got(office, address)
    assert page.count(b"<tr>") > CELLS, "the board lacks cells"
    seconds = [timed(lambda: _got(office, address))[0] for _round in range(rounds)]
    people = Participant.objects.filter(campaign=root.campaign_id).count()
    name = f"board of {CELLS} cells, {people:,} people"
    yield Row(
        name=f"{name} / {BOARD_SECONDS} s",
        ratio=median(seconds) / BOARD_SECONDS,
        goal=1,
        detail=f"{median(seconds):.3f} s ({min(seconds):.3f}–{max(seconds):.3f})",
    )
    yield Row(
        name=f"{name} / {BOARD_BYTES // 1000} kB",
        ratio=len(page) / BOARD_BYTES,
        goal=1,
        detail=f"{len(page) / 1000:.1f} kB",
    )


def _opening_row(office: _Office, *, rounds: int) -> Row:
    """Open a campaign of the next year by its page, each time taken back."""
    draft = Campaign.objects.create(
        code=f"{CODE}-next",
        name="-",
        year=YEAR + 1,
        root_unit=office.root.live_unit,
        rule_set_code=RULE_SET,
    )
    address = reverse("plans:campaign_open", args=[draft.pk])
    looking = [timed(lambda: _got(office, address))[0] for _round in range(rounds)]
    opening = [_opened(office, draft, address) for _round in range(rounds)]
    slowest = max(median(looking), median(opening))
    return Row(
        name=f"opening a campaign for {PEOPLE:,} people, the slower request / "
        f"{OPENING_SECONDS:.0f} s",
        ratio=slowest / OPENING_SECONDS,
        goal=1,
        detail=f"preview {median(looking):.3f} s, opening {median(opening):.3f} s",
    )


def _opened(office: _Office, draft: Campaign, address: str) -> float:
    with transaction.atomic():
        with restricted():
            seconds, answer = timed(
                lambda: office.client.post(
                    address, {"version": draft.version}, secure=True
                )
            )
        assert answer.status_code == 302, answer.status_code
        placed = Participant.objects.filter(campaign=draft).count()
        assert placed == PEOPLE, placed
        transaction.set_rollback(True)
    return seconds


def _got(office: _Office, address: str) -> bytes:
    with restricted():
        answer = office.client.get(address, secure=True)
    assert answer.status_code == 200, answer.status_code
    return bytes(answer.content)

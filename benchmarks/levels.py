"""A committee decides on the levels of a whole commune by one form.

Asked by the whole site, as the role that answers pages; the ratio is to the limit.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from statistics import median

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from benchmarks import databases
from benchmarks.importing import order_for
from benchmarks.listing import as_the_site, restricted
from benchmarks.measuring import Row, timed
from benchmarks.province import flat
from campaigns.models import Campaign, CampaignUnit, Participant, Placement
from campaigns.services.tallies import recount_campaign
from members.http import CONFIRMED_AT
from members.models import Account, Event, Post
from members.policy import Role
from reviews.models import Proposal, UnitFile
from reviews.services.importing import import_results

CELLS, PEOPLE, SECONDS = 20, 400, 2.0
CODE = "benchmark-levels"
ONE_IN = 10  # of the people is proposed for the best level


def measure(*, rounds: int) -> Iterator[Row]:
    """Let twenty cells send their files up, and decide on all of them, taken back."""
    committee = _commune()
    files = _files(committee)
    client = _committee_client(committee)
    address = reverse(
        "reviews:decision_add", args=[committee.campaign_id, committee.live_unit_id]
    )
    databases.tidy()
    with as_the_site():
        done = [_decided(client, address, files) for _round in range(rounds)]
    seconds, queries = [each for each, _count in done], {count for _each, count in done}
    yield Row(
        name=f"decision on {PEOPLE} people of {CELLS} cells / {SECONDS:.0f} s",
        ratio=median(seconds) / SECONDS,
        goal=1,
        detail=f"{median(seconds):.3f} s ({min(seconds):.3f}–{max(seconds):.3f}), "
        f"{'/'.join(map(str, sorted(queries)))} queries",
    )


def _commune() -> CampaignUnit:
    """Return a committee in a running campaign in which nobody has a level yet."""
    world = flat(
        PEOPLE, cells=CELLS, code="L", above="GRASSROOTS_COMMITTEE", below="CELL"
    )
    campaign = import_results(world, order_for(CODE)).campaign
    Participant.objects.filter(campaign=campaign).update(
        status=Participant.Status.NOT_REVIEWED, level="", reason="", decided_by=None
    )
    Campaign.objects.filter(pk=campaign.pk).update(
        state="OPEN", opened_at=timezone.now(), closed_at=None, only_imported=False
    )
    recount_campaign(campaign)
    units = CampaignUnit.objects.select_related("live_unit")
    return units.get(campaign=campaign, parent=None)


def _files(committee: CampaignUnit) -> list[UnitFile]:
    now = timezone.now()
    files = UnitFile.objects.bulk_create(
        UnitFile(
            unit=cell,
            number=1,
            goes_to=committee,
            state=UnitFile.State.RECEIVED,
            minutes="BB 1",
            minutes_on=date(2025, 12, 1),
            sent_at=now,
            answered_at=now,
        )
        for cell in CampaignUnit.objects.filter(parent=committee).order_by("path")
    )
    file_of = {each.unit_id: each for each in files}
    placed = Placement.objects.open().filter(unit__in=list(file_of)).order_by("pk")
    Proposal.objects.bulk_create(
        Proposal(
            file=file_of[unit],
            participant_id=person,
            level="GOOD" if at % ONE_IN else "EXCELLENT",
        )
        for at, (unit, person) in enumerate(placed.values_list("unit", "participant"))
    )
    return files


def _committee_client(committee: CampaignUnit) -> Client:
    account = Account.objects.create_user("benchmark-committee", "", display_name="-")
    Post.objects.create(
        account=account,
        unit=committee.live_unit,
        role=Role.SECRETARY,
        from_on=date(2025, 1, 1),
    )
    client = Client()
    client.force_login(account)
    session = client.session
    session[CONFIRMED_AT] = timezone.now().timestamp()  # the password was just typed
    session.save()
    return client


def _decided(client: Client, address: str, files: list[UnitFile]) -> tuple[float, int]:
    """Send the form once, and take back what it did; return seconds and queries."""
    day = f"{timezone.localdate() - timedelta(days=1):%d/%m/%Y}"
    typed = {
        "document": "12-QĐ/ĐU",
        "on": day,
        "minutes": "BB 20",
        "minutes_on": day,
        "present": "13",
        "votes_for": "13",
        "votes_against": "0",
        "signed_by": "-",
        "files": [f"{file.pk}:{file.version}" for file in files],
    }
    with transaction.atomic():
        before = Event.objects.count()
        with restricted(), CaptureQueriesContext(connection) as queries:
            seconds, answer = timed(lambda: client.post(address, typed, secure=True))
        assert answer.status_code == 302, answer.content.decode()[:2000]
        told = Event.objects.count() - before
        assert told >= PEOPLE, told
        transaction.set_rollback(True)
    return seconds, len(queries)

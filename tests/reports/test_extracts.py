"""The extract that an organisation department gets about one person, for a reason."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Participant
from members import queries as registry
from members.models import Letterhead, Membership, ReasonedReading
from members.policy import Role
from members.row_security import asked_by
from reports.documents.extracts import ExtractPaper, extract_printout
from reports.documents.printout_html import to_html
from reports.queries.extracts import extract_of
from tests.clients import english_client_of
from tests.factories import (
    AccountFactory,
    CampaignFactory,
    CampaignUnitFactory,
    DecisionFactory,
    DecisionLineFactory,
    DistrictFactory,
    MemberFactory,
    ParticipantFactory,
    PlacementFactory,
    PostFactory,
    RemediationItemFactory,
    RemediationPlanFactory,
)
from tests.reports.reading_worlds import OWN, acts
from tests.restricted import restricted
from tests.reviews.level_worlds import cell, someone

__all__ = ["cell"]
pytestmark = pytest.mark.django_db
ADD = reverse("extract_add")
REASON = "Xem xét quy hoạch"


@pytest.fixture
def person(cell):
    """Somebody of the cell on whom the committee decided, with a plan of remediation."""
    member = MemberFactory(code="DV1", full_name="Lê Chi", cell=cell.live_unit)
    someone(
        cell, member=member, status="ASSESSED", level="GOOD", decided_by=cell.parent
    )
    plan = RemediationPlanFactory(unit=None, member=member, state="GIVEN")
    RemediationItemFactory(
        plan=plan, source="CONCLUDED", document="Số 5-KL/UBKT",
        document_on="2024-03-01", shortcoming="Chậm nộp báo cáo",
    )  # fmt: skip
    RemediationItemFactory(plan=plan, source="OWN", shortcoming="Ngại góp ý")
    return member


@pytest.fixture
def department(cell, person):
    return PostFactory(unit=cell.parent.live_unit, role=Role.ORGANISATION_DEPARTMENT)


def actor_of(held):
    return registry.actor_for(held.account)


def person_in(cell, member):
    return Participant.objects.get(campaign=cell.campaign, member=member)


def elsewhere(member, year, level, **columns):
    """A level of another year, that a file brought, where nobody here reaches."""
    unit = CampaignUnitFactory(campaign=CampaignFactory(year=year))
    other = ParticipantFactory(
        campaign=unit.campaign, member=member, status="ASSESSED", level=level,
        is_imported=True, **columns,
    )  # fmt: skip
    PlacementFactory(unit=unit, participant=other)


def person_moves(member):
    away = DistrictFactory()
    Membership.objects.filter(member=member).update(unit=away)


def ask(held, *, follow=True, **changes):
    typed = {"post": held.pk, "code": "dv1", "reason": REASON} | changes
    return english_client_of(held.account).post(ADD, typed, follow=follow)


def test_a_department_writes_why_then_reads_and_the_person_sees_it(
    department, cell, person
):
    page = ask(department)

    extract = page.context["extract"]
    ((level,), (item,)) = extract.levels, extract.items
    assert (level.year, level.level, level.where, level.decided_by) == (
        cell.campaign.year, "Tasks completed well", cell.name, cell.parent.name,
    )  # fmt: skip
    assert item.item.shortcoming == "Chậm nộp báo cáo"
    assert extract.others == [("being put right", 1)]
    said = page.content.decode()
    assert "Chậm nộp báo cáo" in said
    assert "Ngại góp ý" not in said  # what one names oneself is counted, and not read
    assert acts() == ["readings.asked", "readings.opened"]
    own = english_client_of(AccountFactory(member=person))
    (row,) = own.get(OWN).context["readings"]
    assert (row.reason, row.by) == (REASON, str(department.account))


@pytest.mark.parametrize(
    ("changes", "refused"),
    [({"reason": ""}, "reason"), ({"code": ""}, "code"), ({"code": "DV9"}, "code")],
)
def test_nothing_is_shown_without_reason_or_to_who_guesses(
    department, changes, refused
):
    answer = ask(department, **changes)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [refused])
    assert "Lê Chi" not in answer.text
    assert not ReasonedReading.objects.exists()


def test_only_those_on_whom_the_committee_decides_are_found(department, cell):
    other = MemberFactory(code="DV2", cell=cell.live_unit)
    someone(cell, member=other)

    assert list(ask(department, code="DV2").context["form"].errors) == ["code"]


def test_a_committee_and_a_department_beside_get_none(department, cell):
    for unit, role in (
        (cell.parent.live_unit, Role.SECRETARY),
        (cell.live_unit, Role.SECRETARY),
    ):
        held = PostFactory(unit=unit, role=role)
        assert ask(held).status_code == 404
    above = PostFactory(
        unit=cell.parent.parent.live_unit, role=Role.ORGANISATION_DEPARTMENT
    )
    assert list(ask(above).context["form"].errors) == ["code"]


def test_one_reads_on_that_day_and_while_the_post_holds(department):
    ask(department)
    reading = ReasonedReading.objects.get()
    page = reverse("extract_detail", args=[reading.pk])
    client = english_client_of(department.account)

    with time_machine.travel(timezone.now() + timedelta(days=1)):
        late = english_client_of(department.account).get(page)
    assert late["Location"] == reverse("reports:reading_list")
    type(department).objects.filter(pk=department.pk).update(ended_at=timezone.now())
    assert client.get(page).status_code == 404


def test_another_account_does_not_open_it(department, cell):
    ask(department)
    second = PostFactory(unit=cell.parent.live_unit, role=Role.ORGANISATION_DEPARTMENT)
    reading = ReasonedReading.objects.get()

    for name, more in (("extract_detail", []), ("extract_print", ["pdf"])):
        page = reverse(name, args=[reading.pk, *more])
        assert english_client_of(second.account).get(page).status_code == 404


def test_the_paper_is_an_event_and_says_what_the_page_says(department, cell, person):
    ask(department)
    reading = ReasonedReading.objects.get()
    client = english_client_of(department.account)
    before = len(acts())

    for extension in ("pdf", "docx"):
        answer = client.get(reverse("extract_print", args=[reading.pk, extension]))
        assert answer.status_code == 200
        b"".join(answer.streaming_content)

    assert acts()[before:] == ["readings.opened", "readings.opened"]


def test_years_elsewhere_are_in_it_with_the_document_where_it_is_read(
    department, cell, person
):
    taking_part = person_in(cell, person)
    decision = DecisionFactory(unit=cell.parent, document="9-QĐ/ĐU")
    DecisionLineFactory(decision=decision, participant=taking_part)
    elsewhere(person, 2019, "NOT_COMPLETED", reason="OTHER")

    levels = ask(department).context["extract"].levels

    assert [(each.year, each.document) for each in levels] == [
        (cell.campaign.year, "9-QĐ/ĐU, 28/11/2024"),
        (2019, ""),
    ]
    assert levels[1].reason


def test_whoever_moved_away_keeps_the_plans_of_remediation(department, person):
    person_moves(person)

    extract = ask(department).context["extract"]

    assert (len(extract.levels), extract.items, extract.others) == (1, [], [])


def test_the_second_lock_shows_the_same(department, person):
    post = next(iter(actor_of(department).posts_for_extracts()))
    today = timezone.localdate()
    whole = extract_of(post, person, actor_of(department), today=today)

    with restricted(), asked_by(department.account_id):
        seen = extract_of(post, person, actor_of(department), today=today)

    assert seen == whole
    assert seen.items


def test_it_is_reached_from_the_file_by_name(department, cell, person):
    taking_part = person_in(cell, person)
    page = english_client_of(department.account).get(ADD, {"person": taking_part.pk})

    assert page.context["form"]["code"].value() == "DV1"


def test_nothing_is_said_twice_on_paper(department, person):
    page = ask(department)

    paper = ExtractPaper(
        language="vi", letterhead=Letterhead(superior="ĐẢNG BỘ A", issuer="ĐẢNG ỦY B"),
        name="Lê Chi", code="DV1", post="Ban tổ chức", reason=REASON,
        on=timezone.localdate(), extract=page.context["extract"],
    )  # fmt: skip
    said = to_html(extract_printout(paper))

    assert "TRÍCH LỤC" in said
    assert said.count("Chậm nộp báo cáo") == 1
    assert "[cần ghi]" in said  # the decision is not read here


def test_it_closes_when_the_committee_decides_on_the_person_no_more(
    department, cell, person
):
    ask(department)
    page = reverse("extract_detail", args=[ReasonedReading.objects.get().pk])
    client = english_client_of(department.account)
    assert client.get(page).status_code == 200

    Participant.objects.filter(member=person).update(
        status="NOT_REVIEWED", level="", decided_by=None
    )

    assert client.get(page).status_code == 404

"""Acts on what somebody else has changed since it was read: told, shown, gone on from."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.models import CriteriaSet, Criterion, PeakDay, Programme, ProgrammeItem
from campaigns.services import criteria
from tests.campaigns.work_worlds import browser_of, cell_at_work, typed_in
from tests.factories import (
    CriteriaSetFactory,
    CriterionFactory,
    PeakFactory,
    ProgrammeFactory,
    ProgrammeItemFactory,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 6, 1, 5, tzinfo=UTC)
FACTS = {
    "organisation": "", "occupation": "", "text": "Tiêu chí mới", "measure": "TEXT",
    "goal": "1", "unit_of_measure": "",
}  # fmt: skip


@pytest.fixture
def world():
    return cell_at_work()


def of_criteria(world, name):
    return reverse(f"pledges:{name}", args=[world.campaign.pk, world.cell.live_unit_id])


def test_criteria_that_grew_meanwhile_are_not_sent_unseen(world):
    written = CriterionFactory(criteria__unit=world.cell)
    client, address = browser_of(world.secretary), of_criteria(world, "criteria_send")
    typed = typed_in(client.get(address))
    criteria.add(unit=world.cell, facts=FACTS, actor=world.actor(), now=NOW)

    stale = client.post(address, typed)

    found = CriteriaSet.objects.get(pk=written.criteria_id)
    assert (stale.status_code, found.state) == (409, "DRAFT")
    assert "Tiêu chí mới" in stale.content.decode()
    assert client.post(address, typed_in(stale)).status_code == 302


@pytest.mark.parametrize(
    ("name", "answer", "after"),
    [
        ("criteria_publish", {"document": "QĐ 1"}, "PUBLISHED"),
        ("criteria_return", {"remark": "Ghi rõ mức"}, "RETURNED"),
    ],
)
def test_criteria_sent_anew_are_read_before_they_are_answered(
    world, name, answer, after
):
    kept = CriteriaSetFactory(unit=world.cell, state="SENT")
    CriterionFactory(criteria=kept, text="Tiêu chí cũ")
    client, address = browser_of(world.upper), of_criteria(world, name)
    page = client.get(address)
    assert "Tiêu chí cũ" in page.content.decode()
    typed = {**typed_in(page), **answer}
    Criterion.objects.update(text="Tiêu chí mới")
    CriteriaSet.objects.update(version=3)

    stale = client.post(address, typed)

    kept.refresh_from_db()
    assert (stale.status_code, kept.state) == (409, "SENT")
    assert "Tiêu chí mới" in stale.content.decode()
    assert client.post(address, {**typed_in(stale)}).status_code == 302
    kept.refresh_from_db()
    assert kept.state == after


def test_a_criterion_that_was_changed_meanwhile_is_not_taken_out_unseen(world):
    criterion = CriterionFactory(criteria__unit=world.cell)
    client = browser_of(world.secretary)
    address = reverse("pledges:criterion_remove", args=[criterion.pk])
    typed = typed_in(client.get(address))
    criteria.change(
        criterion=criterion, version=1, facts=FACTS, actor=world.actor(), now=NOW
    )

    stale = client.post(address, typed)

    assert (stale.status_code, Criterion.objects.count()) == (409, 1)
    assert "Tiêu chí mới" in stale.content.decode()
    assert client.post(address, typed_in(stale)).status_code == 302
    assert not Criterion.objects.exists()


def test_a_day_of_a_peak_that_another_set_is_shown_and_gone_on_from(world):
    today = timezone.localdate()
    peak = PeakFactory(
        campaign=world.campaign,
        from_on=today - timedelta(days=3),
        until_on=today + timedelta(days=3),
    )
    address = reverse(
        "plans:peak_day",
        args=[world.campaign.pk, peak.pk, world.cell.live_unit_id],
    )
    client, yesterday = browser_of(world.secretary), today - timedelta(days=1)
    typed = typed_in(client.get(address)) | {"on": f"{today:%d/%m/%Y}"}
    PeakDay.objects.create(
        peak=peak, unit=world.cell, on=yesterday, is_held=True, attendance=12, version=1
    )

    stale = client.post(address, typed)

    assert stale.status_code == 409
    assert [line[1:] for line in stale.context["both"]] == [
        (f"{yesterday:%d/%m/%Y}", f"{today:%d/%m/%Y}"),
        ("có", "không"),
        ("12", ""),
    ]
    again = {**typed, "version": stale.context["form"]["version"].value()}
    assert client.post(address, again).status_code == 302
    day = PeakDay.objects.get()
    assert (day.on, day.is_held, day.version) == (today, False, 2)


ADOPTED = {"state": "ADOPTED", "adopted_on": date(2024, 3, 5), "document": "NQ 1"}


def test_what_another_wrote_of_a_programme_stands_beside_ones_own(world):
    programme = ProgrammeFactory(unit=world.cell, application="Cũ")
    client = browser_of(world.secretary)
    address = reverse("work:programme_write", args=[programme.pk])
    typed = typed_in(client.get(address)) | {"application": "Của tôi"}
    Programme.objects.update(version=2, application="Của người khác")

    stale = client.post(address, typed)

    assert stale.status_code == 409
    assert [line[1:] for line in stale.context["both"]] == [
        ("Của người khác", "Của tôi")
    ]


def test_results_of_items_that_another_wrote_stand_beside_ones_own(world):
    programme = ProgrammeFactory(unit=world.cell, **ADOPTED)
    item = ProgrammeItemFactory(programme=programme)
    client = browser_of(world.secretary)
    address = reverse("work:programme_result", args=[programme.pk])
    mine = {"result": "Đạt", f"result_{item.pk}": "DONE", f"note_{item.pk}": "Đủ"}
    typed = typed_in(client.get(address)) | mine
    Programme.objects.update(version=2, result="Chưa đạt")
    ProgrammeItem.objects.update(result="NOT_DONE", result_note="Thiếu người")

    stale = client.post(address, typed)

    labels = dict(ProgrammeItem.Result.choices)
    assert stale.status_code == 409
    assert sorted(line[1:] for line in stale.context["both"]) == sorted(
        [
            ("Chưa đạt", "Đạt"),
            (str(labels["NOT_DONE"]), str(labels["DONE"])),
            ("Thiếu người", "Đủ"),
        ]
    )

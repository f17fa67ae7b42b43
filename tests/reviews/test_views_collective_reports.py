"""The pages of collective reports: written below, answered above, found from the work."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.models import CampaignBody
from members.policy import Role
from reports.documents.writers import CONTENT_TYPES
from reviews.models import (
    CollectiveReport,
    CollectiveReportAnswer,
    CollectiveReportDraft,
    CollectiveReportText,
    CollectiveSuggestion,
)
from reviews.queries.collective_suggestions import bodies_below
from tests.clients import waits_for
from tests.factories import (
    AccountFactory,
    CampaignBodyFactory,
    CollectiveReportTextFactory,
    CollectiveSuggestionFactory,
    PhaseFactory,
    PlacementFactory,
    PostFactory,
    ProgrammeFactory,
    ProgrammeItemFactory,
)
from tests.reviews.collective_report_worlds import body_of, report_of, written

pytestmark = pytest.mark.django_db
State = CampaignBody.Report
WHOLE = {
    "answer-shortcomings": "Họp muộn",
    "answer-level_collective": "GOOD",
    "answer-points.COMMON": "27",
    "answer-points.RESULTS": "60,5",
}


@pytest.fixture
def body():
    return body_of("qd366-2025")


def client_of(account) -> Client:
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def secretary(body) -> Client:
    live = body.unit.live_unit
    return client_of(PostFactory(unit=live, role=Role.SECRETARY).account)


@pytest.fixture
def committee(body) -> Client:
    live = body.unit.parent.live_unit
    return client_of(PostFactory(unit=live, role=Role.SECRETARY).account)


def address(name, body):
    return reverse(f"reviews:collective_report_{name}", args=[body.pk])


def of_unit(name, unit):
    return reverse(name, args=[unit.campaign_id, unit.live_unit_id])


def acted(client, path, **data):
    page = client.get(path)
    shown = {
        each.html_name: each.value()
        for each in page.context["form"]
        if each.value() is not None
    }
    return client.post(path, {"once": page.context["key"], **shown, **data})


def test_a_report_goes_from_the_work_of_the_cell_up_and_is_accepted(
    body, secretary, committee
):
    work = secretary.get(of_unit("work:unit_work", body.unit))
    listed = of_unit("unit_collective_reports", body.unit)
    assert listed in work.content.decode()
    assert address("detail", body) in secretary.get(listed).content.decode()
    assert secretary.get(address("detail", body)).context["may_begin"]

    begun = acted(secretary, address("begin", body))
    assert begun["Location"] == address("write", body)
    written = secretary.post(
        address("write", body), {"version": 1, **WHOLE, "do": "review"}
    )
    assert written["Location"].startswith(address("send", body))
    read = secretary.get(address("send", body))
    assert "87,5" in read.content.decode()
    went = acted(secretary, address("send", body))
    assert went["Location"] == address("detail", body)

    above = committee.get(of_unit("unit_collective_reports", body.unit.parent))
    assert above.context["waiting"] == body
    page = committee.get(address("detail", body))
    assert page.context["may_answer"]
    accepted = acted(committee, address("confirm", body))
    assert accepted["Location"] == address("detail", body)
    body.refresh_from_db()
    assert body.report_state == State.ACCEPTED
    assert CollectiveReportAnswer.objects.get().is_confirmation


def test_what_stands_beside_is_taken_over_below_what_is_written(body, secretary):
    written(body, form="collective-01-2025.1", tasks="Đã có")
    ProgrammeItemFactory(
        programme=ProgrammeFactory(unit=body.unit), text="Kết nạp", goal="2"
    )
    page = secretary.get(address("write", body))
    assert "Kết nạp" in page.content.decode()
    data = {"version": 1, "answer-tasks": "Đã có", "do": "take:tasks"}
    taken = secretary.post(address("write", body), data)

    assert taken["Location"].endswith("#answer-tasks")
    text = CollectiveReportDraft.objects.get().content["answers"]["tasks"]
    assert text.splitlines()[0] == "Đã có"
    assert text.splitlines()[1].startswith("Kết nạp (2")


def test_two_devices_see_both_versions(body, secretary):
    written(body, form="collective-01-2025.1")
    CollectiveReportDraft.objects.update(version=2)
    data = {"version": 1, "answer-unity": "khác", "do": "save"}
    both = secretary.post(address("write", body), data)
    assert both.status_code == 409
    assert "Giữ nguyên tắc" in both.content.decode()
    saved = secretary.post(address("save", body), data | {"version": 2})
    assert (saved.status_code, saved["Draft-Version"]) == (204, "3")


def test_it_is_returned_with_words_that_stand_above_the_form(
    body, secretary, committee
):
    written(body)
    CampaignBody.objects.filter(pk=body.pk).update(report_state=State.SENT)
    CollectiveReportTextFactory(collective_report=report_of(body))
    assert secretary.get(address("write", body)).status_code == 404
    acted(committee, address("return", body), remark="Nêu rõ trách nhiệm")

    page = secretary.get(address("write", body))
    assert "Nêu rõ trách nhiệm" in page.content.decode()
    assert CollectiveReportText.objects.count() == 1


def test_a_committee_suggests_and_judges_and_the_collective_reads_it(
    body, secretary, committee
):
    listed = of_unit("reviews:collective_suggestion_list", body.unit.parent)
    acted(
        committee, of_unit("reviews:collective_suggestion_add", body.unit.parent),
        person=str(body.pk), document="CV 14", on="01/11/2024", text="Làm rõ",
    )  # fmt: skip
    made = CollectiveSuggestion.objects.get()
    assert (made.body, made.issuer) == (body, body.unit.parent)
    assert "Làm rõ" in secretary.get(address("detail", body)).content.decode()
    CampaignBody.objects.filter(pk=body.pk).update(report_state=State.SENT)
    report = CollectiveReport.objects.create(body=body, form="collective-01-2025.1")
    CollectiveReportTextFactory(
        collective_report=report, answers={f"suggested.{made.pk}": "Do thay cấp ủy"}
    )
    assert "Do thay cấp ủy" in committee.get(listed).content.decode()
    path = reverse("reviews:collective_suggestion_judge", args=[made.pk])
    acted(committee, path, judgement="INSUFFICIENT", note="Chưa nêu trách nhiệm")
    page = secretary.get(address("detail", body))
    assert "Chưa nêu trách nhiệm" in page.content.decode()


def test_a_unit_suggests_to_those_below_and_the_root_to_itself_as_well(body):
    own = CampaignBodyFactory(unit=body.unit.parent)
    top = CampaignBodyFactory(unit=body.unit.parent.parent)
    assert bodies_below(body.unit.parent) == [body]
    assert bodies_below(top.unit) == [top, own, body]


def test_members_of_the_cell_read_what_was_sent_and_write_nothing(body):
    member = PlacementFactory(unit=body.unit).participant.member
    client = client_of(AccountFactory(member=member))
    written(body)
    CollectiveReportTextFactory(collective_report=report_of(body))
    CollectiveSuggestionFactory(body=body, issuer=body.unit.parent)
    page = client.get(address("detail", body))
    assert "Họp muộn" in page.content.decode()
    assert not page.context["may_write"]
    assert client.get(address("write", body)).status_code == 404
    assert (
        client.get(of_unit("unit_collective_reports", body.unit.parent)).status_code
        == 404
    )
    for extension, content_type in CONTENT_TYPES.items():
        address_of = reverse("collective_report_print", args=[body.pk, extension])
        assert client.get(address_of)["Content-Type"] == content_type


def test_nothing_is_printed_before_it_is_sent(body, secretary):
    written(body)
    path = reverse("collective_report_print", args=[body.pk, "pdf"])
    assert secretary.get(path).status_code == 404


def test_the_first_page_tells_whose_turn_it_is(body, time_machine):
    secretary, committee = (
        PostFactory(unit=unit.live_unit, role=Role.SECRETARY).account
        for unit in (body.unit, body.unit.parent)
    )
    PhaseFactory(
        campaign=body.campaign, step="SELF_REVIEW",
        from_on=date(2024, 11, 1), until_on=date(2024, 12, 1),
    )  # fmt: skip
    own = f"reviews.collective_report/{body.pk}"
    above = f"reviews.collective_reports_to_answer/{body.unit.parent_id}"
    told = {}
    for state, day in (("NONE", 20), ("SENT", 20), ("RETURNED", 30), ("NONE", 30)):
        month = 11 if day == 20 else 12
        time_machine.move_to(datetime(2024, month, day, 5, tzinfo=UTC))
        CampaignBody.objects.filter(pk=body.pk).update(report_state=state)
        below, up = (waits_for(client_of(each)) for each in (secretary, committee))
        told[state, day] = (own in below, up.get(above, 0))

    assert told == {
        ("NONE", 20): (True, 0),
        ("SENT", 20): (False, 1),
        ("RETURNED", 30): (True, 0),
        ("NONE", 30): (False, 0),
    }

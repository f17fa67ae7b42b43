"""The campaign as a plan, from its first draft to its peaks, by the pages."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from campaigns import rulesets
from campaigns.models import (
    Campaign,
    CampaignBody,
    ContentItem,
    Participant,
    Peak,
    Phase,
    PlanDocument,
    PlanTask,
)
from campaigns.services import opening, plans
from members.models import Event
from members.policy import Role
from tests.attachment_parts import docx, pdf, phone_photograph
from tests.campaigns.plan_worlds import TODAY, errors, page
from tests.factories import (
    CampaignFactory,
    ContentItemFactory,
    ForeseenBodyFactory,
    PeakFactory,
    PhaseFactory,
    PlanDocumentFactory,
    PlanTaskFactory,
    WantedReminderFactory,
)
from tests.small_worlds import BY_COMMAND

pytestmark = pytest.mark.django_db
WHOLE = {
    "code": "dot-nay",
    "name": "Tự soi, tự sửa",
    "rule_set_code": "qd366-2025",
    "mode": "FULL_TEXT",
}


def whole(world, **more):
    return {**WHOLE, "root_unit": world.district.pk, "year": TODAY().year, **more}


def test_a_campaign_is_prepared_completed_looked_at_and_opened(world):
    made = world.clerk.post(page("campaign_add"), whole(world))
    campaign = Campaign.objects.get()
    assert made.url == page("plan_detail", campaign.pk)

    add = {
        "documents": {"role": "STUDY", "title": "Bài phát biểu", "dated_on": "02/2022"},
        "contents": {"text": "Đoàn kết", "position": 1},
        "tasks": {"text": "Một việc", "kind": "ONCE", "due_on": f"{TODAY():%d/%m/%Y}"},
        "bodies": {"kind": "AUTHORITY", "name": "UBND", "headcount": 30},
        "phases": {
            "step": "PLEDGE",
            "from_on": f"01/02/{TODAY().year}",
            "last_day": f"31/12/{TODAY().year}",
        },
        "peaks": {
            "occasion": "3/2",
            "from_on": f"01/02/{TODAY().year}",
            "last_day": f"10/03/{TODAY().year}",
            "expected": "Sinh hoạt",
        },
        "reminders": {"matter": "PLEDGE", "days": -3, "addressee": "PERSON"},
    }
    for kind, typed in add.items():
        answer = world.clerk.post(page("part_add", campaign.pk, kind), typed)
        assert answer.url == f"{made.url}#{kind}"
    assert world.member.get(page("campaign_home", campaign.pk)).status_code == 404
    for name in ("plan_detail", "plan_preview", "campaign_open", "campaign_home"):
        assert world.clerk.get(page(name, campaign.pk)).status_code == 200
    document = PlanDocument.objects.get()
    assert (document.dated_on, document.dated) == ("2022-02", "02/2022")
    assert Phase.objects.get().until_on == date(TODAY().year + 1, 1, 1)

    opened = world.clerk.post(page("campaign_open", campaign.pk), {"version": 1})

    assert opened.url == page("campaign_home", campaign.pk)
    campaign.refresh_from_db()
    assert campaign.state == "OPEN"
    assert Participant.objects.filter(campaign=campaign).count() == 2
    body = CampaignBody.objects.get(unit__campaign=campaign, kind="AUTHORITY")
    assert (body.name, body.unit.live_unit) == ("UBND", world.district)
    home = world.member.get(opened.url)
    assert [each.phase.step for each in home.context["now"]] == ["PLEDGE"]
    assert world.secretary.get(made.url).status_code == 200
    recorded = set(Event.objects.values_list("action", flat=True))
    assert {"campaigns.planned", "campaigns.plan_part_added", "campaigns.opened"} <= (
        recorded
    )


def test_the_page_of_opening_says_what_the_plan_lacks(world):
    campaign = world.draft()
    beside = CampaignFactory(code="khac")
    PlanDocumentFactory(campaign=beside)
    PhaseFactory(campaign=beside)

    def lacks():
        page_shown = world.clerk.get(page("campaign_open", campaign.pk))
        return len(page_shown.context["missing"]), "Kế hoạch còn thiếu" in (
            page_shown.text
        )

    assert lacks() == (2, True)
    PhaseFactory(campaign=campaign)
    assert lacks() == (1, True)
    PlanDocumentFactory(campaign=campaign)
    assert lacks() == (0, False)


def test_a_second_campaign_of_a_year_that_overlaps_is_refused(world):
    world.draft()
    below = world.post(world.committee, Role.SECRETARY)

    for client, unit in ((world.clerk, world.district), (below, world.committee)):
        answer = client.post(page("campaign_add"), whole(world, root_unit=unit.pk))
        assert list(errors(answer)) == ["year"]
    assert Campaign.objects.count() == 1

    next_year = whole(world, year=TODAY().year + 1)
    assert world.clerk.post(page("campaign_add"), next_year).status_code == 302


@pytest.mark.parametrize(
    ("first", "last", "columns"),
    [
        ("01/02/{y}", "31/01/{y}", ["last_day"]),
        ("31/10/{b}", "31/01/{y}", ["from_on"]),
        ("01/11/{b}", "01/07/{a}", ["last_day"]),
        ("31/02/{y}", "01/03/{y}", ["from_on"]),
        ("01/11/{b}", "30/06/{a}", []),
    ],
)
def test_a_phase_lies_in_the_window_of_the_year(world, first, last, columns):
    campaign = world.draft()
    years = {"b": campaign.year - 1, "y": campaign.year, "a": campaign.year + 1}
    typed = {
        "step": "STUDY",
        "from_on": first.format(**years),
        "last_day": last.format(**years),
    }

    answer = world.clerk.post(page("part_add", campaign.pk, "phases"), typed)

    assert Phase.objects.count() == (not columns)
    if columns:
        assert list(errors(answer)) == columns
        assert typed["from_on"] in answer.content.decode()  # nothing typed is lost


def test_a_step_has_one_phase_and_a_task_once_has_a_day(world):
    campaign = world.draft()
    PhaseFactory(campaign=campaign, step="STUDY")
    typed = {
        "step": "STUDY",
        "from_on": f"01/02/{campaign.year}",
        "last_day": f"01/03/{campaign.year}",
    }

    answer = world.clerk.post(page("part_add", campaign.pk, "phases"), typed)
    assert list(errors(answer)) == ["step"]
    task = {"text": "x", "kind": "ONCE"}
    answer = world.clerk.post(page("part_add", campaign.pk, "tasks"), task)
    assert list(errors(answer)) == ["due_on"]
    answer = world.clerk.post(
        page("part_add", campaign.pk, "contents"),
        {"text": "a" * 200_000, "position": 1},
    )
    assert list(errors(answer)) == ["text"]


# Named by what they hold: a packed file has the moment at which it was made in its bytes.
@pytest.mark.parametrize(
    ("name", "content", "ending"),
    [
        pytest.param("kh.pdf", pdf(), "pdf", id="PDF"),
        pytest.param("KH.PDF", pdf(), "pdf", id="PDF in capitals"),
        pytest.param("kh.docx", docx(), "docx", id="Word"),
        pytest.param("kh.jpeg", phone_photograph(), "jpg", id="photograph"),
        pytest.param("kh.exe", pdf(), None, id="PDF that says it is a program"),
        pytest.param(
            "kh.pdf",
            pdf(catalog="/OpenAction << /S /JavaScript /JS (a) >>"),
            None,
            id="PDF with a script",
        ),
        pytest.param("kh.pdf", b"MZ", None, id="program that says it is a PDF"),
        pytest.param("kh.docx", b"PK\x03\x04", None, id="broken Word"),
        pytest.param(
            "kh.pdf", b"%PDF-" + b"x" * 10 * 1024 * 1024, None, id="too large"
        ),
        pytest.param("kh.pdf", b"", None, id="empty"),
    ],
)
def test_a_file_is_known_by_what_it_holds(
    world, settings, tmp_path, name, content, ending
):
    settings.MEDIA_ROOT = tmp_path
    campaign = world.draft()
    typed = {
        "role": "PLAN",
        "title": "Kế hoạch",
        "number": "66-KH/HU",
        "file": SimpleUploadedFile(name, content),
    }

    answer = world.clerk.post(page("part_add", campaign.pk, "documents"), typed)

    if ending is None:
        assert list(errors(answer)) == ["file"]
        assert 'value="66-KH/HU"' in answer.content.decode()
        assert not PlanDocument.objects.exists()
        return
    document = PlanDocument.objects.get()
    assert document.file.name.endswith(f".{ending}")
    file = world.clerk.get(page("document_file", document.pk))
    kept = b"".join(file.streaming_content)
    assert (kept == content) == (ending != "jpg")
    assert b"OF-LAN" not in kept
    assert f"66-KH-HU.{ending}" in file["Content-Disposition"]
    assert world.member.get(page("document_file", document.pk)).status_code == 404


def content_of(document):
    with document.file.open() as file:
        return file.read()


def test_another_file_after_going_back_is_another_act(world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    address = page("part_add", world.draft().pk, "documents")
    typed = {"role": "PLAN", "title": "Kế hoạch", "number": "66-KH/HU", "once": "a"}

    wrong, right = pdf(catalog="/Lang (vi)"), pdf()
    for content in (wrong, right, right):
        file = SimpleUploadedFile("a.pdf", content)
        assert world.clerk.post(address, {**typed, "file": file}).status_code == 302

    kept = map(content_of, PlanDocument.objects.all())
    assert sorted(kept) == sorted([wrong, right])


def test_a_stale_form_is_a_page_with_both(world):
    task = PlanTaskFactory(campaign=world.draft())
    address = page("part_edit", "tasks", task.pk)
    typed = {"text": "Mới", "kind": "STANDING", "version": 1}

    assert world.clerk.post(address, typed).status_code == 302
    answer = world.clerk.post(address, {**typed, "text": "Khác"})

    assert answer.status_code == 409
    assert ("Mới", "Khác") in [line[1:] for line in answer.context["both"]]
    assert PlanTask.objects.get().text == "Mới"


def test_what_another_changed_is_not_taken_out_of_the_plan_unseen(world):
    task = PlanTaskFactory(campaign=world.draft(), text="Mới", version=2)
    address = page("part_remove", "tasks", task.pk)

    stale = world.clerk.post(address, {"version": 1})

    assert stale.status_code == 409
    assert [line[1:] for line in stale.context["both"]] == [
        ("Mới", stale.context["button"])
    ]
    assert PlanTask.objects.exists()
    version = stale.context["form"]["version"].value()
    assert world.clerk.post(address, {"version": version}).status_code == 302
    assert not PlanTask.objects.exists()


def test_the_plan_of_the_year_before_is_copied(world):
    old = world.draft(year=TODAY().year - 1, theme="Tự soi", formats=["STUDY"])
    document = PlanDocumentFactory(campaign=old)
    item = ContentItemFactory(campaign=old)
    item.documents.add(document)
    ContentItemFactory(campaign=old, parent=item, text="Dưới")
    PlanTaskFactory(campaign=old, result="DONE", note="x", responsible=world.cell)
    PlanTaskFactory(campaign=old, kind="ONCE", due_on=date(2024, 1, 1))
    PhaseFactory(campaign=old, from_on=date(2024, 2, 29), until_on=date(2024, 3, 2))
    PeakFactory(campaign=old)
    ForeseenBodyFactory(campaign=old)
    WantedReminderFactory(campaign=old)

    answer = world.clerk.post(page("campaign_add"), whole(world, copy_from=old.pk))

    new = Campaign.objects.get(code="dot-nay")
    assert answer.url == page("plan_detail", new.pk)
    assert (new.theme, new.formats) == ("Tự soi", ["STUDY"])
    items = ContentItem.objects.filter(campaign=new)
    top, below = items.get(parent=None), items.exclude(parent=None).get()
    assert below.parent == top
    assert [each.campaign for each in top.documents.all()] == [new]
    task = PlanTask.objects.get(campaign=new)
    assert (task.result, task.note, task.responsible) == ("", "", world.cell)
    phase = Phase.objects.get(campaign=new)
    assert (phase.from_on, phase.until_on) == (date(2025, 2, 28), date(2025, 3, 2))
    assert Peak.objects.get(campaign=new).from_on == date(2025, 2, 1)
    assert ContentItem.objects.filter(campaign=old).count() == 2


@pytest.mark.parametrize("rows", [1, 3])
def test_the_plan_takes_a_fixed_number_of_queries(
    world, rows, django_assert_max_num_queries
):
    campaign = world.draft()
    for factory in (
        PlanDocumentFactory,
        ContentItemFactory,
        PlanTaskFactory,
        PeakFactory,
    ):
        for _ in range(rows):
            factory(campaign=campaign)

    world.clerk.get(page("campaign_list"))
    with django_assert_max_num_queries(32):
        world.clerk.get(page("plan_detail", campaign.pk))


def test_the_form_proposes_the_mode_of_the_latest_and_the_rules_of_the_year(world):
    world.draft(year=TODAY().year - 1, mode="RESULTS_ONLY", rule_set_code="qd124-2023")

    shown = world.clerk.get(page("campaign_add")).context["form"]

    assert shown["mode"].value() == "RESULTS_ONLY"
    code = shown["rule_set_code"].value()
    assert code == rulesets.in_force_at_the_end_of(TODAY().year)
    assert rulesets.load(code).applies_in(TODAY().year)


@pytest.mark.parametrize(
    ("year", "code"),
    [(2013, None), (2017, "hd27-2014"), (2024, "qd124-2023"), (2025, "qd366-2025")],
)
def test_one_rule_set_is_in_force_at_the_end_of_a_year(year, code):
    assert rulesets.in_force_at_the_end_of(year) == code


def test_no_campaign_is_made_of_a_closed_unit(world):
    world.district.closed_on = TODAY()

    with pytest.raises(opening.CampaignNotChangeable):
        plans.make_campaign(
            root_unit=world.district, year=TODAY().year, code="dot", name="Đợt",
            rule_set_code="qd366-2025", copy_from=None, actor=BY_COMMAND["actor"],
            now=BY_COMMAND["now"],
        )  # fmt: skip

    assert not Campaign.objects.exists()

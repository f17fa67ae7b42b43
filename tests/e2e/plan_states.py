"""The pages of campaigns as plans in every state; `states` shows them with the others."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from campaigns.models import (
    Campaign,
    CampaignUnit,
    ConferenceTask,
    Peak,
    Phase,
    PlanTask,
    SummaryConference,
)
from campaigns.services import opening
from members.models import PartyUnit
from tests.e2e.conftest import Site
from tests.factories import (
    ContentItemFactory,
    ExtensionFactory,
    ForeseenBodyFactory,
    PeakDayFactory,
    PeakFactory,
    PhaseFactory,
    PlanDocumentFactory,
    PlanTaskFactory,
    WantedReminderFactory,
)

KEY_TASKS = ("Cải cách thủ tục hành chính", "Nêu gương của người đứng đầu")


def planned(site: Site) -> Campaign:
    """The campaign of the site with a part of each kind, and what runs today."""
    campaign = site.campaign
    if Peak.objects.filter(campaign=campaign).exists():
        return campaign
    Phase.objects.filter(campaign=campaign).delete()  # what another state left
    fill(campaign)
    root = CampaignUnit.objects.get(campaign=campaign, parent=None)
    ExtensionFactory(unit=root, until_on=timezone.localdate() + timedelta(days=9))
    conference, _made = SummaryConference.objects.get_or_create(
        unit=campaign.root_unit,
        year=campaign.year - 1,
        defaults={"on": timezone.localdate(), "chair": "Bí thư"},
    )
    for position, text in enumerate(KEY_TASKS, start=90):
        ConferenceTask.objects.create(
            conference=conference, position=position, text=text
        )
    PeakDayFactory(unit=root, peak=Peak.objects.get(campaign=campaign), is_held=True)
    return campaign


def fill(campaign: Campaign) -> None:
    today = timezone.localdate()
    document = PlanDocumentFactory(campaign=campaign, dated_on="2016-10-30")
    PlanDocumentFactory(
        campaign=campaign, role="PLAN", title="Kế hoạch", number="25-KH/HU",
        dated_on="2016-12",
    )  # fmt: skip
    PlanDocumentFactory(
        campaign=campaign,
        title="Kế hoạch",
        number="7-KH/HU",
        file="a.pdf",
        scan="FOUND",
    )
    item = ContentItemFactory(campaign=campaign)
    item.documents.add(document)
    ContentItemFactory(
        campaign=campaign, parent=item, text="Nêu gương trong nói và làm"
    )
    PlanTaskFactory(campaign=campaign, responsible=campaign.root_unit)
    PlanTaskFactory(campaign=campaign, kind="ONCE", due_on=today, result="DONE")
    PhaseFactory(
        campaign=campaign, from_on=today - timedelta(9), until_on=today + timedelta(5)
    )
    PhaseFactory(
        campaign=campaign, step="STUDY", from_on=today - timedelta(90), until_on=today
    )
    PeakFactory(campaign=campaign)
    ForeseenBodyFactory(campaign=campaign)
    WantedReminderFactory(campaign=campaign)


def draft(site: Site) -> Campaign:
    campaign = Campaign.objects.filter(code="nhap").first()
    if campaign is None:
        campaign = opening.create_campaign(
            code="nhap",
            name="Tự soi, tự sửa năm 2031",
            year=2031,
            root_unit=PartyUnit.objects.get(code="H"),
            rule_set_code="qd366-2025",
            theme="Tự soi, tự sửa",
        )
        fill(campaign)
    return campaign


def empty_draft(site: Site) -> Campaign:
    """A plan to which nothing has been added."""
    found = Campaign.objects.filter(code="trong").first()
    return found or opening.create_campaign(
        code="trong",
        name="Tự soi, tự sửa năm 2032",
        year=2032,
        root_unit=PartyUnit.objects.get(code="H"),
        rule_set_code="qd366-2025",
    )


def page(
    name: str, of: Callable[[Site], Campaign], *more: str
) -> Callable[[Site], str]:
    return lambda site: site.address(f"plans:{name}", of(site).pk, *more)


def part(name: str) -> Callable[[Site], str]:
    def address(site: Site) -> str:
        task = PlanTask.objects.filter(campaign=draft(site)).first()
        assert task is not None
        return site.address(f"plans:{name}", "tasks", task.pk)

    return address


def peak(name: str) -> Callable[[Site], str]:
    def address(site: Site) -> str:
        campaign = planned(site)
        found = Peak.objects.get(campaign=campaign)
        root = campaign.root_unit_id
        return site.address(f"plans:{name}", campaign.pk, found.pk, root)

    return address


def task_report(site: Site) -> str:
    task = PlanTask.objects.filter(campaign=planned(site)).first()
    assert task is not None
    return site.address("plans:task_report", task.pk)


KINDS = (
    "documents", "contents", "tasks", "bodies", "phases", "peaks", "reminders",
)  # fmt: skip
PLANS: dict[str, Callable[[Site], str]] = {
    "campaigns": lambda site: site.address("plans:campaign_list"),
    "campaign to be prepared": lambda site: site.address("plans:campaign_add"),
    "campaign of now": page("campaign_home", planned),
    "campaign being prepared": page("campaign_home", draft),
    "campaign to be changed": page("campaign_edit", draft),
    "plan": page("plan_detail", planned),
    "plan of a draft": page("plan_detail", draft),
    "preview of a plan": page("plan_preview", draft),
    "campaign to be opened": page("campaign_open", draft),
    "campaign to be opened without a plan": page("campaign_open", empty_draft),
    "roll to be fixed": page("roll_fix", planned),
    "campaign to be closed": lambda site: site.address(
        "campaign_close", site.campaign.pk
    ),
    "longer time": page("extension_add", planned),
    **{f"plan: add {kind}": page("part_add", draft, kind) for kind in KINDS},
    "plan: a part to be changed": part("part_edit"),
    "plan: a part to be taken out": part("part_remove"),
    "result of a task": task_report,
    "peak": peak("peak_detail"),
    "day of a peak": peak("peak_day"),
    "local plan": lambda site: site.address(
        "plans:local_plan", planned(site).pk, site.campaign.root_unit_id
    ),
}

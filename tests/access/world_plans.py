"""What a plan has in each district: one part of each kind that an address names."""

from django.core.files.base import ContentFile

from campaigns.models import Campaign
from members.models import PartyUnit
from tests.factories import PeakFactory, PlanDocumentFactory, PlanTaskFactory


def add_plan(campaign: Campaign, cell: PartyUnit) -> None:
    document = PlanDocumentFactory(campaign=campaign)
    document.file.save("document.pdf", ContentFile(b"%PDF-1.7"))
    PlanTaskFactory(campaign=campaign, responsible=cell)
    PeakFactory(campaign=campaign)

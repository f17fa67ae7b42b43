"""A results workbook is received for a campaign; `members.services.uploads` keeps it."""

from dataclasses import dataclass
from datetime import datetime

from django.core.files.base import File

from members.models import PartyUnit
from members.policy import Actor
from members.services import uploads
from reviews.models import ResultsImport


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUpload:
    """What the form gives: a file, and the campaign that it is for."""

    file: File
    within: PartyUnit
    campaign_code: str
    campaign_name: str
    rule_set_code: str
    year: int
    language: str


def receive(new: NewUpload, *, actor: Actor, now: datetime) -> ResultsImport:
    """Keep an uploaded file and queue its reading; nothing is parsed here."""
    upload = ResultsImport(
        campaign_code=new.campaign_code,
        campaign_name=new.campaign_name,
        rule_set_code=new.rule_set_code,
        year=new.year,
        language=new.language,
        within=new.within,
    )
    return uploads.receive(upload, file=new.file, actor=actor, now=now)

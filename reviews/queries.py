"""What the pages of uploads show."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from members.policy import Actor
from reviews.models import ResultsImport

MOST_UPLOADS = 50


@dataclass(frozen=True, slots=True)
class UploadRow:
    """A line of the list of uploads."""

    url: str
    file_name: str
    campaign_name: str
    uploaded_at: datetime
    uploaded_by: str
    status: str


def uploads_of(actor: Actor) -> list[UploadRow]:
    """Return the newest uploads that the actor may open; one query."""
    uploads = ResultsImport.objects.visible_to(actor)
    newest = uploads.select_related("job", "uploaded_by", "campaign").order_by("-pk")
    return [
        UploadRow(
            url=reverse("reviews:import_detail", args=[each.pk]),
            file_name=each.file_name,
            campaign_name=each.shown_campaign_name,
            uploaded_at=each.uploaded_at,
            uploaded_by=str(each.uploaded_by),
            status=each.status,
        )
        for each in newest[:MOST_UPLOADS]
    ]


def findings_of(upload: ResultsImport, *, language: str) -> dict[str, object]:
    """Return the faults, differences and notes, in the words of one language.

    Of each kind the first, and how many there are; an upload that was read before
    these were counted has what it has.
    """
    told: dict[str, object] = {}
    for key in ("faults", "differences", "notes"):
        if key in upload.summary:
            texts = upload.summary[key][language]
            told[key] = texts
            told[f"{key}_total"] = upload.summary.get(f"{key}_total", len(texts))
    return told


def preview_lines(upload: ResultsImport) -> list[dict[str, object]]:
    """Return the rows of the preview: how much is new, the same, different."""
    labels = {"units": _("Units"), "members": _("Members")}
    return [
        {"label": label, **upload.summary[key]}
        for key, label in labels.items()
        if key in upload.summary
    ]

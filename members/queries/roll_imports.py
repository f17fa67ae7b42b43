"""What the pages of rolls that were sent show."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from members.models import Gender, RollImport
from members.policy import Actor

MOST_UPLOADS = 50
IN_EACH_LANGUAGE = ("faults", "differences", "notes")


@dataclass(frozen=True, slots=True)
class UploadRow:
    """A line of a list of uploads; `about` is the unit or campaign that it is for."""

    url: str
    file_name: str
    about: str
    uploaded_at: datetime
    uploaded_by: str
    status: str
    refused: int = 0  # rows that are not recorded
    refused_url: str = ""  # of the file that holds them, until it is deleted


def roll_imports_of(actor: Actor) -> list[UploadRow]:
    """Return the newest uploads that the actor may open; one query."""
    sent = RollImport.objects.visible_to(actor).order_by("-pk")
    return [
        UploadRow(
            url=reverse("roll_import_detail", args=[each.pk]),
            file_name=each.file_name,
            about=each.within.name,
            uploaded_at=each.uploaded_at,
            uploaded_by=str(each.uploaded_by),
            status=each.status,
            refused=_refused_rows(each),
            refused_url=reverse("roll_import_refused", args=[each.pk])
            if each.annotated
            else "",
        )
        for each in sent.select_related("job", "uploaded_by", "within")[:MOST_UPLOADS]
    ]


def _refused_rows(upload: RollImport) -> int:
    """Return how many rows a roll that is written left out."""
    counts = upload.summary.get("counts") or {}
    return counts.get("refused", 0) if upload.state == RollImport.State.DONE else 0


def findings_in(summary: Mapping[str, object], *, language: str) -> dict[str, object]:
    """Return the faults, differences and notes of an upload, in one language.

    Of each kind the first, and how many there are; an upload that was read before
    these were counted has what it has.
    """
    told: dict[str, object] = {}
    for key in IN_EACH_LANGUAGE:
        texts = summary.get(key)
        if isinstance(texts, dict):
            told[key] = texts[language]
            told[f"{key}_total"] = summary.get(f"{key}_total", len(texts[language]))
    return told


def roll_import_page(upload: RollImport, *, language: str) -> dict[str, object]:
    """Return what the page shows of a roll that was read, in the reader's words."""
    summary = upload.summary
    return {
        "counts": summary.get("counts"),
        "new": summary.get("new", []),
        "changed": [
            {**each, "changes": list(_changes(each["changes"]))}
            for each in summary.get("changed", [])
        ],
        "likenesses": summary.get("likenesses", []),
        "likenesses_total": summary.get("likenesses_total", 0),
        **findings_in(summary, language=language),
    }


def column_label(column: str) -> str:
    """Return how a column of a person is called."""
    return {
        "full_name": _("Full name"),
        "born_on": _("Born"),
        "gender": _("Gender"),
        "admitted_on": _("Admitted"),
        "official_on": _("Full member since"),
        "card_number": _("Card number"),
        "personal_id": _("Personal number"),
    }[column]


def _changes(changes: list[list[str]]) -> Iterator[tuple[str, str, str]]:
    for column, old, new in changes:
        yield column_label(column), _in_words(column, old), _in_words(column, new)


def _in_words(column: str, value: str) -> str:
    if not value:
        return _("(empty)")
    return str(Gender(value).label) if column == "gender" else value

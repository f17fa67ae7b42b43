"""What the pages of uploads show."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from campaigns.rulesets import RuleSet
from members.policy import Actor
from members.queries import UploadRow
from reviews.models import ResultsImport

MOST_UPLOADS = 50


def uploads_of(actor: Actor) -> list[UploadRow]:
    """Return the newest uploads that the actor may open; one query."""
    uploads = ResultsImport.objects.visible_to(actor)
    newest = uploads.select_related("job", "uploaded_by", "campaign").order_by("-pk")
    return [
        UploadRow(
            url=reverse("reviews:import_detail", args=[each.pk]),
            file_name=each.file_name,
            about=each.shown_campaign_name,
            uploaded_at=each.uploaded_at,
            uploaded_by=str(each.uploaded_by),
            status=each.status,
        )
        for each in newest[:MOST_UPLOADS]
    ]


def preview_lines(upload: ResultsImport) -> list[dict[str, object]]:
    """Return the rows of the preview: how much is new, the same, different."""
    labels = {"units": _("Units"), "members": _("Members")}
    return [
        {"label": label, **upload.summary[key]}
        for key, label in labels.items()
        if key in upload.summary
    ]


@dataclass(frozen=True, slots=True)
class ReplacementLine:
    """A count of a campaign's results, before and after a workbook replaces them."""

    label: str
    is_part: bool
    before: int
    after: int
    gone: int

    def text(self) -> str:
        """Return the line for a terminal."""
        told = f"{self.label} {self.before} → {self.after}"
        if not self.gone:
            return told
        return f"{told} ({_('%d not in the workbook') % self.gone})"


def replacement_lines(
    replacement: Mapping[str, Any], rule_set: RuleSet
) -> list[ReplacementLine]:
    """Return the counts of a replacement in words; the levels in the rules' order.

    Shape: `replacement` as `ResultsImport.summary` holds it.
    """
    levels = replacement["levels"]
    language = get_language() or "vi"
    return [
        ReplacementLine(_("Units"), is_part=False, **replacement["units"]),
        ReplacementLine(_("with a level"), is_part=True, **replacement["rated_units"]),
        ReplacementLine(_("Members"), is_part=False, **replacement["members"]),
        ReplacementLine(_("with a level"), is_part=True, **replacement["assessed"]),
        *(
            ReplacementLine(
                level.label.text(language), is_part=True, **levels[level.code]
            )
            for level in rule_set.members.levels
            if level.code in levels
        ),
    ]


def level_lines(
    levels: Mapping[str, Mapping[str, int]], rule_set: RuleSet
) -> list[tuple[str, list[tuple[str, int]]]]:
    """Return how often a workbook has each level, for units and for members.

    Shape: what is rated, and its levels in the rules' order with their counts; `levels`
    as `ResultsImport.summary` holds it.
    """
    language = get_language() or "vi"
    schemes = {
        "units": (_("Units"), rule_set.organisations),
        "members": (_("Members"), rule_set.members),
    }
    return [
        (
            label,
            [
                (level.label.text(language), levels[rated].get(level.code, 0))
                for level in scheme.levels
            ],
        )
        for rated, (label, scheme) in schemes.items()
        if rated in levels
    ]


def replacement_text(campaign_name: str, lines: list[ReplacementLine]) -> str:
    """Return in one line what a workbook replaces."""
    return _(
        "The campaign %(campaign)s holds results already; the workbook replaces all of "
        "them: %(counts)s."
    ) % {"campaign": campaign_name, "counts": "; ".join(line.text() for line in lines)}

"""What other bodies were asked and said about somebody, and the replies."""

from django.utils.translation import gettext_lazy as _

from reports.documents.record_parts.part import Part
from reports.documents.record_values import (
    Json,
    day_json,
    day_text,
    joined,
    moment_json,
    moment_text,
    unit_json,
)
from reviews.models import Opinion, OpinionEntry, ResidenceExemption
from reviews.queries.opinions import exemption_in_words, source_in_words


def _opinion(row: Opinion) -> Json:
    return {
        "number": row.pk,
        "campaign": row.request.unit.campaign.code,
        "unit": unit_json(row.request.unit),
        "source": row.request.source,
        "body": row.request.body_name,
        "document": row.request.document,
        "asked_on": day_json(row.request.asked_on),
        "due_on": day_json(row.request.due_on),
        "ended_on": day_json(row.request.ended_on),
        "state": row.state,
    }


def _entry(row: OpinionEntry) -> Json:
    return {
        "opinion": row.opinion_id,
        "kind": row.kind,
        "text": row.text,
        "document": row.document,
        "signed_on": day_json(row.signed_on),
        "came_on": day_json(row.came_on),
        "at": moment_json(row.at),
    }


def _exemption(row: ResidenceExemption) -> Json:
    return {
        "campaign": row.participant.campaign.code,
        "category": row.category,
        "recorded_at": moment_json(row.recorded_at),
    }


PARTS = (
    Part[Opinion](
        key="opinions",
        heading=_("Opinions of other bodies"),
        heads=(_("Number"), _("Body that is asked"), _("Asked by"), _("State")),
        widths=("20", "", "52", "44"),
        rows=lambda kept: kept.opinions,
        codes=_opinion,
        words=lambda row: (
            str(row.pk),
            joined(row.request.body_name, source_in_words(row.request.source)),
            joined(row.request.unit.name, day_text(row.request.asked_on)),
            joined(row.get_state_display(), day_text(row.request.due_on)),
        ),
    ),
    Part[OpinionEntry](
        key="opinion_entries",
        heading=_("What other bodies said, and the replies"),
        heads=(_("Opinion"), _("What"), _("Text"), _("Document"), _("Day")),
        widths=("20", "32", "", "30", "26"),
        rows=lambda kept: kept.opinion_entries,
        codes=_entry,
        words=lambda row: (
            str(row.opinion_id),
            str(row.get_kind_display()),
            joined(row.text),
            joined(row.document, row.signed_on and day_text(row.signed_on)),
            day_text(row.came_on) if row.came_on else moment_text(row.at),
        ),
    ),
    Part[ResidenceExemption](
        key="residence_exemptions",
        heading=_("Campaigns without an opinion of the place of residence"),
        heads=(_("Campaign"), _("Reason")),
        widths=("60", ""),
        rows=lambda kept: kept.residence_exemptions,
        codes=_exemption,
        words=lambda row: (
            row.participant.campaign.name,
            exemption_in_words(row.category),
        ),
    ),
)

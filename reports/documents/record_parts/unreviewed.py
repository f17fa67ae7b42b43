"""Why somebody was not reviewed yet, as the cell wrote it."""

from django.utils.translation import gettext_lazy as _

from campaigns.queries.records import word_of
from campaigns.vocabulary.unreviewed import unreviewed_reasons
from reports.documents.record_parts.part import Part
from reports.documents.record_values import Json, moment_json
from reviews.models import UnreviewedReason


def _reason(row: UnreviewedReason) -> Json:
    return {
        "campaign": row.participant.campaign.code,
        "code": row.code,
        "recorded_at": moment_json(row.recorded_at),
    }


PARTS = (
    Part[UnreviewedReason](
        key="unreviewed_reasons",
        heading=_("Why a review was not held yet"),
        heads=(_("Campaign"), _("Reason")),
        widths=("60", ""),
        rows=lambda kept: kept.unreviewed_reasons,
        codes=_reason,
        words=lambda row: (
            row.participant.campaign.name,
            word_of(unreviewed_reasons(), row.code),
        ),
    ),
)

"""Items of a programme whose words stay on paper: here they are numbers.

Source: docs/rules/programmes.md § 3.4.
"""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from campaigns.models import (
    MeasuredItem,
    PledgeItem,
    Programme,
    ProgrammeCheck,
    ProgrammeItem,
)
from campaigns.services.work import NotRecordable


def number_items(programme: Programme, count: int) -> None:
    """Let a programme that is held have so many items on paper, from 1 on.

    Those that stay keep what was found of them.
    Raises: NotRecordable where one that is to go was checked, or has its result.
    """
    known = ProgrammeItem.objects.filter(programme=programme, is_on_paper=True)
    gone = known.filter(position__gt=count)
    is_found = (
        gone.exclude(result="").exists()
        or ProgrammeCheck.objects.filter(item__in=gone).exists()
        or PledgeItem.objects.filter(programme_item__in=gone).exists()
    )
    if is_found:
        raise NotRecordable(
            _("Items that were checked already are not taken away."),
            column="items_on_paper",
        )
    gone.delete()
    there = set(known.values_list("position", flat=True))
    with override(settings.LANGUAGE_CODE):  # kept in the language of the papers
        ProgrammeItem.objects.bulk_create(
            ProgrammeItem(
                programme=programme,
                is_on_paper=True,
                position=position,
                text=_("Item %d") % position,
                measure=MeasuredItem.Measure.TEXT,
                goal=_("as on the paper"),
            )
            for position in range(1, count + 1)
            if position not in there
        )

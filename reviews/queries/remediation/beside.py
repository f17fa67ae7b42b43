"""What a person's self-review begins with: what was to be put right, and became of it.

Source: docs/rules/remediation.md § 5.5, § 6.3.
"""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from campaigns.models import Participant
from members.dates import display_day
from members.policy import Actor
from members.row_security import Purpose, opened_for
from reviews.models import NamedPerson, RemediationItem
from reviews.queries.remediation.reading import ItemRead, items_read


def put_right(participant: Participant, actor: Actor) -> tuple[str, ...]:
    """Return the person's items that are open, or ended in the campaign's year.

    With what became of each; four queries.
    """
    year = participant.campaign.year
    current = Q(state=RemediationItem.State.OPEN) | Q(ended_on__year__gte=year)
    rows = RemediationItem.objects.visible_to(actor).filter(
        current,
        plan__member=participant.member_id,
        plan__state__in=RemediationItem.FOLLOWED,
    )
    read = items_read(rows.order_by("due_on", "pk"), today=date(year, 12, 31))
    return tuple(map(_line, read))


def _line(read: ItemRead) -> str:
    item = read.item
    state = item.get_state_display()
    said = read.latest.note if read.latest else ""
    line = _("%(item)s (until %(day)s): %(state)s") % {
        "item": item.shortcoming,
        "day": display_day(item.due_on),
        "state": state,
    }
    return f"{line}. {said}" if said else line


def named_for(participant: Participant, actor: Actor) -> tuple[str, ...]:
    """Return for which shortcomings of collectives the person was named; two queries."""
    seen = NamedPerson.objects.visible_to(actor).filter(member=participant.member_id)
    return _named(list(seen.order_by("pk")))


@opened_for(Purpose.RESULTS)  # for which somebody is named who was got by a scope
def _named(rows: list[NamedPerson]) -> tuple[str, ...]:
    items = RemediationItem.objects.select_related("plan__unit").in_bulk(
        [row.item_id for row in rows]
    )
    return tuple(
        _("%(unit)s, %(document)s: %(item)s (%(post)s)")
        % {
            "unit": items[row.item_id].plan.unit,
            "document": items[row.item_id].document,
            "item": items[row.item_id].shortcoming,
            "post": row.post,
        }
        for row in rows
    )

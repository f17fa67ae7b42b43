"""What is put right, on the page of a meeting that speaks about it.

Source: docs/rules/remediation.md § 5.
"""

from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.models import Meeting
from campaigns.queries.meeting_sections import Section
from members.dates import display_day
from members.policy import Actor, Area
from reviews.models import RemediationCheck
from reviews.queries.remediation.lists import ItemLine, followed_at
from reviews.queries.remediation.reading import names_of


def remediation_section(meeting: Meeting, actor: Actor) -> Section | None:
    """Say what was found at a meeting, and until it is closed what is behind.

    For whoever keeps the meeting, because it names people; at most eight queries.
    """
    unit = meeting.unit
    keeps = actor.reaches_unit(Area.WORK_EDIT, unit.custodian_id, unit.custodian.path)
    if meeting.body_id is not None or not keeps:
        return None
    checks = list(
        RemediationCheck.objects.visible_to(actor)
        .filter(meeting=meeting)
        .select_related("item__plan")
        .order_by("pk")
    )
    names = names_of([check.item.plan for check in checks]) if checks else {}
    lines = [
        _("%(name)s, %(item)s: %(state)s. %(note)s")
        % {
            "name": names[check.item.plan_id],
            "item": check.item.shortcoming,
            "state": check.get_state_display(),
            "note": check.note,
        }
        for check in checks
    ]
    if not meeting.is_closed:
        spoken = {check.item_id for check in checks}
        lines += [
            _behind(line)
            for line in followed_at(unit.custodian, actor, today=meeting.on)
            if line.read.is_behind and line.read.item.pk not in spoken
        ]
    page = "remediation_unit" if meeting.is_closed else "remediation_follow"
    way = reverse(f"reviews:{page}", args=[unit.custodian_id])
    return Section(_("What has to be put right"), lines, way) if lines else None


def _behind(line: ItemLine) -> str:
    return _("%(name)s, %(item)s: due on %(day)s, not put right yet") % {
        "name": line.name,
        "item": line.read.item.shortcoming,
        "day": display_day(line.read.item.due_on),
    }

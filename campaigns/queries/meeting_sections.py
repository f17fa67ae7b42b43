"""What programme and pledges say on the page of a meeting that checks them.

Source: docs/rules/meetings.md § 3.3.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.models import (
    CheckRound,
    Meeting,
    Participant,
    Placement,
    PledgeCheck,
    PledgeItem,
    Programme,
    ProgrammeCheck,
    ProgrammeItem,
)
from campaigns.models.campaign import in_reach
from members.dates import display_day
from members.policy import Actor, Area


@dataclass(frozen=True, slots=True)
class Section:
    """What another part says on the page of a meeting."""

    title: str
    lines: Sequence[str]
    url: str = ""  # where that is recorded


def programme_section(meeting: Meeting, actor: Actor) -> Section | None:
    """Say how the unit's programme was found, or what this meeting takes up of it.

    Three queries.
    """
    if meeting.body_id is not None:
        return None
    seen = Programme.objects.visible_to(actor).filter(unit=meeting.unit)
    programme = seen.exclude(state=Programme.State.DRAFT).first()
    if programme is None:
        return None
    checks = list(_checks_up_to(meeting, programme))
    here = [check for check in checks if check.meeting_id == meeting.pk]
    before = _latest([check for check in checks if check.meeting_id != meeting.pk])
    lines = list(_of_programme(here, before, is_open=not meeting.is_closed))
    return Section(_("Checks of the action programme"), lines, _way(meeting, programme, actor)) if lines else None  # fmt: skip


def pledges_section(meeting: Meeting, actor: Actor) -> Section | None:
    """Say what was found of the pledges, or what this meeting takes up, by name.

    For whoever keeps the pledges of the cell, and nobody else; three queries.
    """
    unit = meeting.unit
    keeps = actor.reaches_unit(Area.PLEDGES, unit.custodian_id, unit.custodian.path)
    if meeting.body_id is not None or not keeps:
        return None
    checks = PledgeCheck.objects.visible_to(actor, Area.PLEDGES).filter(
        meeting=meeting, is_own_report=False
    )
    here = list(
        checks.select_related("item__sent__pledge__participant").order_by(
            "item__sent__pledge__participant__sort_key", "pk"
        )
    )
    lines = [
        _("%(name)s, %(item)s: %(state)s. %(note)s")
        % {
            "name": check.item.sent.pledge.participant.full_name,
            "item": check.item.text,
            "state": check.get_state_display(),
            "note": check.note,
        }
        for check in here
    ]
    if CheckRound.objects.filter(meeting=meeting).exists():
        lines.append(_("The cell went through all pledges; the others are on track."))
    if not meeting.is_closed:
        lines += _pledges_behind(meeting, actor, {check.item_id for check in here})
    way = reverse("pledges:check_list", args=[unit.campaign_id, unit.live_unit_id])
    return Section(_("Checks of the pledges"), lines, way) if lines else None


def _checks_up_to(meeting: Meeting, programme: Programme) -> Iterator[ProgrammeCheck]:
    checks = ProgrammeCheck.objects.filter(
        item__programme=programme, on__lte=meeting.on
    ) | ProgrammeCheck.objects.filter(item__programme=programme, meeting=meeting)
    related = checks.select_related("item")
    yield from related.order_by("item__position", "item", "on", "pk")


def _latest(checks: Sequence[ProgrammeCheck]) -> list[ProgrammeCheck]:
    """Return the last check of each item, in the order of the items."""
    return list({check.item_id: check for check in checks}.values())


def _of_programme(
    here: Sequence[ProgrammeCheck], before: Sequence[ProgrammeCheck], *, is_open: bool
) -> Iterator[str]:
    """Yield what was found here; what is behind, where nothing is checked yet."""
    usual = ProgrammeCheck.State.ON_TRACK
    for check in here:
        if check.state != usual:
            yield _("%(item)s: %(state)s. %(note)s") % {
                "item": check.item.text,
                "state": check.get_state_display(),
                "note": check.note,
            }
    if here:
        yield _("The programme was checked; the other items are on track.")
    elif is_open:
        yield from map(_still_behind, filter(_is_behind, before))
        yield _("The programme is not checked at this meeting yet.")


def _is_behind(check: ProgrammeCheck) -> bool:
    return check.state == ProgrammeCheck.State.BEHIND


def _still_behind(check: ProgrammeCheck) -> str:
    return _("%(item)s: behind since %(day)s. %(note)s") % {
        "item": check.item.text,
        "day": display_day(check.on),
        "note": check.note,
    }


def _way(meeting: Meeting, programme: Programme, actor: Actor) -> str:
    """Return where the programme is checked, for who records; else where it is read."""
    records = ProgrammeItem.objects.filter(
        in_reach(actor, Area.WORK_EDIT, "programme__unit__"), programme=programme
    )
    if programme.state in Programme.RUNNING and records.exists():
        check = reverse("work:programme_check", args=[programme.pk])
        return f"{check}?meeting={meeting.pk}"
    return reverse("work:programme_named", args=[programme.pk])


def _pledges_behind(meeting: Meeting, actor: Actor, found: set[int]) -> Iterator[str]:
    """Yield the items that are to be urged on, in the order of the roll.

    A pledge that is confirmed has no later text, so they are of the one that counts.
    """
    placed = Placement.objects.open().filter(unit=meeting.unit_id)
    items = PledgeItem.objects.visible_to(actor, Area.PLEDGES).filter(
        progress=PledgeItem.Progress.BEHIND,
        sent__pledge__participant__in=placed.values("participant"),
        sent__pledge__participant__pledge_state=Participant.Pledge.CONFIRMED,
    )
    in_order = items.select_related("sent__pledge__participant").order_by(
        "sent__pledge__participant__sort_key", "position", "pk"
    )
    for item in in_order.exclude(pk__in=found):
        yield _("To be taken up: %(name)s, %(item)s") % {
            "name": item.sent.pledge.participant.full_name,
            "item": item.text,
        }

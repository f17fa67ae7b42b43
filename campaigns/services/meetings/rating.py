"""A committee's sheet, and the rating of a meeting on it: points, and no text.

Source: docs/rules/meetings.md § 7.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.models import CampaignUnit, MeetingRating, MeetingSheet
from campaigns.models.meetings import Meeting
from campaigns.services.meetings.shared import (
    MeetingNotChangeable,
    demand_running,
    of_version,
    saved,
)
from members import events
from members.policy import Actor, Area
from members.services import versions

HUNDRED = 100


def write_sheet(
    *,
    unit: CampaignUnit,
    version: int,
    facts: Mapping[str, Any],
    actor: Actor,
    now: datetime,
) -> MeetingSheet:
    """Write the sheet of a committee: the first, or a later version of it.

    Shape: `facts` are columns: basis, criteria, degrees; `version` 0 for the first.
    Raises: MeetingNotChangeable if the campaign takes no acts;
        versions.ChangedMeanwhile if somebody has written a later version.
    """
    with transaction.atomic():
        demand_running(unit)
        sheet, is_new = MeetingSheet.objects.get_or_create(
            unit=unit, defaults={**facts, "version": 1}
        )
        if not is_new:
            sheet = versions.locked_version(
                MeetingSheet.objects.all(), sheet, version=version
            )
            for column, value in facts.items():
                setattr(sheet, column, value)
            sheet.version += 1
            sheet.save()
        events.record(
            action="meetings.sheet_written",
            subject=sheet,
            actor=actor,
            now=now,
            unit=unit.custodian,
            area=Area.WORK_EDIT,
            data={"campaign": unit.campaign_id},
        )
    return sheet


def rate_meeting(
    *,
    meeting: Meeting,
    version: int,
    sheet: MeetingSheet,
    points: Sequence[int],
    on: date,
    actor: Actor,
    now: datetime,
) -> MeetingRating:
    """Rate a meeting that was held, or rate it anew; signed minutes do not hinder it.

    Shape: `points` in the order of the sheet's criteria.
    Raises: MeetingNotChangeable if it was not held; as `of_version`.
    """
    with transaction.atomic():
        current = of_version(meeting, version=version)
        if not current.took_place:
            raise MeetingNotChangeable(_("Only a meeting that was held is rated."))
        lines = [
            {**criterion, "given": given}
            for criterion, given in zip(sheet.criteria, points, strict=True)
        ]
        given, most = sum(points), sum(each["most"] for each in sheet.criteria)
        rating, _is_new = MeetingRating.objects.update_or_create(
            meeting=current,
            defaults={
                "lines": lines,
                "given": given,
                "most": most,
                "degree": degree_of(sheet.degrees, given=given, most=most),
                "on": on,
            },
        )
        saved(current, action="rated", actor=actor, now=now)
    return rating


def degree_of(degrees: Sequence[Mapping[str, Any]], *, given: int, most: int) -> str:
    """Return the highest degree that these points reach.

    Shape: `degrees` from the highest down, the last from 0; a degree says how many
    points of a hundred it takes at least.
    """
    return next(
        str(each["name"]) for each in degrees if given * HUNDRED >= each["least"] * most
    )

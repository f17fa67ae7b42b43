"""A cell says why somebody is not reviewed yet. Source: docs/rules/decisions.md § 6."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from campaigns.models import CampaignUnit
from campaigns.services import running, tallies
from campaigns.vocabulary.unreviewed import unreviewed_reasons
from members import events
from members.models import Member
from members.policy import Actor, Area
from members.services.versions import ChangedMeanwhile
from reviews.models import UnreviewedReason
from reviews.queries.unreviewed import unreviewed_in


class ReasonRefused(Exception):
    """The reason cannot be recorded; the text says why, `column` where it stands."""

    def __init__(self, why: str, *, column: str | None = None) -> None:
        super().__init__(why)
        self.column = column


def record_reasons(
    *,
    unit: CampaignUnit,
    reasons: Mapping[int, str],
    shown: Mapping[int, str],
    actor: Actor,
    now: datetime,
) -> None:
    """Record a code for each of these people of a cell; "" takes one back.

    `shown` are the codes that stood there when the page was opened. What is not changed
    is not written.
    Raises: ReasonRefused if the campaign takes no acts, somebody is reviewed by now, it
        is oneself, or a code is not in the list; versions.ChangedMeanwhile.
    """
    running.demand_running(unit.campaign, ReasonRefused)
    with events.written_last():
        tallies.keep_worked_on(unit.campaign)
        units = CampaignUnit.objects.select_for_update(of=("self",), no_key=True)
        units.get(pk=unit.pk)
        lines = {
            line.participant.pk: line
            for line in unreviewed_in(unit, actor)
            if line.needs_reason
        }
        changed = {
            pk: code for pk, code in reasons.items() if code != shown.get(pk, "")
        }
        for pk, code in changed.items():
            line = lines.get(pk)
            if line is None or line.code != shown.get(pk, ""):
                raise ChangedMeanwhile(unit)
            if line.participant.member_id == actor.member_id:
                raise ReasonRefused(
                    _("Somebody else records this about you."), column=f"reason_{pk}"
                )
            if code and code not in unreviewed_reasons():
                raise ReasonRefused(
                    _("Choose a reason of the list."), column=f"reason_{pk}"
                )
            _write(pk, code, actor, now)
            events.record(
                action="unreviewed.recorded" if code else "unreviewed.taken_back",
                subject=line.participant,
                member=Member(pk=line.participant.member_id),
                actor=actor,
                now=now,
                unit=unit.custodian,
                area=Area.PLEDGES,
                data={"campaign": unit.campaign_id},
            )


def _write(participant_id: int, code: str, actor: Actor, now: datetime) -> None:
    rows = UnreviewedReason.objects.filter(participant=participant_id)
    if not code:
        rows.delete()
        return
    UnreviewedReason.objects.update_or_create(
        participant_id=participant_id,
        defaults={
            "code": code,
            "recorded_at": now,
            "recorded_by_id": actor.account_id,
        },
    )

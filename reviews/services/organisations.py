"""Bodies propose the level of an organisation, and a collective decides on it.

Source: docs/rules/organisation-levels.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import CampaignBody, CampaignUnit
from campaigns.services import running, tallies
from campaigns.vocabulary.parties import assessing_parties
from members import events
from members.policy import Actor, Area
from members.services.versions import locked_version
from reviews.models import BodyDecision, BodyDecisionLine, BodyProposal
from reviews.queries import organisations as queries
from reviews.queries.verifying import ceiling_lines, exceeded_everywhere
from reviews.services.deciding import (
    DecidedMeanwhile,
    DecisionRefused,
    Papers,
    demand_papers,
)

OWN = "OWN"


class BodyProposalRefused(Exception):
    """The proposal cannot be recorded; the text says why, `column` where it stands."""

    def __init__(self, why: str, *, column: str | None = None) -> None:
        super().__init__(why)
        self.column = column


@dataclass(frozen=True, slots=True)
class Chosen:
    """The level chosen for one organisation, upon the version that was shown."""

    level: str
    version: int
    note: str = ""


def add_collective(
    *, unit: CampaignUnit, kind: str, name: str, actor: Actor, now: datetime
) -> CampaignBody:
    """Add a collective of a unit that is rated beside the organisation.

    It enters no count of organisations. Raises: BodyProposalRefused if it is there
    already, or the campaign takes no acts.
    """
    running.demand_running(unit.campaign, BodyProposalRefused)
    with transaction.atomic():
        tallies.keep_worked_on(unit.campaign)
        units = CampaignUnit.objects.select_for_update(of=("self",), no_key=True)
        held = units.get(pk=unit.pk)
        same = CampaignBody.objects.filter(unit=held, kind=kind, name=name)
        if same.exists():
            raise BodyProposalRefused(
                _("This collective is on the list already."), column="name"
            )
        body = CampaignBody.objects.create(unit=held, kind=kind, name=name)
        events.record(
            action="collectives.added",
            subject=body,
            actor=actor,
            now=now,
            unit=unit.custodian,
            area=Area.CAMPAIGN,
            data={"campaign": unit.campaign_id, "kind": kind},
        )
    return body


def record_proposal(
    *,
    body: CampaignBody,
    facts: Mapping[str, object],
    actor: Actor,
    now: datetime,
) -> BodyProposal:
    """Record what one body proposes; `facts` by the names of the columns.

    Raises: BodyProposalRefused if the level is decided, the body has proposed one
        already, the day is to come, or the campaign takes no acts.
    """
    row = BodyProposal(
        body=body, recorded_at=now, recorded_by_id=actor.account_id, **facts
    )
    with transaction.atomic():
        _hold(body)
        _check(row, now)
        row.save(force_insert=True)
        _note("body_proposals.recorded", row, actor, now)
    return row


def correct_proposal(
    *,
    proposal: BodyProposal,
    version: int,
    facts: Mapping[str, object],
    actor: Actor,
    now: datetime,
) -> BodyProposal:
    """Write a proposal as it is known now.

    Raises: versions.ChangedMeanwhile; BodyProposalRefused as `record_proposal`.
    """
    with transaction.atomic():
        _hold(proposal.body)
        row = locked_version(BodyProposal.objects.all(), proposal, version=version)
        row.body = proposal.body
        for name, value in facts.items():
            setattr(row, name, value)
        _check(row, now)
        row.recorded_at, row.recorded_by_id = now, actor.account_id
        row.version += 1
        row.save()
        _note("body_proposals.corrected", row, actor, now)
    return row


def _hold(body: CampaignBody) -> None:
    """Hold a body that has no level in a campaign that takes acts."""
    running.demand_running(body.campaign, BodyProposalRefused)
    tallies.keep_worked_on(body.campaign)
    bodies = CampaignBody.objects.select_for_update(of=("self",), no_key=True)
    if bodies.get(pk=body.pk).level:
        raise BodyProposalRefused(_("The level is decided already."))


def _check(row: BodyProposal, now: datetime) -> None:
    if row.party not in assessing_parties():
        raise BodyProposalRefused(_("Choose one of the list."), column="party")
    if row.level not in row.body.campaign.rules.organisations.codes:
        raise BodyProposalRefused(_("Choose a level of this campaign."), column="level")
    if row.on > timezone.localdate(now):
        raise BodyProposalRefused(_("This day is still to come."), column="on")
    same = BodyProposal.objects.filter(
        body=row.body, party=row.party, party_name=row.party_name
    )
    if same.exclude(pk=row.pk).exists():
        raise BodyProposalRefused(
            _("What this body proposes is recorded already: correct that line."),
            column="party_name",
        )


def _note(action: str, row: BodyProposal, actor: Actor, now: datetime) -> None:
    events.record(
        action=action,
        subject=row,
        actor=actor,
        now=now,
        unit=row.body.unit.custodian,
        area=Area.WORK_EDIT,
        data={"campaign": row.body.campaign_id},
    )


def decide(
    *,
    unit: CampaignUnit,
    papers: Papers,
    chosen: Mapping[int, Chosen],
    actor: Actor,
    now: datetime,
) -> BodyDecision:
    """Decide on the levels of these organisations, by the number of the body.

    All or nothing; an event for each.
    Raises: DecidedMeanwhile if one has changed since it was shown; DecisionRefused if
        the papers do not fit, nothing is chosen, a level that nobody proposed or a
        breach has no reason, who recorded what a collective proposes of itself records
        the decision on it, or the campaign takes no acts.
    """
    demand_papers(papers, now)
    running.demand_running(unit.campaign, DecisionRefused)
    if not chosen:
        raise DecisionRefused(_("Choose a level for one organisation at least."))
    bodies = queries.with_unit(CampaignBody.objects.filter(pk__in=chosen))
    above = {each.unit.parent_id for each in bodies} - {None}
    with events.written_last(), tallies.changing(above):
        held = _held(unit, chosen)
        _demand_notes(held, chosen, actor)
        _demand_reason(unit, held, chosen, papers)
        decision = _write(unit, papers, held, chosen, actor, now)
        for body in held:
            events.record(
                action="body_decisions.decided",
                subject=decision,
                actor=actor,
                now=now,
                unit=body.unit.custodian,
                area=Area.CAMPAIGN,
                data={"campaign": unit.campaign_id},
            )
    return decision


def _held(unit: CampaignUnit, chosen: Mapping[int, Chosen]) -> list[CampaignBody]:
    locked = CampaignBody.objects.select_for_update(of=("self",), no_key=True)
    rows = queries.with_unit(locked.filter(pk__in=chosen)).select_related(
        "unit__custodian"
    )
    held: list[CampaignBody] = list(rows.order_by("pk"))
    as_shown = [
        not each.level
        and each.version == chosen[each.pk].version
        and getattr(queries.decider_of(each), "pk", None) == unit.pk
        for each in held
    ]
    if len(held) != len(chosen) or not all(as_shown):
        raise DecidedMeanwhile(
            _(
                "Somebody else has decided on one of these organisations meanwhile; "
                "nothing of yours is recorded. Open the page again."
            )
        )
    return held


def _demand_notes(
    held: Sequence[CampaignBody], chosen: Mapping[int, Chosen], actor: Actor
) -> None:
    codes = held[0].campaign.rules.organisations.codes
    proposals = BodyProposal.objects.filter(body__in=held)
    proposed = set(proposals.values_list("body", "level"))
    own = proposals.filter(party=OWN, recorded_by=actor.account_id)
    keyed = set(own.values_list("body", flat=True))
    for body in held:
        line = chosen[body.pk]
        if line.level not in codes:
            raise DecisionRefused(
                _("Choose a level of this campaign."), column=f"level_{body.pk}"
            )
        if body.pk in keyed:
            raise DecisionRefused(
                _(
                    "You recorded what %s proposes of itself; somebody else of the "
                    "committee records the decision on it."
                )
                % body.full_name
            )
        if (body.pk, line.level) not in proposed and not line.note:
            raise DecisionRefused(
                _("%s: nobody proposed this level; say why it is decided.")
                % body.full_name,
                column=f"note_{body.pk}",
            )


def _demand_reason(
    unit: CampaignUnit,
    held: Sequence[CampaignBody],
    chosen: Mapping[int, Chosen],
    papers: Papers,
) -> None:
    if papers.breach_reason:
        return
    rows = queries.ceilings_with(unit, [(body, chosen[body.pk].level) for body in held])
    breaches = ceiling_lines(exceeded_everywhere(rows))
    if breaches:
        raise DecisionRefused(
            _("This needs a reason of the deciding body: %s") % "; ".join(breaches),
            column="breach_reason",
        )


def _write(
    unit: CampaignUnit,
    papers: Papers,
    held: Sequence[CampaignBody],
    chosen: Mapping[int, Chosen],
    actor: Actor,
    now: datetime,
) -> BodyDecision:
    if BodyDecision.objects.filter(unit=unit, document=papers.document).exists():
        raise DecisionRefused(_("This number is recorded already."), column="document")
    decision = BodyDecision.objects.create(
        unit=unit,
        recorded_at=now,
        recorded_by_id=actor.account_id,
        **asdict(papers),
    )
    BodyDecisionLine.objects.bulk_create(
        BodyDecisionLine(
            decision=decision,
            body=body,
            level=chosen[body.pk].level,
            note=chosen[body.pk].note,
        )
        for body in held
    )
    own = BodyProposal.objects.filter(body__in=held, party=OWN)
    proposed = dict(own.order_by("pk").values_list("body", "level"))
    for body in held:
        body.level, body.decided_by = chosen[body.pk].level, unit
        body.proposed_level = proposed.get(body.pk, body.proposed_level)
        body.version += 1
    CampaignBody.objects.bulk_update(
        held, ["level", "decided_by", "proposed_level", "version"]
    )
    return decision

"""A unit asks a body about some of its people or collectives, or notes who needs none.

Source: docs/rules/opinions.md § 1, § 2.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import CampaignBody, CampaignUnit, Participant
from campaigns.services.running import demand_running
from campaigns.services.written.states import WritingRefused
from campaigns.vocabulary.opinions import Askable, opinion_lists
from members import events, names
from members.models import Member
from members.policy import Actor, Area
from members.services.versions import locked_version
from reviews.models import Opinion, OpinionRequest, ResidenceExemption
from reviews.queries.rating import decider_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which body is asked, by which document, when and until when."""

    source: str  # a code of the list of those that can be asked
    body_name: str
    document: str
    asked_on: date
    due_on: date


def ask(
    *,
    unit: CampaignUnit,
    asked: Asked,
    people: Sequence[Participant],
    bodies: Sequence[CampaignBody],
    actor: Actor,
    now: datetime,
) -> OpinionRequest:
    """Ask one body about people and collectives of a unit, all by one day.

    Raises: WritingRefused if nobody is chosen, the days do not follow one another, the
        body is not asked about these, somebody needs no such opinion or is asked
        about already, or the campaign takes no acts.
    """
    kind = opinion_lists().askable[asked.source]
    _demand_days(asked, now)
    _demand_subjects(kind, people, bodies)
    with transaction.atomic():
        _hold(unit)
        demand_running(unit.campaign, WritingRefused)
        _demand_new(kind, asked.body_name, people, bodies)
        decider = decider_of(unit) if keeps_as_cell(unit, actor) else unit
        made = OpinionRequest.objects.create(
            unit=unit,
            goes_to=decider,
            source=asked.source,
            body_name=asked.body_name,
            document=asked.document,
            asked_on=asked.asked_on,
            due_on=asked.due_on,
            asked_at=now,
            asked_by_id=actor.account_id,
        )
        Opinion.objects.bulk_create(
            [
                *(
                    Opinion(request=made, goes_to=decider, participant=each)
                    for each in people
                ),
                *(Opinion(request=made, goes_to=decider, body=each) for each in bodies),
            ]
        )
        counts = {"people": len(people), "all": len(people) + len(bodies)}
        record_act("asked", made, actor, now, counts=counts)
    return made


def _demand_days(asked: Asked, now: datetime) -> None:
    if asked.asked_on > timezone.localdate(now):
        raise WritingRefused(_("This day has not come yet."), column="asked_on")
    if asked.due_on < asked.asked_on:
        raise WritingRefused(
            _("The answer cannot be due before it is asked for."), column="due_on"
        )


def _demand_subjects(
    kind: Askable, people: Sequence[Participant], bodies: Sequence[CampaignBody]
) -> None:
    if not people and not bodies:
        raise WritingRefused(_("Choose about whom it is asked."), column="about")
    if bodies and not kind.gives("UNIT"):
        raise WritingRefused(
            _("This body is asked about people alone: choose no collective."),
            column="about",
        )
    if people and not kind.gives("PERSON"):
        raise WritingRefused(
            _("This body is asked about collectives alone: choose nobody."),
            column="about",
        )


def _demand_new(
    kind: Askable,
    body_name: str,
    people: Sequence[Participant],
    bodies: Sequence[CampaignBody],
) -> None:
    """Refuse those whom the same body is asked about already, or of whom none is given.

    A person has one place of residence: there the name of the body tells nothing.
    """
    if kind.is_residence:
        found = ResidenceExemption.objects.filter(participant__in=people)
        if free := list(found.values_list("participant__full_name", flat=True)):
            raise WritingRefused(
                _("No opinion of the place of residence is asked about: %s.")
                % ", ".join(free),
                column="about",
            )
    before = Opinion.objects.filter(
        request__source=kind.code, request__ended_on=None
    ).select_related("request", "participant", "body__unit")
    again = [
        each.subject.full_name
        for each in (
            *before.filter(participant__in=people),
            *before.filter(body__in=bodies),
        )
        if kind.is_residence
        or names.fold(each.request.body_name) == names.fold(body_name)
    ]
    if again:
        raise WritingRefused(
            _("This is asked already about: %s.") % ", ".join(again), column="about"
        )


def end(
    *, request: OpinionRequest, version: int, actor: Actor, now: datetime
) -> OpinionRequest:
    """Wait no longer for what a body has not sent; what comes later is still entered.

    Raises: WritingRefused if it is ended already or the campaign takes no acts;
        versions.ChangedMeanwhile.
    """
    with transaction.atomic():
        held = locked_version(OpinionRequest.objects.all(), request, version=version)
        demand_running(request.unit.campaign, WritingRefused)
        if held.ended_on:
            raise WritingRefused(_("Nothing more is waited for already."))
        held.ended_on = max(timezone.localdate(now), held.asked_on)
        held.version += 1
        held.save(update_fields=["ended_on", "version"])
        record_act("ended", request, actor, now)
    return held


def exempt(
    *,
    unit: CampaignUnit,
    people: Sequence[Participant],
    category: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Note that people need no opinion of the place of residence, or, by "", that they do.

    What is asked about them there and has not come, is taken out.
    Raises: WritingRefused if nobody is chosen, it is oneself, or the campaign takes no
        acts.
    """
    if not people:
        raise WritingRefused(_("Choose for whom it is recorded."), column="people")
    if any(each.member_id == actor.member_id for each in people):
        raise WritingRefused(
            _("Another member of the committee records this of you."), column="people"
        )
    of_residence = [
        each.code for each in opinion_lists().askable.values() if each.is_residence
    ]
    with events.written_last():
        _hold(unit)
        demand_running(unit.campaign, WritingRefused)
        ResidenceExemption.objects.filter(participant__in=people).delete()
        if category:
            ResidenceExemption.objects.bulk_create(
                ResidenceExemption(
                    participant=each,
                    category=category,
                    recorded_at=now,
                    recorded_by_id=actor.account_id,
                )
                for each in people
            )
            Opinion.objects.filter(
                participant__in=people,
                state=Opinion.State.ASKED,
                request__source__in=of_residence,
            ).delete()
        action = "opinions.exempted" if category else "opinions.exemption_ended"
        for each in people:
            events.record(
                action=action,
                subject=each,
                member=Member(pk=each.member_id),
                actor=actor,
                now=now,
                unit=unit.custodian,
                area=Area.PLEDGES,
                data={"campaign": unit.campaign_id},
            )


def _hold(unit: CampaignUnit) -> None:
    """Let one act after the other ask about, or exempt, the people of a unit."""
    units = CampaignUnit.objects.select_for_update(of=("self",), no_key=True)
    units.get(pk=unit.pk)


def record_act(
    what: str,
    request: OpinionRequest,
    actor: Actor,
    now: datetime,
    *,
    counts: Mapping[str, int] | None = None,
) -> None:
    """Log an act on a request as a whole, with how many it is about."""
    data = {"campaign": request.unit.campaign_id, **(counts or {})}
    events.record(
        action=f"opinions.{what}",
        subject=request,
        actor=actor,
        now=now,
        unit=request.unit.custodian,
        area=area_of(request, actor),
        data=data,
    )


def area_of(request: OpinionRequest, actor: Actor) -> Area:
    """Return in which area the actor keeps a request: as a cell, or as a committee."""
    return Area.PLEDGES if keeps_as_cell(request.unit, actor) else Area.CAMPAIGN


def keeps_as_cell(unit: CampaignUnit, actor: Actor) -> bool:
    """Tell whether the actor acts for a unit as its cell committee."""
    return actor.narrowest_post(Area.PLEDGES, unit.custodian.path) is not None

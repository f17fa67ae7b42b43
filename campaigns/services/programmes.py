"""The action programme of a unit: adopted, checked, its result drafted and answered.

Source: docs/rules/programmes.md.
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import (
    Campaign,
    CampaignUnit,
    CoChair,
    Meeting,
    Programme,
    ProgrammeCheck,
    ProgrammeItem,
    ProgrammeReply,
)
from campaigns.services import programmes_on_paper as paper
from campaigns.services.work import (
    NotRecordable,
    demand_in_time,
    demand_running,
    note,
)
from campaigns.steps import Step
from members.policy import Actor
from members.services.versions import locked_version

State = Programme.State


def begin(*, unit: CampaignUnit, actor: Actor, now: datetime) -> Programme:
    """Begin the programme of a unit, or return the one that it has.

    Raises: NotRecordable where the campaign takes no acts.
    """
    with transaction.atomic():
        demand_running(unit)
        programme, is_new = Programme.objects.get_or_create(unit=unit)
        if is_new:
            note("begun", programme, actor, now)
    return programme


def write(
    *,
    programme: Programme,
    version: int,
    application: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Write how the programme applies the study topic of the year.

    Raises: versions.ChangedMeanwhile; NotRecordable once it is adopted.
    """
    with transaction.atomic():
        current = _locked(programme, version, {State.DRAFT})
        current.application = application
        _save(current, "written", actor, now)


def adopt(
    *,
    programme: Programme,
    version: int,
    adopted_on: date,
    document: str,
    items_on_paper: int | None,
    opened_at: datetime | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """Adopt the programme as it stands: from here on its members are held to it.

    Items whose words stay on paper get their numbers, by which they are checked.
    Raises: versions.ChangedMeanwhile; phases.StepClosed; NotRecordable without an item,
        a second time, on a day to come, or where an item on paper that is to go was
        checked.
    """
    with transaction.atomic():
        _demand_come(adopted_on, now, column="adopted_on")
        current = _locked(programme, version, {State.DRAFT})
        demand_in_time(current.unit, Step.PROGRAMME, opened_at, now)
        paper.number_items(current, items_on_paper or 0)
        if not ProgrammeItem.objects.filter(programme=current).exists():
            raise NotRecordable(_("The programme has no item yet."))
        current.state = State.ADOPTED
        current.adopted_on, current.document = adopted_on, document
        current.items_on_paper = items_on_paper
        _save(current, "adopted", actor, now)


def amend(*, programme: Programme, version: int, actor: Actor, now: datetime) -> None:
    """Take an adopted programme up again; it is adopted anew, by its own document.

    Raises: versions.ChangedMeanwhile; NotRecordable once its result is drafted.
    """
    with transaction.atomic():
        current = _locked(programme, version, {State.ADOPTED})
        current.state = State.DRAFT
        _save(current, "amended", actor, now)


def check(
    *,
    programme: Programme,
    on: date,
    meeting: Meeting | None,
    found: Mapping[int, tuple[str, str]],
    actor: Actor,
    now: datetime,
) -> None:
    """Record how every item stood on a day; what is not named is on track.

    Shape: `found` has state and note by the number of an item.
    Raises: NotRecordable before adoption, for a day before it or to come, or a day checked
        before.
    """
    with transaction.atomic():
        _demand_come(on, now, column="on")
        current = Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
        demand_running(current.unit)
        _demand_state(current, set(Programme.RUNNING))
        items = list(ProgrammeItem.objects.filter(programme=current))
        if current.adopted_on and on < current.adopted_on:
            raise NotRecordable(_("It was adopted after this day."), column="on")
        if ProgrammeCheck.objects.filter(item__in=items, on=on).exists():
            raise NotRecordable(
                _("The programme was checked on this day already."), column="on"
            )
        ProgrammeCheck.objects.bulk_create(
            ProgrammeCheck(
                item=item,
                meeting=meeting,
                on=on,
                state=found.get(item.pk, (ProgrammeCheck.State.ON_TRACK, ""))[0],
                note=found.get(item.pk, ("", ""))[1],
                at=now,
                by_id=actor.account_id,
            )
            for item in items
        )
        note("checked", current, actor, now, changes=len(found))


def draft_result(
    *,
    programme: Programme,
    version: int,
    result: str,
    results: Mapping[int, tuple[str, str]],
    actor: Actor,
    now: datetime,
) -> None:
    """Write the result of the year, item by item; signatures count for what they saw.

    Shape: `results` has result and note by the number of an item.
    Raises: versions.ChangedMeanwhile; NotRecordable before adoption and once it is sent.
    """
    with transaction.atomic():
        current = _locked(programme, version, set(Programme.RUNNING))
        items = list(ProgrammeItem.objects.filter(programme=current, pk__in=results))
        for item in items:
            item.result, item.result_note = results[item.pk]
            item.version += 1
        ProgrammeItem.objects.bulk_update(items, ["result", "result_note", "version"])
        CoChair.objects.filter(programme=current).update(
            signed_on=None, signed_on_paper=False
        )
        current.result = result
        current.state = State.REPORTED
        _save(current, "reported", actor, now)


def sign(
    *,
    co_chair: CoChair,
    version: int,
    on: date,
    is_on_paper: bool,
    actor: Actor,
    now: datetime,
) -> None:
    """Record that a co-chair has signed the result as it stands.

    Raises: versions.ChangedMeanwhile; NotRecordable without a result, outside the days
        of the document or on a day to come, or where somebody else than the co-chair
        signs here.
    """
    with transaction.atomic():
        _demand_come(on, now, column="on")
        programme = Programme.objects.select_for_update(no_key=True).get(
            pk=co_chair.programme_id
        )
        demand_running(programme.unit)
        _demand_state(programme, {State.REPORTED})
        current = locked_version(CoChair.objects.all(), co_chair, version=version)
        if not current.from_on <= on <= current.ends_on:
            raise NotRecordable(
                _("The document names the co-chair for other days."), column="on"
            )
        if not is_on_paper and current.member_id != actor.member_id:
            raise NotRecordable(_("Only the co-chair signs here."))
        current.signed_on, current.signed_on_paper = on, is_on_paper
        current.version += 1
        current.save()
        note("signed", current, actor, now)


def send_result(
    *,
    programme: Programme,
    version: int,
    discussed_on: date,
    minutes: str,
    meeting: Meeting | None,
    actor: Actor,
    now: datetime,
) -> None:
    """Send the result up, after a meeting of the unit has discussed it.

    Raises: versions.ChangedMeanwhile; NotRecordable without a result for each item, before
        each co-chair whose days hold has signed, or for a day to come or before the
        adoption.
    """
    with transaction.atomic():
        _demand_come(discussed_on, now, column="discussed_on")
        current = _locked(programme, version, {State.REPORTED})
        if current.adopted_on and discussed_on < current.adopted_on:
            raise NotRecordable(
                _("It was adopted after this day."), column="discussed_on"
            )
        open_items = ProgrammeItem.objects.filter(programme=current, result="")
        if missing := open_items.count():
            raise NotRecordable(_("Items without a result: %s.") % missing)
        unsigned = CoChair.objects.filter(programme=current, signed_on=None).in_force()
        if who := unsigned.first():
            raise NotRecordable(_("%s has not signed the result yet.") % who.name)
        current.discussed_on, current.minutes = discussed_on, minutes
        current.meeting = meeting
        current.state = State.SENT
        _save(current, "sent", actor, now)


def answer_result(
    *,
    programme: Programme,
    version: int,
    is_approval: bool,
    document: str,
    remarks: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Approve the result that a unit below has sent, or return it with remarks.

    Raises: versions.ChangedMeanwhile; NotRecordable where nothing waits, or it is
        returned and nothing says why.
    """
    with transaction.atomic():
        current = _locked(programme, version, {State.SENT})
        if not is_approval and not remarks:
            raise NotRecordable(_("Say what is to be completed."), column="remarks")
        ProgrammeReply.objects.create(
            programme=current,
            is_approval=is_approval,
            document=document,
            remarks=remarks,
            at=now,
            by_id=actor.account_id,
        )
        current.state = State.APPROVED if is_approval else State.RETURNED
        _save(current, "approved" if is_approval else "returned", actor, now)


def hold_for_items(item: models.Model) -> None:
    """Hold the programme of an item, and refuse where it is adopted: amend it first.

    Raises: NotRecordable, too, for an item whose words stay on paper.
    """
    assert isinstance(item, ProgrammeItem)
    if item.is_on_paper:
        raise NotRecordable(
            _("This item stands on paper: its number is told by the adoption.")
        )
    programmes = Programme.objects.select_for_update(no_key=True)
    _demand_state(programmes.get(pk=item.programme_id), {State.DRAFT})


def _locked(programme: Programme, version: int, states: set[State]) -> Programme:
    rows = Programme.objects.select_related("unit__custodian")
    current = locked_version(rows, programme, version=version)
    campaign: Campaign = demand_running(current.unit)
    current.unit.campaign = campaign
    _demand_state(current, states)
    return current


def _demand_state(programme: Programme, states: set[State]) -> None:
    if programme.state not in states:
        raise NotRecordable(
            _("The programme is in the state “%s” and does not take this act.")
            % programme.get_state_display()
        )


def _demand_come(day: date, now: datetime, *, column: str) -> None:
    if day > timezone.localdate(now):
        raise NotRecordable(_("This day is still to come."), column=column)


def _save(programme: Programme, what: str, actor: Actor, now: datetime) -> None:
    programme.version += 1
    programme.save()
    note(what, programme, actor, now)

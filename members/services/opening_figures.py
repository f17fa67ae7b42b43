"""Opening figures: entered with their source, corrected by another row.

Source: docs/rules/terms.md § 3.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members import events
from members.models import OpeningFigure, PartyUnit
from members.policy import Actor, Area


class FigureNotPossible(Exception):
    """The figure cannot be entered or corrected like this; the text says why."""

    column: str | None = None


def enter_figure(
    *,
    unit: PartyUnit,
    kind: str,
    from_on: date,
    until_on: date,
    value: int,
    source: str,
    actor: Actor,
    now: datetime,
) -> OpeningFigure:
    """Enter a figure from before the system, for the unit with all below it.

    Raises: FigureNotPossible where one is entered already: it is to be corrected; for a
        period that is not over.
    """
    if until_on > timezone.localdate(now) + timedelta(days=1):
        refusal = FigureNotPossible(_("This day has not come yet."))
        refusal.column = "last_on"
        raise refusal
    with transaction.atomic():
        PartyUnit.objects.select_for_update(no_key=True).get(pk=unit.pk)
        same = OpeningFigure.objects.filter(
            unit=unit, kind=kind, from_on=from_on, until_on=until_on
        )
        if same.exists():
            raise FigureNotPossible(
                _("This is entered for the unit already; correct what is there.")
            )
        figure = OpeningFigure(
            unit=unit,
            kind=kind,
            from_on=from_on,
            until_on=until_on,
            value=value,
            source=source,
        )
        return _added("opening_figures.entered", figure, actor, now)


def correct_figure(
    *,
    figure: OpeningFigure,
    value: int | None,
    source: str,
    actor: Actor,
    now: datetime,
) -> OpeningFigure:
    """Put a row in the place of another, which stays; without a value take it back.

    Raises: FigureNotPossible where somebody has corrected it meanwhile.
    """
    with transaction.atomic():
        PartyUnit.objects.select_for_update(no_key=True).get(pk=figure.unit_id)
        if OpeningFigure.objects.filter(replaces=figure).exists():
            raise FigureNotPossible(
                _("Somebody has corrected this figure meanwhile; look at it again.")
            )
        later = OpeningFigure(
            unit=figure.unit,
            kind=figure.kind,
            from_on=figure.from_on,
            until_on=figure.until_on,
            value=value,
            source=source,
            replaces=figure,
        )
        done = "taken_back" if value is None else "corrected"
        return _added(f"opening_figures.{done}", later, actor, now)


def _added(
    action: str, figure: OpeningFigure, actor: Actor, now: datetime
) -> OpeningFigure:
    figure.recorded_at = now
    figure.recorded_by_id = actor.account_id
    figure.save(force_insert=True)
    events.record(
        action=action,
        subject=figure,
        actor=actor,
        now=now,
        unit=figure.unit,
        area=Area.IMPORT,
        data={"kind": figure.kind},
    )
    return figure

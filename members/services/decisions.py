"""Decisions on the tree of units: drafted, corrected, thrown away, carried out.

Source: docs/rules/lifecycle.md § 6.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from members import dates, events
from members.models import (
    Member,
    PartyUnit,
    Post,
    UnitChange,
    UnitDecision,
    UnitPart,
)
from members.policy import COMMITTEE_ROLES, Actor, Area
from members.services import posts, transfers
from members.services.changing import Carried, make
from members.services.units import UnitNotChangeable, lock_tree
from members.services.versions import ChangedMeanwhile, locked_version
from members.vocabulary import vocabulary

Facts = Mapping[str, str | date]  # number, issuer, signed_on, effective_on, title

CLOSING = (UnitChange.Act.MERGE, UnitChange.Act.CLOSE)
SAID = ("act", "unit_id", "target_id", "target_change_id", "code", "name", "kind",
        "sector")  # fmt: skip


class DecisionNotDraftable(Exception):
    """The draft does not take this; the text says why."""


def draft_decision(
    *, keeper: PartyUnit, facts: Facts, actor: Actor, now: datetime
) -> UnitDecision:
    """Begin a draft without changes; the same form sent twice begins one.

    Raises: DecisionNotDraftable if the decision is recorded already.
    """
    with transaction.atomic():
        lock_tree()
        known = _known(facts)
        if known is not None:
            if known.drafted_by_id == actor.account_id and _says(known, facts):
                return known
            raise _recorded_already(facts)
        decision = UnitDecision.objects.create(
            keeper=keeper, drafted_by_id=actor.account_id, **facts
        )
        _record("units.decision_drafted", decision, actor, now)
    return decision


def correct_decision(
    *, decision: UnitDecision, version: int, facts: Facts, actor: Actor, now: datetime
) -> None:
    """Write number, dates, issuer and subject of a draft anew.

    Raises: versions.ChangedMeanwhile; DecisionNotDraftable.
    """
    with transaction.atomic():
        current = _draft(decision, version)
        known = _known(facts)
        if known is not None and known.pk != current.pk:
            raise _recorded_already(facts)
        for name, value in facts.items():
            setattr(current, name, value)
        _save_version(current, *facts)
        _record("units.decision_corrected", current, actor, now)


def discard_decision(
    *, decision: UnitDecision, version: int, actor: Actor, now: datetime
) -> None:
    """Throw a draft away with its changes.

    Raises: versions.ChangedMeanwhile; DecisionNotDraftable.
    """
    with transaction.atomic():
        current = _draft(decision, version)
        _record("units.decision_discarded", current, actor, now)
        current.delete()


def add_change(
    *,
    decision: UnitDecision,
    version: int,
    change: UnitChange,
    units: Iterable[PartyUnit] = (),
    people: Iterable[Member] = (),
    actor: Actor,
    now: datetime,
) -> UnitChange:
    """Put a change at the end of a draft, a division with its parts.

    The same form sent twice adds one.
    Raises: versions.ChangedMeanwhile; DecisionNotDraftable; UnitNotChangeable for a
        unit that the actor does not decide on, or one below a cell that the same
        decision creates.
    """
    _refuse_below_new_cell(change)
    parts = [*(UnitPart(unit=one) for one in units),
             *(UnitPart(member=one) for one in people)]  # fmt: skip
    with transaction.atomic():
        try:
            current = _draft(decision, version)
        except ChangedMeanwhile as refusal:
            if (again := _added_last(refusal.current, version, change, parts)) is None:
                raise
            return again
        change.decision = current
        _demand_reach([change], actor)
        last = current.changes.aggregate(last=Max("position", default=0))["last"]
        change.position = last + 1
        change.save()
        for part in parts:
            part.change = change
        UnitPart.objects.bulk_create(parts)
        _save_version(current)
        _record("units.change_added", current, actor, now)
    return change


def _refuse_below_new_cell(change: UnitChange) -> None:
    """Refuse at once what carrying out would refuse: below a cell stands no unit."""
    created = change.target_change
    if created is None or change.act not in (
        UnitChange.Act.CREATE,
        UnitChange.Act.MOVE,
    ):
        return
    if created.kind in vocabulary().cells:
        raise UnitNotChangeable(
            _("%s is a cell: no unit stands below one.") % created.name
        )


def remove_change(
    *,
    decision: UnitDecision,
    version: int,
    change: UnitChange,
    actor: Actor,
    now: datetime,
) -> None:
    """Take a change out of a draft.

    Raises: versions.ChangedMeanwhile; DecisionNotDraftable if another change needs
        the unit that this one creates.
    """
    with transaction.atomic():
        current = _draft(decision, version)
        if current.changes.filter(target_change=change).exists():
            raise DecisionNotDraftable(
                _("Other changes need %s: remove those first.") % change.name
            )
        current.changes.filter(pk=change.pk).delete()
        _save_version(current)
        _record("units.change_removed", current, actor, now)


def apply_decision(
    *,
    decision: UnitDecision,
    actor: Actor,
    now: datetime,
    version: int | None = None,
    system_reason: str = "",
) -> Carried:
    """Carry out all changes of a decision on the live tree, in their order, or none.

    Open campaigns keep their own tree until somebody applies the decision there.
    Posts at a unit that is closed or merged end with it, and those in the committee of a
    cell of whoever a division takes from it. `version`: the one that was
    shown.
    Raises: UnitNotChangeable if it was applied before, takes effect later, names a
        unit that the actor does not decide on, or a change is impossible;
        versions.ChangedMeanwhile.
    """
    carried = Carried()
    with events.written_last():
        lock_tree()
        locked = _not_applied(decision, version)
        changes = list(
            locked.changes.select_related("unit", "target").order_by("position")
        )
        _demand_ready(locked, changes, actor, now)
        for change in changes:
            make(change, locked, carried)
        transfers.follow_decision(
            locked,
            moved=carried.people,
            actor=actor,
            now=now,
            system_reason=system_reason,
        )
        carried.posts = posts.end_posts(
            _posts_without_place(locked),
            actor=actor,
            now=now,
            document=locked.number,
            system_reason=system_reason,
        )
        locked.applied_at, locked.applied_by_id = now, actor.account_id
        locked.save(update_fields=["applied_at", "applied_by"])
        _record(
            "units.decision_applied",
            locked,
            actor,
            now,
            data={"changes": len(changes)},
            system_reason=system_reason,
        )
    return carried


def _not_applied(decision: UnitDecision, version: int | None) -> UnitDecision:
    """Return the decision as it is now, held; refuse one that was carried out."""
    locked = UnitDecision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if locked.applied_at is not None:
        raise UnitNotChangeable(
            _("Decision %s has been carried out already.") % locked.number
        )
    if version not in (None, locked.version):
        raise ChangedMeanwhile(locked)
    return locked


def _posts_without_place(decision: UnitDecision) -> QuerySet[Post]:
    """Return the posts at what is gone, and in the committee of a cell of who left it."""
    gone = decision.changes.filter(act__in=CLOSING).values("unit")
    left = UnitPart.objects.filter(
        change__decision=decision,
        change__unit=OuterRef("unit"),
        member=OuterRef("member"),
    )
    in_committee = Q(role__in=COMMITTEE_ROLES) & Exists(left)
    return Post.objects.filter(Q(unit__in=gone) | in_committee)


def _demand_ready(
    decision: UnitDecision,
    changes: Collection[UnitChange],
    actor: Actor,
    now: datetime,
) -> None:
    """Refuse what an office may not carry out, or not yet; a command answers for itself."""
    if actor.is_system:
        return
    if not changes:
        raise UnitNotChangeable(_("The decision holds no change yet."))
    if decision.effective_on > timezone.localdate(now):
        raise UnitNotChangeable(
            _("The decision takes effect on %s: it can be carried out from then on.")
            % dates.display_day(decision.effective_on)
        )
    _demand_reach(changes, actor)


def _demand_reach(changes: Iterable[UnitChange], actor: Actor) -> None:
    """Refuse a unit on which the actor does not decide (docs/policy.md § 1)."""
    for change in changes:
        unit, target = change.unit, change.target
        if unit and not actor.reaches_only_below(Area.UNITS, unit.path):
            raise _not_yours(unit, change)
        if target and not actor.reaches_below(Area.UNITS, target.path):
            raise _not_yours(target, change)


def _not_yours(unit: PartyUnit, change: UnitChange) -> UnitNotChangeable:
    refusal = UnitNotChangeable(
        _("%s is not among the units that your office decides on.") % unit.name
    )
    refusal.change_id = change.pk
    return refusal


def _draft(decision: UnitDecision, version: int) -> UnitDecision:
    current = locked_version(UnitDecision.objects.all(), decision, version=version)
    if current.applied_at is not None:
        raise DecisionNotDraftable(
            _("Decision %s has been carried out already.") % current.number
        )
    return current


def _known(facts: Facts) -> UnitDecision | None:
    once = {name: facts[name] for name in ("issuer", "number", "signed_on")}
    return UnitDecision.objects.filter(**once).first()


def _says(decision: UnitDecision, facts: Facts) -> bool:
    return all(getattr(decision, name) == value for name, value in facts.items())


def _recorded_already(facts: Facts) -> DecisionNotDraftable:
    signed_on = facts["signed_on"]
    assert isinstance(signed_on, date)
    return DecisionNotDraftable(
        _("Decision %(number)s of %(issuer)s, signed on %(day)s, is recorded already.")
        % {
            "number": facts["number"],
            "issuer": facts["issuer"],
            "day": dates.display_day(signed_on),
        }
    )


def _added_last(
    current: object, version: int, change: UnitChange, parts: Collection[UnitPart]
) -> UnitChange | None:
    """Return the last change of a draft if just this form has added it."""
    assert isinstance(current, UnitDecision)
    last = current.changes.order_by("position").last()
    if current.version != version + 1 or last is None:
        return None
    same_words = all(getattr(last, name) == getattr(change, name) for name in SAID)
    stored = set(last.parts.values_list("unit_id", "member_id"))
    same_parts = stored == {(part.unit_id, part.member_id) for part in parts}
    return last if same_words and same_parts else None


def _save_version(decision: UnitDecision, *columns: str) -> None:
    decision.version += 1
    decision.save(update_fields=[*columns, "version"])


def _record(
    action: str,
    decision: UnitDecision,
    actor: Actor,
    now: datetime,
    *,
    data: Mapping[str, object] | None = None,
    system_reason: str = "",
) -> None:
    events.record(
        action=action,
        subject=decision,
        actor=actor,
        now=now,
        unit=decision.keeper,
        area=Area.UNITS,
        data=data,
        system_reason=system_reason,
    )

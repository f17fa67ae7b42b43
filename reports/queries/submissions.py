"""What a unit is to sign, what it signed, and how the units below stand.

Source: docs/rules/sign-off.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from django.db.models import OuterRef, Subquery

from campaigns.lifecycle import State
from campaigns.models import CampaignUnit, Tally
from campaigns.models.campaign import CampaignUnitQuerySet
from members.models import Post
from members.policy import Actor, Area
from members.row_security import Purpose, opened_for
from reports import signed
from reports.models import Submission
from reports.queries.fold import Fold, fold_of, heads_of
from reports.queries.signed_rollups import own_counts, own_limits, parts_of
from reports.signed import Change, Counts, Limit

# Figures are signed once it is fixed who counts; what is rated anew after the closing
# is signed again.
SIGNED_IN = frozenset({State.ROLL_FIXED, State.CLOSED})

Head = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Child:
    """A unit right below, as it is called now, with what it signed; None: nothing."""

    unit: CampaignUnit
    head: Head
    part: Submission | None


@dataclass(frozen=True, slots=True)
class ToSign:
    """What a unit would sign now."""

    head: Head
    own: Counts
    total: Counts
    limits: Sequence[Limit]
    above: Sequence[Limit]
    children: Sequence[Child]
    digest: str

    @property
    def missing(self) -> list[str]:
        """The names of the children that have signed nothing."""
        return [each.head["name"] for each in self.children if each.part is None]


@dataclass(frozen=True, slots=True)
class ChildLine:
    """How a unit right below stands: `submission` is its latest version."""

    unit: CampaignUnit
    submission: Submission | None
    changes: tuple[Change, ...]  # of all below it, since it signed
    is_own_changed: bool

    @property
    def state(self) -> str:
        """SIGNED, CHANGED, RETURNED, VOIDED, or MISSING."""
        if self.submission is None:
            return "MISSING"
        if self.submission.state != Submission.State.SIGNED:
            return self.submission.state
        return "CHANGED" if self.changes else "SIGNED"

    @property
    def is_signed(self) -> bool:
        """Whether it has signed figures that count."""
        return self.state in ("SIGNED", "CHANGED")


@dataclass(frozen=True, slots=True)
class UnitState:
    """How a unit itself stands: all versions, the latest first; what is new since."""

    versions: Sequence[Submission]
    changes: tuple[Change, ...]  # of all below it, since it signed
    own_changes: tuple[Change, ...]
    stale: Sequence[str]  # children that have signed anew, or signed no more
    asks: bool  # whether it is to be signed, or signed again

    @property
    def in_force(self) -> Submission | None:
        """The version that counts."""
        latest = self.versions[0] if self.versions else None
        return latest if latest and latest.state == Submission.State.SIGNED else None

    @property
    def sent_back(self) -> Submission | None:
        """The latest version, where the level above sent it back or a decision voided it."""
        latest = self.versions[0] if self.versions else None
        return latest if latest and latest.state != Submission.State.SIGNED else None


def signing_units(actor: Actor) -> CampaignUnitQuerySet:
    """Return the units for which the actor signs: as whose committee one records."""
    units = CampaignUnit.objects.visible_to(actor, Area.WORK_EDIT)
    return units.filter(closed_on=None)


def figures_to_sign(unit: CampaignUnit) -> ToSign:
    """Return what a unit would sign now; four queries.

    `unit` comes with its campaign and the grassroots unit at or above it. The caller
    got it through a scope.
    """
    rules = unit.campaign.rules
    heads = {path: asdict(head) for path, head in heads_of(unit).items()}
    below = list(CampaignUnit.objects.directly_below(unit).order_by("path"))
    signed_below = {
        each.unit_id: each
        for each in Submission.objects.in_force().filter(unit__in=below)
    }
    children = [
        Child(each, heads[each.path], signed_below.get(each.pk)) for each in below
    ]
    own = own_counts(Tally.objects.filter(unit=unit)).get(unit.pk, {})
    limits, above = _limits(unit, own, children)
    return ToSign(
        head=heads[unit.path],
        own=own,
        total=signed.summed(
            [own, *(each.part.total for each in children if each.part)]
        ),
        limits=limits,
        above=above,
        children=children,
        digest=signed.digest_of(
            campaign=unit.campaign.code,
            rule_set=unit.campaign.rule_set_sha256 or rules.code,
            unit=heads[unit.path],
            own=own,
            children=[
                (each.head, each.part.digest if each.part else "") for each in children
            ],
        ),
    )


def _limits(
    unit: CampaignUnit, own: Counts, children: Iterable[Child]
) -> tuple[list[Limit], list[Limit]]:
    """Return the counts of ceilings at or below a unit, and of the one above it."""
    here, above = own_limits(unit, own, unit.campaign.rules)
    for child in children:
        if child.part is None:
            continue
        here += child.part.limits
        for limit in child.part.above:
            (here if limit[0] == unit.code else above).append(limit)
    return signed.limits_summed(here), signed.limits_summed(above)


def state_of(unit: CampaignUnit) -> UnitState:
    """Return how a unit stands, as one reads it who sees what is below; five queries."""
    versions = list(
        Submission.objects.filter(unit=unit)
        .select_related("recorded_by", "ended_by", "decision")
        .order_by("-number")
    )
    latest = versions[0] if versions else None
    is_closed = unit.campaign.state == State.CLOSED
    may_be_signed = State(unit.campaign.state) in SIGNED_IN
    if latest is None or latest.state != Submission.State.SIGNED:
        return UnitState(versions, (), (), (), may_be_signed)
    own = own_counts(Tally.objects.filter(unit=unit)).get(unit.pk, {})
    own_changes = signed.changes(latest.own, own)
    stale = stale_parts(latest)
    asks = bool(own_changes or (stale and not is_closed))
    return UnitState(
        versions=versions,
        changes=drift_of(latest, fold_of(unit)),
        own_changes=own_changes,
        stale=stale,
        asks=asks and may_be_signed,
    )


def drift_of(submission: Submission, fold: Fold) -> tuple[Change, ...]:
    """Return which figures of all below a unit are others than it signed.

    `fold` is that of the unit itself, or of the one right above.
    """
    today = signed.without_noughts(fold.get(submission.unit.path, {}))
    return signed.changes(submission.total, today)


def stale_parts(submission: Submission) -> list[str]:
    """Return the children whose signed figures of now are others; two queries."""
    parts = parts_of(submission)
    found = Submission.objects.in_force().filter(
        unit__in=[each.unit_id for each in parts]
    )
    now = dict(found.values_list("unit", "pk"))
    return [
        each.head["name"] for each in parts if now.get(each.unit_id) != each.part_id
    ]


def child_lines(unit: CampaignUnit) -> list[ChildLine]:
    """Return how each unit right below stands, in the order of the tree; four queries.

    The caller got the unit through `visible_below_to`.
    """
    newest = Submission.objects.filter(unit=OuterRef("pk")).order_by("-number")
    below = list(
        CampaignUnit.objects.directly_below(unit)
        .annotate(latest=Subquery(newest.values("pk")[:1]))
        .order_by("path")
    )
    versions = Submission.objects.in_bulk(
        [each.latest for each in below if each.latest]
    )
    own = own_counts(Tally.objects.filter(unit__in=below))
    fold = fold_of(unit)
    return [
        _child_line(each, versions.get(each.latest), own.get(each.pk, {}), fold)
        for each in below
    ]


def _child_line(
    unit: CampaignUnit, latest: Submission | None, own: Counts, fold: Fold
) -> ChildLine:
    if latest is None or latest.state != Submission.State.SIGNED:
        return ChildLine(unit, latest, (), is_own_changed=False)
    latest.unit = unit
    return ChildLine(
        unit, latest, drift_of(latest, fold), is_own_changed=latest.own != own
    )


@opened_for(Purpose.HOLDERS)
def signatories_of(unit: CampaignUnit) -> list[Post]:
    """Return the posts in the committee of a unit, secretaries first; one query.

    Delegated ones are none: the collective's papers are signed by its own.
    """
    posts = Post.objects.in_force().of_committees().filter(unit=unit.custodian_id)
    found = posts.filter(delegated_by=None).select_related("member", "account")
    return sorted(found, key=lambda each: (ROLES.index(each.role), each.pk))


ROLES = ("SECRETARY", "DEPUTY_SECRETARY", "COMMITTEE_MEMBER")

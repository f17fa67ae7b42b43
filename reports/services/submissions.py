"""A unit signs its figures; the unit above sends them back; a decision voids them.

Source: docs/rules/sign-off.md.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.lifecycle import State
from campaigns.models import Campaign, CampaignUnit, Tally
from campaigns.services import running, tallies
from members import events
from members.models import Post, UnitDecision
from members.policy import Actor, Area
from members.row_security import Purpose, opened_for
from members.vocabulary import vocabulary
from reports.models import Submission, SubmissionPart
from reports.queries.signed_rollups import own_counts
from reports.queries.submissions import (
    SIGNED_IN,
    ToSign,
    figures_to_sign,
    signatories_of,
)
from reports.signed import Counts


class SubmissionRefused(Exception):
    """The act cannot be done like this; the text says why, `column` where it stands."""

    def __init__(self, why: str, *, column: str | None = None) -> None:
        super().__init__(why)
        self.column = column


class ChangedSinceShown(SubmissionRefused):
    """The figures, or what a unit below signed, are others than the page showed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningPapers:
    """Who signs for the collective, by which document, and the meeting it rests on."""

    on_behalf_of: str
    signatory: int  # the post
    document: str
    on: date
    minutes: str
    minutes_on: date
    missing_reason: str = ""


def sign(
    *,
    unit: CampaignUnit,
    papers: SigningPapers,
    shown: str,
    actor: Actor,
    now: datetime,
) -> Submission:
    """Freeze a unit's figures with those that its children signed; a new version.

    `shown` is the digest of what stood on the page. Unit and children are held, so that
    nobody counts or signs there meanwhile.
    Raises: ChangedSinceShown; SubmissionRefused if the roll is not fixed, the figures
        are signed already, a child is missing and nobody says why, the papers do not
        fit, or whoever keys in, or signed below, would sign.
    """
    with events.written_last():
        tallies.keep_worked_on(unit.campaign)
        _hold(unit)
        _demand_fixed(unit)
        found = figures_to_sign(unit)
        before = Submission.objects.in_force().filter(unit=unit).first()
        if found.digest != shown:
            raise ChangedSinceShown(
                _(
                    "Figures have changed since this page was opened; nothing is signed. "
                    "Look at them again."
                )
            )
        if before is not None and before.digest == found.digest:
            raise SubmissionRefused(
                _("These figures are signed already; none has changed since.")
            )
        post = _demand_papers(unit, found, papers, actor, now)
        _end(before, Submission.State.REPLACED, actor, now)
        made = _write(unit, found, papers, post, actor, now)
        _record("submissions.signed", made, actor, now)
    return made


def send_back(
    *, submission: Submission, reason: str, actor: Actor, now: datetime
) -> Submission:
    """Send signed figures back with a reason that the unit reads.

    Raises: SubmissionRefused if they do not count any more, or the campaign is a draft.
    """
    unit = submission.unit
    with events.written_last():
        running.demand_opened(unit.campaign, SubmissionRefused)
        _hold(unit)
        held = Submission.objects.select_related("unit__custodian").get(
            pk=submission.pk
        )
        if held.state != Submission.State.SIGNED:
            raise SubmissionRefused(
                _("This version does not count any more: %(state)s.")
                % {"state": held.get_state_display()}
            )
        held.reason = reason
        _end(held, Submission.State.RETURNED, actor, now)
        _record("submissions.sent_back", held, actor, now)
    return held


def _hold(unit: CampaignUnit) -> None:
    """Hold a unit and those right below, by id: their counts and signatures stay."""
    held = CampaignUnit.objects.filter(pk=unit.pk) | CampaignUnit.objects.filter(
        parent=unit
    )
    rows = held.select_for_update(of=("self",), no_key=True).order_by("pk")
    list(rows.values_list("pk", flat=True))


def _demand_fixed(unit: CampaignUnit) -> None:
    campaign = Campaign.objects.get(pk=unit.campaign_id)
    if State(campaign.state) not in SIGNED_IN:
        raise SubmissionRefused(
            _("Figures are signed once the roll of “%(name)s” is fixed.")
            % {"name": campaign.name}
        )


def _demand_papers(
    unit: CampaignUnit,
    found: ToSign,
    papers: SigningPapers,
    actor: Actor,
    now: datetime,
) -> Post:
    today = timezone.localdate(now)
    for column in ("on", "minutes_on"):
        if getattr(papers, column) > today:
            raise SubmissionRefused(_("This day is still to come."), column=column)
    if papers.minutes_on > papers.on:
        raise SubmissionRefused(
            _("The meeting comes before the document."), column="minutes_on"
        )
    if found.missing and not papers.missing_reason:
        raise SubmissionRefused(
            _("Say why it is signed without these: %(names)s.")
            % {"names": "; ".join(found.missing)},
            column="missing_reason",
        )
    posts = {each.pk: each for each in signatories_of(unit)}
    if papers.signatory not in posts:
        raise SubmissionRefused(
            _("This post is not in force any more: choose another."),
            column="signatory",
        )
    post = posts[papers.signatory]
    _demand_another(unit, found, post, actor)
    return post


@opened_for(Purpose.HOLDERS)
def _demand_another(
    unit: CampaignUnit, found: ToSign, post: Post, actor: Actor
) -> None:
    """Refuse a signature on what one keyed in, or signed below.

    Source: docs/rules/sign-off.md § 5.
    """
    if unit.kind not in vocabulary().cells and _is_of(
        post, actor.member_id, actor.account_id
    ):
        raise SubmissionRefused(
            _(
                "Whoever keys in signs only in a cell: somebody else of the committee "
                "signs, or keys in."
            ),
            column="signatory",
        )
    below = [each.part.signatory_id for each in found.children if each.part]
    for one in Post.objects.filter(pk__in=below):
        if _is_of(post, one.member_id, one.account_id):
            raise SubmissionRefused(
                _(
                    "Whoever signed the figures of a unit below signs no sum of them: "
                    "somebody else of the committee signs."
                ),
                column="signatory",
            )


def _is_of(post: Post, member_id: int | None, account_id: int | None) -> bool:
    return (post.member_id is not None and post.member_id == member_id) or (
        post.account_id is not None and post.account_id == account_id
    )


def _write(
    unit: CampaignUnit,
    found: ToSign,
    papers: SigningPapers,
    post: Post,
    actor: Actor,
    now: datetime,
) -> Submission:
    last = Submission.objects.filter(unit=unit).aggregate(last=Max("number"))["last"]
    made = Submission.objects.create(
        unit=unit,
        number=(last or 0) + 1,
        digest=found.digest,
        head=found.head,
        own=found.own,
        total=found.total,
        limits=found.limits,
        above=found.above,
        on_behalf_of=papers.on_behalf_of,
        signatory=post,
        signed_by=str(post.member or post.account),
        signed_as=post.role,
        document=papers.document,
        on=papers.on,
        minutes=papers.minutes,
        minutes_on=papers.minutes_on,
        missing_reason=papers.missing_reason if found.missing else "",
        recorded_at=now,
        recorded_by_id=actor.account_id,
    )
    SubmissionPart.objects.bulk_create(
        SubmissionPart(submission=made, unit=each.unit, part=each.part, head=each.head)
        for each in found.children
    )
    return made


def _end(
    submission: Submission | None,
    state: Submission.State,
    actor: Actor,
    now: datetime,
    *,
    decision: UnitDecision | None = None,
) -> None:
    if submission is None:
        return
    submission.state, submission.decision = state, decision
    submission.ended_at, submission.ended_by_id = now, actor.account_id
    submission.save(
        update_fields=["state", "decision", "ended_at", "ended_by", "reason"]
    )


def _record(
    action: str,
    submission: Submission,
    actor: Actor,
    now: datetime,
    *,
    area: Area = Area.WORK_EDIT,
    system_reason: str = "",
) -> None:
    events.record(
        action=action,
        subject=submission,
        actor=actor,
        now=now,
        unit=submission.unit.custodian,
        area=area,
        data={
            "campaign": submission.unit.campaign_id,
            "version": submission.number,
            "digest": submission.digest,
        },
        system_reason=system_reason,
    )


@contextmanager
def voiding(
    *,
    campaign: Campaign,
    decision: UnitDecision,
    actor: Actor,
    now: datetime,
    system_reason: str = "",
) -> Iterator[None]:
    """Void what was signed of units that a decision changes in a campaign, and above.

    Runs around the change, in its transaction. Concerned is a unit that is closed, that
    has other units right below or other figures of its own, and each above one, before
    and after.
    Source: docs/rules/sign-off.md § 6; docs/rules/lifecycle.md § 4.
    """
    tallies.hold_units(campaign)
    in_force = Submission.objects.in_force().filter(unit__campaign=campaign)
    if not in_force.exists():
        yield
        return
    before = _World(campaign)
    yield
    after = _World(campaign)
    changed = before.differing(after)
    concerned = changed | before.above(changed) | after.above(changed)
    for each in in_force.select_related("unit__custodian").order_by("unit"):
        if each.unit_id in concerned:
            _end(each, Submission.State.VOIDED, actor, now, decision=decision)
            _record(
                "submissions.voided",
                each,
                actor,
                now,
                area=Area.UNITS,
                system_reason=system_reason,
            )


class _World:
    """What signed figures hang on: who stands below whom, and what is counted where."""

    def __init__(self, campaign: Campaign) -> None:
        units = CampaignUnit.objects.filter(campaign=campaign)
        rows = units.values_list("pk", "parent", "closed_on")
        self.parent: dict[int, int | None] = {pk: parent for pk, parent, _on in rows}
        self.is_open = {pk for pk, _parent, closed_on in rows if closed_on is None}
        self.children: dict[int | None, set[int]] = {}
        for pk in self.is_open:
            self.children.setdefault(self.parent[pk], set()).add(pk)
        self.own = own_counts(Tally.objects.filter(unit__campaign=campaign))

    def differing(self, other: "_World") -> set[int]:
        """Return the units that are not in both what they were."""
        return {
            pk
            for pk in self.parent.keys() | other.parent.keys()
            if self._of(pk) != other._of(pk)
        }

    def _of(self, pk: int) -> tuple[bool, set[int], Counts]:
        return (pk in self.is_open, self.children.get(pk, set()), self.own.get(pk, {}))

    def above(self, units: set[int]) -> set[int]:
        """Return the units above these."""
        found: set[int] = set()
        for unit in units:
            above = self.parent.get(unit)
            while above is not None and above not in found:
                found.add(above)
                above = self.parent.get(above)
        return found

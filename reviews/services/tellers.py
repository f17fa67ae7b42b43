"""Who counts at a review meeting, and who votes there.

Source: docs/rules/ballots.md § 2.1 and § 6.1.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.models import Meeting
from campaigns.services.meetings.shared import held_in_place, saved
from members.models import Post
from members.policy import Actor, Role
from members.row_security import Purpose, opened_for
from reviews.models import Ballot, Teller
from reviews.queries.ballots import voters_at

FEWEST = 2  # one enters, another confirms


class BallotNotChangeable(Exception):
    """The ballot, or its tellers, do not take this act; `column` names the field."""

    def __init__(self, text: str, *, column: str | None = None) -> None:
        super().__init__(text)
        self.column = column


@opened_for(Purpose.HOLDERS)
def secretaries_of(meeting: Meeting) -> set[int]:
    """Return the members who are secretary of the unit now; one query."""
    posts = Post.objects.in_force().filter(
        unit=meeting.unit.custodian_id, role=Role.SECRETARY, member__isnull=False
    )
    return set(posts.values_list("member", flat=True))


def name_tellers(
    *,
    meeting: Meeting,
    version: int,
    head: int,
    others: Collection[int],
    actor: Actor,
    now: datetime,
) -> None:
    """Name the tellers of a review meeting, by participant, in place of those before.

    Raises: BallotNotChangeable for another kind of meeting, for fewer than two, for
        somebody who has no vote or is the secretary, or once counts are entered; as
        `held_in_place`.
    """
    with transaction.atomic():
        current = held_in_place(meeting, version=version)
        _demand_review(current)
        _demand_fit(current, {head, *others})
        if Ballot.objects.filter(meeting=current).exclude(state="COUNTING").exists():
            raise BallotNotChangeable(
                _("Counts are entered already: the tellers stay as they are.")
            )
        Teller.objects.filter(meeting=current).delete()
        Teller.objects.bulk_create(
            Teller(meeting=current, participant_id=pk, is_head=pk == head)
            for pk in sorted({head, *others})
        )
        saved(current, action="tellers_named", actor=actor, now=now)


def _demand_review(meeting: Meeting) -> None:
    if meeting.kind != Meeting.Kind.REVIEW:
        raise BallotNotChangeable(_("Ballots are held at review meetings alone."))


def _demand_fit(meeting: Meeting, chosen: Collection[int]) -> None:
    voters = {person.pk: person for person in voters_at(meeting)}
    if len(chosen) < FEWEST:
        raise BallotNotChangeable(
            _("Name two tellers at least: one enters the counts, another confirms.")
        )
    if not voters.keys() >= set(chosen):
        raise BallotNotChangeable(_("Tellers are full members of this meeting."))
    secretaries = secretaries_of(meeting)
    if any(voters[pk].member_id in secretaries for pk in chosen):
        raise BallotNotChangeable(_("The secretary is no teller."))

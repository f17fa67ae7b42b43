"""What reviews and ballots say on the page of a review meeting.

Source: docs/rules/ballots.md § 6.
"""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.models import Meeting
from campaigns.queries.meeting_sections import Section
from members.policy import Actor
from reviews.models import Ballot, Teller
from reviews.queries.ballot_pages import rounds_of, tellers_of


def ballots_section(meeting: Meeting, actor: Actor) -> Section | None:
    """Say who counts and how far the rounds are, to who keeps the meeting or counts.

    Four queries.
    """
    if meeting.kind != Meeting.Kind.REVIEW or meeting.body_id is not None:
        return None
    keeps = Meeting.objects.editable_by(actor).filter(pk=meeting.pk)
    counts = Teller.objects.own(actor).filter(meeting=meeting)
    if not (keeps.exists() or counts.exists()):
        return None
    unit = meeting.unit
    url = reverse(
        "reviews:ballot_list", args=[unit.campaign_id, unit.live_unit_id, meeting.pk]
    )
    return Section(_("Secret ballot"), list(_lines(meeting)), url)


def _lines(meeting: Meeting) -> Iterator[str]:
    names = [each.participant.full_name for each in tellers_of(meeting)]
    if names:
        yield _("Tellers: %s") % ", ".join(names)
    else:
        yield _("No tellers are named yet.")
    for each in rounds_of(meeting):
        yield f"{round_name(each)}: {each.get_state_display()}"


def round_name(ballot: Ballot) -> str:
    """Return what a round is called."""
    name = str(ballot.get_kind_display())
    if ballot.number > 1:
        name = _("%(round)s, no. %(number)d") % {"round": name, "number": ballot.number}
    if ballot.edition > 1:
        name = _("%(round)s, corrected") % {"round": name}
    return name

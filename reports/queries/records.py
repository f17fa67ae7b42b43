"""All that the system holds about one person, for their own copy of it."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from campaigns.models import PLEDGES, Campaign, Participant, Placement
from campaigns.queries.records import rows_about
from members.models import (
    Account,
    ActivityPause,
    CorrectionRequest,
    Event,
    Member,
    Membership,
    Post,
    Transfer,
)
from members.models.events import OPENED
from members.queries import charges_of, post_name, readings_of
from members.row_security import Purpose, opened_for
from reports.documents.record import Act, Record, Result
from reports.documents.record_html import result_lines
from reports.queries.record_rows import kept_of
from reviews.models import SELF_REVIEWS

OPENINGS = (OPENED, PLEDGES.opened, SELF_REVIEWS.opened)


@opened_for(Purpose.RECORD)
def record_of(member: Member, *, today: date) -> Record:
    """Return everything about a person whom the caller got by a scope; 42 queries.

    What an inspection has read and is withheld on the day is not in it.
    """
    of_member = Q(member=member)
    memberships = list(
        Membership.objects.filter(of_member)
        .select_related("unit")
        .order_by("from_on", "pk")
    )
    account = Account.objects.filter(member=member).first()
    held = of_member | Q(account=account) if account else of_member
    posts = Post.objects.filter(held)
    events = list(
        Event.objects.filter(of_member)
        .select_related("account", "post__unit")
        .order_by("pk")
    )
    return Record(
        member=member,
        cell=_cell(memberships),
        login=account.login if account else "",
        email=account.email if account else "",
        memberships=memberships,
        pauses=list(ActivityPause.objects.filter(of_member).order_by("from_on", "pk")),
        posts=list(posts.select_related("unit").order_by("from_on", "pk")),
        charges=charges_of(posts),
        transfers=list(
            Transfer.objects.filter(of_member)
            .select_related("source", "target")
            .order_by("pk")
        ),
        results=results_of(Participant.objects.filter(of_member)),
        kept=kept_of(member, account),
        concluded=rows_about(member),
        requests=list(
            CorrectionRequest.objects.filter(of_member)
            .select_related("answered_by")
            .order_by("pk")
        ),
        openings=[_act(each) for each in events if each.action in OPENINGS],
        acts=[_act(each) for each in events if each.action not in OPENINGS],
        readings=readings_of(member, today=today),
    )


@opened_for(Purpose.RESULTS)
def results_of(participants: QuerySet[Participant]) -> list[Result]:
    """Return these people in their campaigns, the latest first; two queries.

    The caller got them by a scope.
    """
    rows = participants.select_related("campaign", "decided_by").order_by(
        "-campaign__year", "-campaign"
    )
    placed = Placement.objects.filter(participant__in=participants)
    of: dict[int, list[Placement]] = defaultdict(list)
    for placement in placed.select_related("unit").order_by("from_on", "pk"):
        of[placement.participant_id].append(placement)
    return [Result(row, tuple(of[row.pk])) for row in rows]


def result_cards(
    participants: QuerySet[Participant], *, language: str
) -> list[tuple[Campaign, list[tuple[str, str]]]]:
    """Return each campaign of these people with what it says, as label and words.

    The caller got them by a scope; two queries.
    """
    return [
        (each.participant.campaign, list(result_lines(each, language)))
        for each in results_of(participants)
    ]


def _cell(memberships: Iterable[Membership]) -> str:
    official = Membership.Kind.OFFICIAL
    return next(
        (
            each.unit.name
            for each in memberships
            if each.kind == official and each.until_on is None
        ),
        "",
    )


def _act(event: Event) -> Act:
    return Act(
        at=event.at,
        action=event.action,
        by=str(event.account or _("the server")),
        post=post_name(event.post) if event.post else "",
    )

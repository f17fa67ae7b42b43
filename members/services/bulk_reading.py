"""Reading about many people at once is seen: told when opened, refused when taken out.

One's own acts are all that is counted, so that the second lock stays closed.
Source: docs/rules/accounts.md § 7.
"""

from datetime import datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from members import events
from members.limits import limits
from members.models import Account, Event
from members.models.events import EXPORTED, OPENED_IN_BULK, OPENINGS
from members.policy import Actor, Area


class QuotaUsed(Exception):
    """More people than one account takes out in a day; the text says so."""


def tell_of_bulk(*, opening: Event, actor: Actor, now: datetime) -> None:
    """Record it at the unit of the post when one account reads about many people.

    Records, pledges and self-reviews alike, printed ones too: people are counted. Once
    in the time of the limit, so that it is one line and not one for each person.
    One query, and three more where it is recorded.
    """
    if actor.account_id is None:
        return  # a command on the server, which says why it ran
    since = now - limits().opened_within
    lately = Event.objects.filter(account_id=actor.account_id, at__gt=since)
    opened = lately.filter(action__in=OPENINGS).values("member").distinct().count()
    if opened <= limits().people_opened:
        return
    post = opening.post
    if post is None or lately.filter(action=OPENED_IN_BULK).exists():
        return
    events.record(
        action=OPENED_IN_BULK,
        subject=Account(pk=actor.account_id),
        actor=actor,
        now=now,
        unit=post.unit,
        area=Area.ROLL,
        data={"people": opened},
    )


def demand_quota(*, people: int, actor: Actor, now: datetime) -> None:
    """Hold the account until the transaction ends, and count what it took out today.

    Raises: QuotaUsed.
    """
    assert actor.account_id is not None
    Account.objects.select_for_update(no_key=True).get(pk=actor.account_id)
    today = timezone.make_aware(datetime.combine(timezone.localdate(now), time.min))
    taken = Event.objects.filter(
        account_id=actor.account_id, action=EXPORTED, at__gte=today
    )
    before = sum(data["people"] for data in taken.values_list("data", flat=True))
    if before + people > limits().people_a_day:
        told = _(
            "At most %(most)d people a day go into workbooks of one account; %(before)d"
            " have gone today. Go on tomorrow, or choose a smaller unit."
        )
        raise QuotaUsed(told % {"most": limits().people_a_day, "before": before})

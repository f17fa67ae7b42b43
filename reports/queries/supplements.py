"""What the yearly supplement to a member's file is made of."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from campaigns.models import Participant
from campaigns.queries.records import rows_about
from members.models import Member, Post
from members.policy import Actor
from members.row_security import Purpose, opened_for
from reports.documents.supplements import SupplementPaper
from reports.queries.heads import letterhead_of
from reports.queries.records import results_of
from reviews.queries.files import level_words


def supplement_paper(
    person: Participant, actor: Actor, *, language: str
) -> SupplementPaper:
    """Return what is known of the year of a campaign, for the person; ten queries."""
    (result,) = results_of(Participant.objects.filter(pk=person.pk))
    year = person.campaign.year
    at = result.placements[-1].unit if result.placements else None
    with override(language):
        head = letterhead_of(at) if at else None
        return SupplementPaper(
            language=language,
            superior=head.superior if head else "",
            issuer=head.issuer if head else "",
            place=head.place if head else "",
            year=year,
            member=_member(person),
            cell=at.name if at else "",
            level=_level(result.participant),
            posts=list(
                Post.objects.own(actor)
                .filter(
                    Q(from_on__year=year)
                    | Q(ended_at__year=year)
                    | Q(ends_on__year=year)
                )
                .select_related("unit")
                .order_by("from_on", "pk")
            ),
            records=[
                each
                for each in rows_about(_member(person))
                if each.on.year == year and each.record != "inspection"
            ],
        )


@opened_for(Purpose.RESULTS)
def _member(person: Participant) -> Member:
    return person.member


def _level(person: Participant) -> str:
    if not person.level:
        return ""
    words = level_words(person.campaign.rules)[person.level]
    if person.decided_by is None:
        return words
    return _("%(level)s, decided by %(unit)s") % {
        "level": words,
        "unit": person.decided_by.name,
    }

"""What the decision on a working team is made of."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from campaigns.models import TeamMember, TeamVisit, WorkingTeam
from reports.documents.teams import TeamPaper, TeamPerson, Visit, number_in
from reports.queries.heads import paper_head


def team_paper(team: WorkingTeam, *, language: str) -> TeamPaper:
    """Return the paper of a team whose unit's work its reader records.

    Two queries, and those of the letterhead.
    """
    people = TeamMember.objects.filter(team=team).order_by("-is_leader", "pk")
    visits = TeamVisit.objects.filter(team=team).select_related("unit")
    with override(language):
        return TeamPaper(
            head=paper_head(
                team.unit,
                language=language,
                kind="QĐ",
                recipients=(_("The units named in the schedule"),),
                reference=number_in(team.decision),
            ),
            name=team.name,
            rules=team.unit.campaign.rules.citation.text(language),
            from_on=team.from_on,
            ends_on=team.ends_on,
            people=[
                TeamPerson(each.name, each.title, each.is_leader) for each in people
            ],
            visits=[
                Visit(each.on, each.unit.name, each.purpose)
                for each in visits.order_by("on", "unit__path", "pk")
            ],
        )

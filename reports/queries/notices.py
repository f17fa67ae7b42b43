"""What the notices of results are made of."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import override

from campaigns.models import CampaignUnit
from members.models import Member
from members.row_security import Purpose, opened_for
from reports.documents.head import DocumentHead
from reports.documents.notices import NoticePaper
from reports.queries.heads import paper_head
from reviews.queries.notices import Notice, goes_to, place_of


@opened_for(Purpose.RESULTS)  # the codes of people whose notices were got by a scope
def notice_papers(notices: Sequence[Notice], *, language: str) -> list[NoticePaper]:
    """Return the papers of notices that were got by a scope.

    About eight queries for each unit that decided, and three for each person.
    """
    codes = dict(
        Member.objects.filter(
            pk__in=[each.participant.member_id for each in notices]
        ).values_list("pk", "code")
    )
    heads: dict[int, DocumentHead] = {}
    papers = []
    with override(language):
        for notice in notices:
            unit = notice.decision.unit
            if unit.pk not in heads:
                to = (_("The person named above"), _("The party cell"))
                heads[unit.pk] = paper_head(
                    unit, language=language, kind="TB", recipients=to
                )
            place = place_of(notice.participant)
            code = codes.get(notice.participant.member_id, "")
            head = heads[unit.pk]
            papers.append(_paper(notice, head, place, code))
    return papers


def _paper(
    notice: Notice, head: DocumentHead, place: CampaignUnit | None, code: str
) -> NoticePaper:
    decision, revision = notice.decision, notice.revision
    rules = decision.unit.campaign.rules
    days = rules.procedure.request_days
    is_answer = revision is not None and revision.request_id is not None
    to = None if is_answer else goes_to(decision, notice.participant)
    is_kept = revision is not None and revision.is_kept
    return NoticePaper(
        head=head,
        wording=f"{rules.wording.vi} chất lượng",
        name=notice.participant.full_name,
        code=code,
        cell=place.name if place else "",
        body=decision.unit.name,
        document=decision.document,
        on=decision.on,
        minutes=decision.minutes,
        minutes_on=decision.minutes_on,
        level=notice.level,
        reason=notice.reason,
        note=notice.note,
        before="" if is_kept else notice.before,
        is_kept=is_kept,
        days=days.value if days else None,
        goes_to=to.name if to else "",
    )

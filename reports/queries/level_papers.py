"""What the decision of a committee and the letter of a cell are made of."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import override

from campaigns.models import CampaignUnit, Participant, Placement
from members.models import Member
from members.policy import Actor
from members.row_security import Purpose, opened_for
from reports.documents.level_papers import (
    DecisionPaper,
    LeftOut,
    ListedPerson,
    RequestPaper,
)
from reports.queries.heads import letterhead_of, paper_head
from reviews.models import Decision, UnitFile
from reviews.queries import decisions, files

MOST_NAMED = 6  # more units are named in the list alone


def decision_paper(
    decision: Decision, actor: Actor, *, language: str
) -> DecisionPaper | None:
    """Return the paper of a decision, with those of its people whom the actor sees.

    None where it decided on nobody for the first time. Five queries, and those of the
    letterhead.
    """
    unit = decision.unit
    rules = unit.campaign.rules
    with override(language):
        lines = decisions.lines_of(decision, actor)
        if not lines:
            return None
        people = [each.line.participant for each in lines]
        codes, cells = codes_of(people), cells_of(people)
        asked_by = sorted(set(cells.values()), key=lambda each: each.path)
        return DecisionPaper(
            head=paper_head(
                unit,
                language=language,
                kind="QĐ",
                recipients=(_("The units named above"),),
                reference=decision.document,
                issued_on=decision.on,
                signed_by=decision.signed_by,
            ),
            wording=f"{rules.wording.vi} chất lượng",
            rules=rules.citation.text(language),
            minutes=decision.minutes,
            minutes_on=decision.minutes_on,
            people=[
                ListedPerson(
                    person.full_name,
                    codes.get(person.member_id, ""),
                    cells[person.pk].name if person.pk in cells else "",
                    each.level,
                    each.reason,
                )
                for each, person in zip(lines, people, strict=True)
            ],
            totals=totals_of(unit, [each.line.level for each in lines]),
            present=decision.present,
            votes_for=decision.votes_for,
            votes_against=decision.votes_against,
            asked_by=named_of(asked_by),
        )


def request_paper(
    unit: CampaignUnit, file: UnitFile, *, language: str
) -> RequestPaper | None:
    """Return the letter with which a cell sends its file up.

    None where it proposes nothing, or decides itself. Five queries, and those of two
    letterheads.
    """
    if file.goes_to_id == unit.pk:
        return None
    rules = unit.campaign.rules
    with override(language):
        lines = files.lines_of(unit, file)
        proposed = [(each, each.proposal) for each in lines if each.proposal]
        if not proposed:
            return None
        codes = codes_of([each.participant for each in lines])
        words, reasons = files.level_words(rules), files.reason_words(rules)
        above = letterhead_of(file.goes_to).issuer
        return RequestPaper(
            head=paper_head(unit, language=language, kind="TTr", recipients=(above,)),
            wording=f"{rules.wording.vi} chất lượng",
            rules=rules.citation.text(language),
            minutes=file.minutes,
            minutes_on=file.minutes_on,
            people=[
                ListedPerson(
                    line.participant.full_name,
                    codes.get(line.participant.member_id, ""),
                    unit.name,
                    words[proposal.level],
                    proposal.note or reasons.get(proposal.reason, ""),
                )
                for line, proposal in proposed
            ],
            totals=totals_of(unit, [proposal.level for _line, proposal in proposed]),
            cell=unit.name,
            addressed_to=above,
            left_out=[
                LeftOut(
                    each.participant.full_name,
                    codes.get(each.participant.member_id, ""),
                    each.why_not or _("no level proposed"),
                )
                for each in lines
                if not each.proposal
            ],
        )


def totals_of(unit: CampaignUnit, levels: Sequence[str]) -> list[tuple[str, int]]:
    """Return how many have each level, best first."""
    rules = unit.campaign.rules
    totals = files.totals_of(rules, levels, people=len(levels))[:-1]
    return [(each.label, each.count) for each in totals]


def named_of(units: Sequence[CampaignUnit]) -> list[str]:
    """Return the names of units, or how many they are where they are many."""
    if len(units) > MOST_NAMED:
        return [_("the %d units named in the list") % len(units)]
    return [each.name for each in units]


@opened_for(Purpose.RESULTS)  # the codes of people who were got by a scope
def codes_of(people: Sequence[Participant]) -> dict[int, str]:
    """Return the code of each member; one query."""
    members = Member.objects.filter(pk__in=[each.member_id for each in people])
    return dict(members.values_list("pk", "code"))


@opened_for(Purpose.RESULTS)  # where people count who were got by a scope
def cells_of(people: Sequence[Participant]) -> dict[int, CampaignUnit]:
    """Return where each participant counts now; one query."""
    placed = Placement.objects.open().filter(participant__in=people)
    return {each.participant_id: each.unit for each in placed.select_related("unit")}

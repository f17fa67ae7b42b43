"""What the papers of a secret ballot are made of."""

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import override

from reports.documents.ballots import (
    BallotHead,
    BallotPaper,
    CountedLine,
    TellersPaper,
)
from reports.queries.heads import letterhead_of
from reviews.models import Ballot, Teller
from reviews.queries import ballot_pages
from reviews.queries.files import level_words
from reviews.queries.meetings import round_name


def ballot_paper(ballot: Ballot, *, language: str) -> BallotPaper:
    """Return a blank paper of a round that was got by a scope, with its meeting.

    About five queries, whatever its size.
    """
    with override(language):
        names = [line.name for line in ballot_pages.lines_of(ballot)]
        rules = ballot.meeting.unit.campaign.rules
        return BallotPaper(
            head=_head(ballot, language),
            names=names,
            may_vote_on_self=rules.procedure.ballot.may_vote_on_self.value,
        )


def tellers_paper(ballot: Ballot, *, language: str) -> TellersPaper:
    """Return the tellers' minutes of a locked round that was got by a scope.

    About six queries, whatever its size.
    """
    meeting = ballot.meeting
    with override(language):
        lines = ballot_pages.lines_of(ballot)
        tellers = ballot_pages.tellers_of(meeting)
        return TellersPaper(
            head=_head(ballot, language),
            held_on=meeting.on,
            place=meeting.place,
            head_teller=next((_name(each) for each in tellers if each.is_head), ""),
            tellers=[_name(each) for each in tellers if not each.is_head],
            papers=ballot_pages.papers_of(ballot),
            lines=[
                CountedLine(
                    line.name, line.counts, "" if line.is_open else line.follows
                )
                for line in lines
            ],
            totals=_totals(ballot, lines),
            paragraph=ballot.paragraph,
        )


def _name(teller: Teller) -> str:
    return teller.participant.full_name


def _head(ballot: Ballot, language: str) -> BallotHead:
    meeting = ballot.meeting
    letterhead, campaign = letterhead_of(meeting.unit), meeting.unit.campaign
    *columns, _blank = ballot_pages.columns_of(ballot)
    return BallotHead(
        language=language,
        superior=letterhead.superior,
        issuer=letterhead.issuer,
        symbol=f"BB/{letterhead.symbol}",
        year=campaign.year,
        wording=f"{campaign.rules.wording.vi} chất lượng",
        round=round_name(ballot),
        is_of_the_best=ballot.kind == Ballot.Kind.BEST,
        columns=[each.label for each in columns],
    )


def _totals(
    ballot: Ballot, lines: list[ballot_pages.LineShown]
) -> list[tuple[str, int]]:
    counts = Counter(line.follows for line in lines if not line.is_open)
    words = level_words(ballot.meeting.unit.campaign.rules).values()
    open_ = sum(line.is_open for line in lines)
    return [
        *((word, counts[word]) for word in words),
        *([(_("No level yet"), open_)] if open_ else []),
    ]

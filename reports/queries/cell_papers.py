"""What all papers of a cell are made of, as far as who asks may read them.

Source: docs/rules/documents.md § 15.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from campaigns.models import Campaign, CampaignUnit, Minutes, Participant, Pledge
from campaigns.queries import pledges as pledge_texts
from campaigns.queries.written.people import people_of
from campaigns.services.pledges.drafts import setup_of
from members.policy import Actor, Area
from reports.documents.ballots import ballot_printout, tellers_printout
from reports.documents.minutes import minutes_printout
from reports.documents.printouts import Printout, Sheet
from reports.documents.written import WrittenSheet, written_printout
from reports.queries.ballots import ballot_paper, tellers_paper
from reports.queries.minutes import minutes_paper
from reports.queries.written import sheets_of
from reviews.models import Ballot, SelfReview
from reviews.queries import self_reviews as review_texts

REVIEWED = (Participant.Review.CONFIRMED, Participant.Review.REVIEWED)


@dataclass(frozen=True, slots=True)
class Gathered:
    """The papers as one file, and whose texts are in it, by the kind of document."""

    printout: Printout
    pledges: list[int]
    self_reviews: list[int]


def confirmed_pledges(unit: CampaignUnit, actor: Actor) -> list[Pledge]:
    """Return the confirmed pledges of a cell, in the order of the roll."""
    pledges = (
        Pledge.objects.visible_to(actor, Area.PLEDGES)
        .filter(
            participant__in=people_of(unit),
            participant__pledge_state=Participant.Pledge.CONFIRMED,
        )
        .select_related("participant")
        .order_by("participant__sort_key", "pk")
    )
    return list(pledges)


def confirmed_self_reviews(unit: CampaignUnit, actor: Actor) -> list[SelfReview]:
    """Return the confirmed self-reviews of a cell, in the order of the roll."""
    reviews = (
        SelfReview.objects.visible_to(actor, Area.PLEDGES)
        .filter(
            participant__in=people_of(unit),
            participant__review_state__in=REVIEWED,
        )
        .select_related("participant")
        .order_by("participant__sort_key", "pk")
    )
    return list(reviews)


def papers_of(unit: CampaignUnit, actor: Actor, *, language: str) -> Gathered | None:
    """Return pledges, self-reviews, minutes, ballot papers and the tellers' minutes.

    None where there is none of them. A dozen queries, about ten for each meeting and
    five for each round.
    """
    with override(language):
        pledges, reviews = [], []
        if unit.campaign.mode != Campaign.Mode.RESULTS_ONLY:
            pledges = confirmed_pledges(unit, actor)
            reviews = confirmed_self_reviews(unit, actor)
        sheets = (
            *_pledges(pledges, unit, language),
            *_self_reviews(reviews, unit, language),
            *_minutes(unit, actor, language),
            *_ballots(unit, actor, language),
        )
        if not sheets:
            return None
        title = _("Papers of %(unit)s, %(year)s") % {
            "unit": unit.name,
            "year": unit.campaign.year,
        }
        return Gathered(
            printout=Printout(
                language=language, title=title, author=unit.name, sheets=sheets
            ),
            pledges=[each.participant_id for each in pledges],
            self_reviews=[each.participant_id for each in reviews],
        )


def _pledges(
    pledges: list[Pledge], unit: CampaignUnit, language: str
) -> tuple[Sheet, ...]:
    written = sheets_of(
        [each.participant for each in pledges],
        pledge_texts.confirmed_texts(pledges),
        unit,
        preamble=setup_of(unit.campaign).preamble,
    )
    return _sheets(written, language)


def _self_reviews(
    reviews: list[SelfReview], unit: CampaignUnit, language: str
) -> tuple[Sheet, ...]:
    people = [each.participant for each in reviews]
    written = sheets_of(people, review_texts.latest_texts(reviews), unit)
    return _sheets(written, language)


def _sheets(written: list[WrittenSheet], language: str) -> tuple[Sheet, ...]:
    if not written:
        return ()
    return written_printout(written, title="", language=language).sheets


def _minutes(unit: CampaignUnit, actor: Actor, language: str) -> Iterator[Sheet]:
    """Give the minutes of the cell's meetings by their days."""
    seen = Minutes.objects.visible_to(actor).filter(meeting__unit=unit)
    related = (
        "meeting__unit__campaign",
        "meeting__unit__live_unit__parent",
        "meeting__body",
    )
    for minutes in seen.select_related(*related).order_by("meeting__on", "meeting"):
        yield from minutes_printout(minutes_paper(minutes, language=language)).sheets


def _ballots(unit: CampaignUnit, actor: Actor, language: str) -> Iterator[Sheet]:
    """Give the blank paper of each round that is not locked, the minutes of each other."""
    seen = Ballot.objects.visible_to(actor).filter(meeting__unit=unit)
    related = (
        "meeting__unit__campaign",
        "meeting__unit__live_unit__parent",
        "meeting__unit__custodian",
    )
    for ballot in seen.select_related(*related).order_by("meeting__on", "pk"):
        if ballot.state == Ballot.State.LOCKED:
            yield from tellers_printout(tellers_paper(ballot, language=language)).sheets
        else:
            yield from ballot_printout(ballot_paper(ballot, language=language)).sheets

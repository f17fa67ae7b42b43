"""What the cell does with a pledge that came: confirms, returns, keeps the paper.

Source: docs/rules/pledges.md § 5.
"""

from datetime import date, datetime
from functools import partial

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from campaigns import form_definitions
from campaigns.models import (
    PLEDGES,
    Author,
    MeasuredItem,
    Participant,
    PledgeCheck,
    PledgeItem,
    PledgeText,
    Written,
    level_of,
)
from campaigns.services.pledges.drafts import demand_criteria, setup_of
from campaigns.services.written import answering
from campaigns.services.written.states import Held, WritingRefused
from members.policy import Actor
from members.row_security import Purpose, opened_for

confirm = partial(answering.confirm, PLEDGES)
give_back = partial(answering.give_back, PLEDGES)
acknowledge = partial(answering.acknowledge, PLEDGES)


def record_paper(
    *,
    author: Author,
    received_on: date,
    confirmed_on: date | None,
    items: int | None = None,
    actor: Actor,
    now: datetime,
    is_from_above: bool = False,
) -> None:
    """Record the days of a paper, and how many items it has; their words stay there.

    The items have numbers alone, so that meetings can say how each stands.
    Raises: WritingRefused as `written.answering.record_paper`, where items that are to
        go were checked, or the first paper comes before the criteria are published.
    """

    def number(held: Held, document: Written) -> None:
        if PLEDGES.state_of(held.author) == Participant.Pledge.NONE:
            demand_criteria(held)
        if items is not None:
            _number_items(held, document, items)

    answering.record_paper(
        PLEDGES,
        author=author,
        received_on=received_on,
        confirmed_on=confirmed_on,
        actor=actor,
        now=now,
        also=number,
        is_from_above=is_from_above,
    )


@opened_for(Purpose.ACT)  # of a paper that was got by a scope
def items_on_paper(pledge: Written | None) -> int | None:
    """Return how many items the paper has, as far as somebody has said so."""
    count = PledgeItem.objects.filter(sent__pledge=pledge.pk).count() if pledge else 0
    return count or None


def _number_items(held: Held, document: Written, items: int) -> None:
    text = _text_without_words(held, document)
    known = PledgeItem.objects.filter(sent=text)
    more = known.filter(position__gt=items)
    if more.exclude(result="").exists() or (
        PledgeCheck.objects.filter(item__in=more).exists()
    ):
        raise WritingRefused(
            _("Items that were checked already are not taken away."), column="items"
        )
    more.delete()
    there = set(known.values_list("position", flat=True))
    section = text.definition.sections_with_items(text.level)[0]
    with override(settings.LANGUAGE_CODE):  # kept in the language of the papers
        PledgeItem.objects.bulk_create(
            PledgeItem(
                sent=text,
                section=section,
                position=position,
                text=_("Item %d") % position,
                measure=MeasuredItem.Measure.TEXT,
                goal=_("as on the paper"),
            )
            for position in range(1, items + 1)
            if position not in there
        )


def _text_without_words(held: Held, document: Written) -> PledgeText:
    """Return the text on which the numbers hang: no word of the paper is kept."""
    form = setup_of(held.author.campaign).form
    text, _is_new = PledgeText.objects.get_or_create(
        pledge_id=document.pk,
        number=1,
        defaults={
            "form": form,
            "level": level_of(held.author),
            "digest": form_definitions.digest_of({"answers": {}, "items": []}),
            "sent_at": held.now,
            "sent_by_id": held.actor.account_id,
        },
    )
    return text

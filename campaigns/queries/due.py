"""What a campaign waits for: of a person, of a cell, of the office above.

Source: docs/rules/reminders.md § 1.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.models import (
    Campaign,
    CampaignUnit,
    CriteriaSet,
    Participant,
    Placement,
    Reminder,
)
from campaigns.models import Pledge as WrittenPledge
from campaigns.queries.late_changes import waiting_for
from campaigns.queries.phases import Span, spans_of_people, spans_of_units
from campaigns.queries.pledges.beginning import without_criteria
from campaigns.queries.steps_taken import STATE, TAKEN
from campaigns.reminding import Matter
from campaigns.steps import Step
from members.dates import display_day
from members.due import MOST_UNITS, DueItem, several
from members.policy import Actor, Area

Pledge = Participant.Pledge
MOST_NAMES = 5


def own_due(actor: Actor, *, today: date) -> Iterator[DueItem]:
    """Yield one's own pledges of running campaigns; four queries."""
    if actor.member_id is None:
        return
    people = own_parts(actor).annotate(is_typed=Exists(_waiting_for_its_author()))
    rows = list(
        people.values_list(
            "pk", "campaign", "pledge_state", "campaign__name", "is_typed"
        )
    )
    spans = spans_of_people([pk for pk, *_rest in rows], step=Step.PLEDGE)
    waiting = without_criteria(
        [pk for pk, _campaign, state, *_rest in rows if state == Pledge.NONE],
        campaigns={campaign for _pk, campaign, *_rest in rows},
    )
    for pk, _campaign, state, name, is_typed in rows:
        span = spans.get(pk)
        if state in TAKEN[Step.PLEDGE] and is_typed:
            yield _own_pledge_typed(pk, name)
        elif state in TAKEN[Step.PLEDGE]:
            yield _own_pledge_done(pk, state, name)
        elif span and today in span and pk in waiting:
            yield _own_pledge_waits(pk, span, name)
        elif span and today in span:
            yield _own_pledge(pk, state, span, name)
        elif span and span.last_day < today:
            yield _own_pledge_late(pk, state, span, name)


def own_parts(actor: Actor) -> QuerySet[Participant]:
    """Return as whom the actor writes pledges and self-reviews now, the latest first."""
    running = Campaign.objects.running().filter(mode=Campaign.Mode.FULL_TEXT)
    parts = Participant.objects.own(actor).owing_pledges()
    return parts.filter(campaign__in=running).order_by("-campaign__year", "pk")


def kept_cells(actor: Actor) -> list[CampaignUnit]:
    """Return the cells of running campaigns whose papers the actor keeps; one query."""
    kept = CampaignUnit.objects.visible_to(actor, Area.PLEDGES).filter(
        campaign__in=Campaign.objects.running(), closed_on=None
    )
    units = kept.select_related("campaign").order_by("-campaign__year", "path")
    return list(units[:MOST_UNITS])


def _waiting_for_its_author() -> QuerySet[WrittenPledge]:
    """Return what was typed on behalf, until its author has acknowledged it."""
    return WrittenPledge.objects.filter(
        participant=OuterRef("pk"), signed_on__isnull=False, acknowledged_on=None
    )


def cell_due(actor: Actor, *, today: date) -> Iterator[DueItem]:
    """Yield the pledges of the cells that the actor keeps; seven queries at most."""
    if not actor.reaches(Area.PLEDGES):
        return
    cells = _cells_of(actor)
    spans = spans_of_units([cell.unit.pk for cell in cells], step=Step.PLEDGE)
    # The criteria are a cell's: whoever is missing there waits for them alike.
    waiting = without_criteria(
        [cell.unbegun for cell in cells if cell.unbegun],
        campaigns={cell.unit.campaign_id for cell in cells},
    )
    sent = _with_sent_criteria(
        cell.unit.pk for cell in cells if cell.unbegun in waiting
    )
    reminded = _reminded(cells, today)
    for cell in cells:
        cell.waits = cell.unbegun in waiting
        cell.criteria_are_sent = cell.unit.pk in sent
        cell.reminded = reminded[cell.unit.pk]
        yield from _of_cell(cell, spans.get(cell.unit.pk), today)


def roll_changes_due(actor: Actor, *, today: date) -> Iterator[DueItem]:
    """Yield whom a campaign counts elsewhere than the roll; as `waiting_for` asks."""
    if not actor.subtrees(Area.ROLL_EDIT):
        return
    if count := len(waiting_for(actor)):
        yield several(
            key="campaigns.late_changes",
            text=ngettext(
                "%(count)d change after the roll was fixed waits for an act.",
                "%(count)d changes after the roll was fixed wait for an act.",
                count,
            ),
            count=count,
            url=reverse("late_change_list"),
            button=_("Open the changes"),
        )


def _with_sent_criteria(unit_ids: Iterable[int]) -> set[int]:
    """Return which of the units have sent their criteria to the level above."""
    if not (ids := set(unit_ids)):
        return set()
    sent = CriteriaSet.objects.filter(unit__in=ids, state=CriteriaSet.State.SENT)
    return set(sent.values_list("unit", flat=True))


def _reminded(cells: Iterable["_Cell"], today: date) -> Counter[int]:
    """Return how many of whom a pledge is missing were reminded today, by cell."""
    missing = {pk: cell.unit.pk for cell in cells for pk in cell.missing_ids}
    if not missing:
        return Counter()
    reminders = Reminder.objects.filter(
        participant__in=list(missing), matter=Matter.PLEDGE, on=today
    )
    people = set(reminders.values_list("participant", flat=True))
    return Counter(missing[pk] for pk in people)


@dataclass(slots=True)
class _Cell:
    """A cell with the pledges that are owed there."""

    unit: CampaignUnit
    states: Counter[str] = field(default_factory=Counter)
    missing: list[str] = field(default_factory=list)  # names, in the order of the roll
    missing_ids: list[int] = field(default_factory=list)  # participants, as the names
    unbegun: int = 0  # a participant without a pledge, if there is one
    waits: bool = False  # for its criteria
    criteria_are_sent: bool = False
    reminded: int = 0  # of the missing, today

    def url_of(self, name: str) -> str:
        return reverse(name, args=[self.unit.campaign_id, self.unit.live_unit_id])


def _cells_of(actor: Actor) -> list[_Cell]:
    cells = {unit.pk: _Cell(unit) for unit in kept_cells(actor)}
    placed = Placement.objects.visible_to(actor, Area.PLEDGES).filter(
        unit__in=list(cells),
        participant__in=Participant.objects.owing_pledges(),
    )
    rows = placed.order_by("participant__sort_key", "pk").values_list(
        "unit",
        "participant",
        f"participant__{STATE[Step.PLEDGE]}",
        "participant__full_name",
    )
    for unit_id, pk, state, name in rows:
        cells[unit_id].states[state] += 1
        if state not in TAKEN[Step.PLEDGE]:
            cells[unit_id].missing.append(name)
            cells[unit_id].missing_ids.append(pk)
        if state == Pledge.NONE:
            cells[unit_id].unbegun = pk
    return list(cells.values())


def _of_cell(cell: _Cell, span: Span | None, today: date) -> Iterator[DueItem]:
    owed = cell.states.total()
    if waiting := cell.states[Pledge.SENT]:
        yield _to_confirm(cell, waiting)
    if cell.missing and span and span.from_on <= today:
        yield _missing(cell, span, today)
    if owed and cell.states[Pledge.CONFIRMED] == owed:
        text = ngettext(
            "%(count)d pledge is confirmed, of %(owed)d.",
            "%(count)d pledges are confirmed, of %(owed)d.",
            owed,
        )
        yield DueItem(
            key=f"campaigns.pledges_confirmed/{cell.unit.pk}",
            sentence=text % {"count": owed, "owed": owed},
            url=cell.url_of("pledges:unit_pledges"),
            is_done=True,
            campaign=cell.unit.campaign.name,
        )


def _to_confirm(cell: _Cell, count: int) -> DueItem:
    return several(
        key=f"campaigns.pledges_to_confirm/{cell.unit.pk}",
        text=ngettext(
            "%(count)d pledge waits for you to look at it.",
            "%(count)d pledges wait for you to look at them.",
            count,
        ),
        count=count,
        url=cell.url_of("pledges:unit_pledges"),
        button=_("Look at each"),
        campaign=cell.unit.campaign.name,
    )


def _missing(cell: _Cell, span: Span, today: date) -> DueItem:
    count, entering = len(cell.missing), cell.url_of("pledges:unit_pledges")
    item = DueItem(
        key=f"campaigns.pledges_missing/{cell.unit.pk}",
        sentence=_who_has_not_sent(cell.missing),
        due_on=span.last_day,
        count=count,
        campaign=cell.unit.campaign.name,
    )
    if span.last_day < today:
        # Nothing is taken any more: the list says who, and what helps.
        return replace(item, url=entering, button=_("Open the list"))
    reminding = _to_remind(cell)
    if cell.waits:
        # Who has begun, and got it returned perhaps, goes on without criteria.
        has_begun = cell.states[Pledge.NONE] < count
        other_url, other_button = reminding if has_begun and reminding else ("", "")
        return replace(
            _waiting(item, cell), other_url=other_url, other_button=other_button
        )
    if not reminding:  # all were reminded today
        return replace(item, url=entering, button=_("Enter from the paper"))
    return replace(
        item,
        url=reminding[0],
        button=reminding[1],
        other_url=entering,
        other_button=_("Enter from the paper"),
    )


def _to_remind(cell: _Cell) -> tuple[str, str] | None:
    """Return where to remind whom, as a button; nobody is reminded twice a day."""
    left = len(cell.missing) - cell.reminded
    if not left:
        return None
    remind = ngettext("Remind %(count)d comrade", "Remind %(count)d comrades", left)
    return cell.url_of("reminders:people_remind"), remind % {"count": left}


def _waiting(item: DueItem, cell: _Cell) -> DueItem:
    """Say what pledges wait for: that the cell sends its criteria, or the level above."""
    text = _("%(who)s Pledges open once the criteria are published.")
    button = _("Open the criteria of the cell")
    if cell.criteria_are_sent:
        text = _(
            "%(who)s The criteria of the cell are sent and wait for the level above; "
            "pledges open once it publishes them."
        )
        button = _("Read the criteria that were sent")
    return replace(
        item,
        sentence=text % {"who": item.sentence},
        url=cell.url_of("pledges:criteria_list"),
        button=button,
    )


def _who_has_not_sent(names: list[str]) -> str:
    count = len(names)
    text = ngettext(
        "%(count)d comrade has not sent the pledge",
        "%(count)d comrades have not sent the pledge",
        count,
    ) % {"count": count}
    if count > MOST_NAMES:
        return f"{text}."
    return f"{text}: {', '.join(_called(names))}."


def _called(names: list[str]) -> list[str]:
    """Return how people are called among themselves; namesakes by the whole name."""
    given = [name.rpartition(" ")[2] for name in names]
    alike = Counter(given)
    return [
        short if alike[short] == 1 else name
        for name, short in zip(names, given, strict=True)
    ]


def _own_pledge(pk: int, state: str, span: Span, name: str) -> DueItem:
    sentence, button = {
        Pledge.NONE: (_("Your pledge is not begun."), _("Write it")),
        Pledge.DRAFT: (_("Your pledge is being written."), _("Go on writing")),
        Pledge.RETURNED: (
            _("The cell has returned your pledge for completion."),
            _("Complete it"),
        ),
    }[Pledge(state)]
    way = "pledge_begin" if state == Pledge.NONE else "pledge_detail"
    return DueItem(
        key=f"campaigns.own_pledge/{pk}",
        sentence=sentence,
        url=reverse(f"pledges:{way}", args=[pk]),
        button=button,
        due_on=span.last_day,
        is_own=True,
        campaign=name,
    )


def _own_pledge_waits(pk: int, span: Span, name: str) -> DueItem:
    """Say what the pledge waits for; without a button, for none can be begun now."""
    return DueItem(
        key=f"campaigns.own_pledge/{pk}",
        sentence=_(
            "Your pledge opens once the criteria of the cell are published; they are "
            "not yet."
        ),
        due_on=span.last_day,
        is_own=True,
        campaign=name,
    )


def _own_pledge_late(pk: int, state: str, span: Span, name: str) -> DueItem:
    """Say that nothing was sent in time; without a button, for nothing is taken now."""
    text = (
        _("The cell has returned your pledge, and it is not sent again.")
        if state == Pledge.RETURNED
        else _("Your pledge is not sent.")
    )
    last = _("The last day was %(day)s.") % {"day": display_day(span.last_day)}
    return DueItem(
        key=f"campaigns.own_pledge/{pk}",
        sentence=f"{text} {last}",
        is_own=True,
        campaign=name,
    )


def _own_pledge_typed(pk: int, name: str) -> DueItem:
    return DueItem(
        key=f"campaigns.own_pledge/{pk}",
        sentence=_(
            "Your pledge was typed on your behalf; say that it is what you signed."
        ),
        url=reverse("pledges:pledge_detail", args=[pk]),
        button=_("Read it"),
        is_own=True,
        campaign=name,
    )


def _own_pledge_done(pk: int, state: str, name: str) -> DueItem:
    sentence = {
        Pledge.SENT: _("Your pledge is sent; the cell confirms it."),
        Pledge.CONFIRMED: _("Your pledge is confirmed by the cell."),
    }[Pledge(state)]
    return DueItem(
        key=f"campaigns.own_pledge/{pk}",
        sentence=sentence,
        url=reverse("pledges:pledge_detail", args=[pk]),
        is_own=True,
        is_done=True,
        campaign=name,
    )

"""The pages of one kind of document: their addresses, their words, whose they are."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaigns.models import (
    Author,
    CampaignUnit,
    DraftByPerson,
    Participant,
    PersonKind,
    Written,
    WrittenDraft,
    WrittenKind,
    WrittenQuerySet,
)
from campaigns.queries.written import keepers
from campaigns.services import phases
from campaigns.services.written import states
from members.http import AccountRequest, back_to_first
from members.models import of_own_person
from members.policy import Actor, Area

REFUSALS = (states.WritingRefused, phases.StepClosed)
ACTS = ("begin", "write", "send", "confirm", "return", "detail")


@dataclass(frozen=True, slots=True)
class Words:
    """What the pages call the document; "%s" stands for whose it is."""

    name: Promise
    of: Promise
    of_unit: Promise
    begin: Promise
    sent: Promise
    changed: Promise
    confirm: Promise
    confirmed: Promise
    confirm_lead: Promise
    give_back: Promise
    open: Promise
    my: Promise
    to_print: Promise
    typed_from: Promise = _("Typed from the paper signed on %s.")
    confirm_button: Promise = _("Confirm for the cell")
    confirmed_on: Promise = _("Confirmed by the cell on")
    send_button: Promise = _("Send to the cell")
    after_sending: Promise = _(
        "After sending nothing can be changed until the cell returns it."
    )
    unread: Promise = _(
        "Nobody else reads this before you send it; then your cell committee does."
    )
    nothing: Promise = _(
        "Nothing is sent to the cell yet. What is being written is read by its author "
        "alone."
    )


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of one kind."""

    kind: WrittenKind
    names: str  # "pledges:pledge": what the names of its addresses begin with
    save: str  # the address that saves a draft
    own: str
    listed: str  # of a unit
    printed: str
    templates: str  # the folder
    words: Words

    def name(self, act: str) -> str:
        """Return the name of an address of one person's document."""
        return f"{self.names}_{act}"

    def shown_in_lists(self) -> dict[str, object]:
        """Return what lists lead to: names of addresses by act, and words."""
        names = {act: self.name(act) for act in (*self.acts, "paper")}
        return {"names": names, "own_page": self.own, "words": self.words}

    def shown(self, author: Author, document: Written | None) -> dict[str, object]:
        """Return what the page of one document says of it."""
        return {
            "author": author,
            "document": document,
            "state": self.kind.state_of(author),
            "state_in_words": self.kind.state_in_words(author),
            "addresses": self.addresses(author.pk),
            "print_address": reverse(self.printed, args=[author.pk, "pdf"]),
            "word_address": reverse(self.printed, args=[author.pk, "docx"]),
            "text_template": self.template("_text"),
            "words": self.words,
        }

    def address(self, act: str, author_id: int) -> str:
        """Return the address of an act on one author's document."""
        return reverse(self.name(act), args=[author_id])

    def addresses(self, author_id: int) -> dict[str, str]:
        """Return those that templates lead to, by act."""
        found = {act: self.address(act, author_id) for act in self.acts}
        return found | {"save": reverse(self.save, args=[author_id])}

    @property
    def acts(self) -> tuple[str, ...]:
        """The acts that have an address; only a person acknowledges what was typed."""
        return (*ACTS, "acknowledge") if isinstance(self.kind, PersonKind) else ACTS

    @property
    def of_persons(self) -> PersonKind:
        """The kind, where only pages of persons ask."""
        assert isinstance(self.kind, PersonKind)  # those of collectives never do
        return self.kind

    def template(self, page: str) -> str:
        """Return the path of the template of a page."""
        return f"{self.templates}/{page}.html"

    # ---- The way back ------------------------------------------------------

    def to_own(self) -> tuple[str, str]:
        """Return name and address of one's own list."""
        return str(self.words.name), reverse(self.own)

    def to_detail(self, author: Author) -> tuple[str, str]:
        """Return name and address of one author's document."""
        title = str(self.words.of) % author.full_name
        return title, self.address("detail", author.pk)

    def to_cell(self, unit: CampaignUnit) -> tuple[str, str]:
        """Return name and address of the cell's list."""
        address = reverse(self.listed, args=[unit.campaign_id, unit.live_unit_id])
        return str(self.words.of_unit) % unit.name, address

    def ways_back(self, unit: CampaignUnit, actor: Actor) -> list[tuple[str, str]]:
        """Return the way back of whoever read somebody's document, whose unit it is."""
        if keeps(unit, actor):
            return [self.to_cell(unit)]
        live = unit.custodian
        if actor.reaches_unit(Area.FIGURES, live.pk, live.path):
            return [to_figures(unit)]
        return list(back_to_first())

    # ---- Whose -------------------------------------------------------------

    def author_of(self, draft: WrittenDraft) -> Author:
        """Return whose draft it is."""
        return self.kind.author_of(draft)

    def documents(self, request: AccountRequest, area: Area) -> WrittenQuerySet:
        """Return the documents of this kind that the actor sees."""
        seen: WrittenQuerySet = self.of_persons.document._default_manager.visible_to(
            request.actor, area
        )
        return seen

    def draft(self, request: AccountRequest, participant_id: int) -> DraftByPerson:
        """Return what the actor may write on, else 404.

        Not sent, of somebody in the campaign.
        """
        seen = self.of_persons.draft._default_manager.visible_to(request.actor)
        draft: DraftByPerson = get_object_or_404(
            seen.select_related("participant__campaign"),
            participant=participant_id,
            participant__presence=Participant.Presence.PRESENT,
            **{f"participant__{self.kind.column}__in": states.WRITABLE},
        )
        return draft


def keeps(unit: CampaignUnit, actor: Actor) -> bool:
    """Tell whether the actor keeps the documents of a unit, its custodian loaded."""
    live = unit.custodian
    return actor.reaches_unit(Area.PLEDGES, live.pk, live.path)


def own(request: AccountRequest, participant_id: int) -> Participant:
    """Return oneself in a campaign; 404 for everybody else."""
    mine = Participant.objects.own(request.actor).select_related("campaign")
    return get_object_or_404(mine, pk=participant_id)


def kept(request: AccountRequest, participant_id: int) -> Participant:
    """Return somebody whose documents the actor keeps; nobody keeps their own."""
    return get_object_or_404(_others(request), pk=participant_id)


def _others(request: AccountRequest) -> QuerySet[Participant]:
    kept = Participant.objects.visible_to(request.actor, Area.PLEDGES)
    others = kept.exclude(of_own_person(request.actor))
    return others.select_related("campaign")


def paper_author(
    request: AccountRequest, participant_id: int
) -> tuple[Participant, CampaignUnit | None]:
    """Return whose paper the actor records: of the own keeping, or a sole keeper's.

    With the latter comes the unit right above the cell, as whose office it is done.
    """
    if found := _others(request).filter(pk=participant_id).first():
        return found, None
    if keeper := keepers.sole_keeper(participant_id, request.actor):
        return keeper.participant, keeper.cell.parent
    raise Http404


def writer(request: AccountRequest, participant_id: int) -> Participant:
    """Return for whom the actor may begin: oneself, or one of the own keeping."""
    mine = Participant.objects.own(request.actor).filter(pk=participant_id)
    own = mine.select_related("campaign").first()
    return own or kept(request, participant_id)


def is_own(request: AccountRequest, author: Author) -> bool:
    """Tell whether the document is the actor's own; that of a body is nobody's."""
    return (
        isinstance(author, Participant) and author.member_id == request.actor.member_id
    )


def cell(request: AccountRequest, campaign_id: int, unit_id: int) -> CampaignUnit:
    """Return a unit of a campaign whose documents the actor keeps, else 404."""
    units = CampaignUnit.objects.visible_to(request.actor, Area.PLEDGES)
    return get_object_or_404(
        units.select_related("campaign", "parent"),
        campaign=campaign_id,
        live_unit=unit_id,
    )


def to_figures(unit: CampaignUnit) -> tuple[str, str]:
    """Return the campaign and the page of the unit in it, for the way back."""
    address = reverse("unit_figures", args=[unit.campaign_id, unit.live_unit_id])
    return unit.campaign.name, address

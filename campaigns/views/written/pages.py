"""The pages of one kind of document: their addresses, their words, whose they are."""

from dataclasses import dataclass

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise

from campaigns.models import (
    CampaignUnit,
    Participant,
    Written,
    WrittenDraft,
    WrittenKind,
    WrittenQuerySet,
)
from campaigns.services import phases
from campaigns.services.written import states
from members.http import AccountRequest
from members.models import of_own_person
from members.policy import Area

REFUSALS = (states.WritingRefused, phases.StepClosed)
ACTS = ("begin", "write", "send", "confirm", "return", "acknowledge", "detail")


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
    typed_from: Promise  # "%s" stands for the day


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
        names = {act: self.name(act) for act in (*ACTS, "paper")}
        return {"names": names, "own_page": self.own, "words": self.words}

    def shown(
        self, participant: Participant, document: Written | None
    ) -> dict[str, object]:
        """Return what the page of one document says of it."""
        return {
            "participant": participant,
            "document": document,
            "state": self.kind.state_of(participant),
            "state_in_words": self.kind.state_in_words(participant),
            "addresses": self.addresses(participant.pk),
            "print_address": reverse(self.printed, args=[participant.pk]),
            "text_template": self.template("_text"),
            "words": self.words,
        }

    def address(self, act: str, participant_id: int) -> str:
        """Return the address of an act on one person's document."""
        return reverse(self.name(act), args=[participant_id])

    def addresses(self, participant_id: int) -> dict[str, str]:
        """Return those that templates lead to, by act."""
        found = {act: self.address(act, participant_id) for act in ACTS}
        return found | {"save": reverse(self.save, args=[participant_id])}

    def template(self, page: str) -> str:
        """Return the path of the template of a page."""
        return f"{self.templates}/{page}.html"

    # ---- The way back ------------------------------------------------------

    def to_own(self) -> tuple[str, str]:
        """Return name and address of one's own list."""
        return str(self.words.name), reverse(self.own)

    def to_detail(self, participant: Participant) -> tuple[str, str]:
        """Return name and address of one person's document."""
        title = str(self.words.of) % participant.full_name
        return title, self.address("detail", participant.pk)

    def to_cell(self, unit: CampaignUnit) -> tuple[str, str]:
        """Return name and address of the cell's list."""
        address = reverse(self.listed, args=[unit.campaign_id, unit.live_unit_id])
        return str(self.words.of_unit) % unit.name, address

    # ---- Whose -------------------------------------------------------------

    def documents(self, request: AccountRequest, area: Area) -> WrittenQuerySet:
        """Return the documents of this kind that the actor sees."""
        seen: WrittenQuerySet = self.kind.document._default_manager.visible_to(
            request.actor, area
        )
        return seen

    def draft(self, request: AccountRequest, participant_id: int) -> WrittenDraft:
        """Return what the actor may write on, else 404.

        Not sent, of somebody in the campaign.
        """
        seen = self.kind.draft._default_manager.visible_to(request.actor)
        draft: WrittenDraft = get_object_or_404(
            seen.select_related("participant__campaign"),
            participant=participant_id,
            participant__presence=Participant.Presence.PRESENT,
            **{f"participant__{self.kind.column}__in": states.WRITABLE},
        )
        return draft


def own(request: AccountRequest, participant_id: int) -> Participant:
    """Return oneself in a campaign; 404 for everybody else."""
    mine = Participant.objects.own(request.actor).select_related("campaign")
    return get_object_or_404(mine, pk=participant_id)


def kept(request: AccountRequest, participant_id: int) -> Participant:
    """Return somebody whose documents the actor keeps; nobody keeps their own."""
    others = Participant.objects.visible_to(request.actor, Area.PLEDGES).exclude(
        of_own_person(request.actor)
    )
    return get_object_or_404(others.select_related("campaign"), pk=participant_id)


def writer(request: AccountRequest, participant_id: int) -> Participant:
    """Return for whom the actor may begin: oneself, or one of the own keeping."""
    mine = Participant.objects.own(request.actor).filter(pk=participant_id)
    own = mine.select_related("campaign").first()
    return own or kept(request, participant_id)


def is_own(request: AccountRequest, participant: Participant) -> bool:
    """Tell whether the document is the actor's."""
    return participant.member_id == request.actor.member_id


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

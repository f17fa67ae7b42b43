"""What a cell proposes, and what comes to the committee that decides on it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from campaigns.models import Campaign, CampaignUnit, Participant, Placement
from campaigns.models.campaign import CampaignUnitQuerySet
from campaigns.queries.written.people import people_of
from campaigns.rulesets import RuleSet
from members.policy import Actor, Area
from reviews import ceilings
from reviews.ceilings import CeilingCounts
from reviews.models import Proposal, UnitFile
from reviews.models.files import UnitFileQuerySet
from reviews.queries.ballots import levels_by_ballot
from reviews.queries.rating import OPEN, why_not_rated


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person of a cell: what is proposed, or why nothing can be."""

    participant: Participant
    proposal: Proposal | None
    level: str  # in words; what stands where it is decided
    why_not: str
    voted: str | None = None  # what a ballot gave, "" for no level; None: not voted on


@dataclass(frozen=True, slots=True)
class Total:
    """How many have one level, or none."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class FileLine:
    """One unit below a committee, and how far its file is."""

    unit: CampaignUnit
    file: UnitFile | None
    people: int
    proposed: int


def proposing_units(actor: Actor) -> CampaignUnitQuerySet:
    """Return the units whose people's levels the actor proposes."""
    return CampaignUnit.objects.visible_to(actor, Area.PLEDGES).filter(closed_on=None)


def deciding_units(actor: Actor) -> CampaignUnitQuerySet:
    """Return the units for which the actor receives files and records decisions.

    Committees that run campaigns and see levels; a grassroots cell decides itself.
    Source: docs/rules/decisions.md § 2.1.
    """
    run = CampaignUnit.objects.visible_to(actor, Area.CAMPAIGN)
    kept = CampaignUnit.objects.visible_to(actor, Area.PLEDGES)
    seen = CampaignUnit.objects.visible_to(actor, Area.LEVELS).filter(closed_on=None)
    own = seen.filter(pk__in=kept).filter(grassroots=F("pk"))
    return seen.filter(pk__in=run) | own


def verifying_units(actor: Actor) -> CampaignUnitQuerySet:
    """Return the units for which the actor reads what was sent: decides or verifies."""
    decides = Q(pk__in=deciding_units(actor))
    verifies = Q(custodian__in=actor.deciding(Area.LEVELS))
    return CampaignUnit.objects.filter(decides | verifies)


def last_file(unit: CampaignUnit) -> UnitFile | None:
    """Return the latest version of a unit's file; one query."""
    files = UnitFile.objects.filter(unit=unit).select_related("goes_to")
    return files.order_by("-number").first()


def lines_of(unit: CampaignUnit, file: UnitFile | None) -> list[PersonLine]:
    """Return everybody of a cell in the order of the roll; three queries."""
    found = Proposal.objects.filter(file=file) if file else []
    proposals = {each.participant_id: each for each in found}
    words = level_words(unit.campaign.rules)
    voted = levels_by_ballot(unit)
    return [
        PersonLine(
            each,
            proposals.get(each.pk),
            _level_in_words(each, proposals.get(each.pk), words),
            why_not_rated(each, unit.campaign),
            voted.get(each.pk),
        )
        for each in people_of(unit)
    ]


def lines_in(file: UnitFile, actor: Actor) -> list[PersonLine]:
    """Return who is in a file, in the order of the roll; one query."""
    proposals = Proposal.objects.visible_to(actor).filter(file=file)
    words = level_words(file.unit.campaign.rules)
    rows = proposals.select_related("participant")
    return [
        PersonLine(
            each.participant, each, words[each.level], _decided(each.participant, words)
        )
        for each in rows.order_by("participant__sort_key", "participant")
    ]


def _decided(participant: Participant, words: dict[str, str]) -> str:
    level = words.get(participant.level)
    return _("decided: %s") % level if level else ""


def _level_in_words(
    participant: Participant, proposal: Proposal | None, words: dict[str, str]
) -> str:
    code = proposal.level if proposal else participant.level
    return words.get(code, "")


def level_words(rules: RuleSet) -> dict[str, str]:
    """Return the levels of members in words, best first."""
    language = get_language() or "vi"
    return {each.code: each.label.text(language) for each in rules.members.levels}


def reason_words(rules: RuleSet) -> dict[str, str]:
    """Return the reasons for the lowest level in words."""
    language = get_language() or "vi"
    return {each.code: each.label.text(language) for each in rules.reasons}


def totals_of(rules: RuleSet, levels: Iterable[str], *, people: int) -> list[Total]:
    """Return how many have each level, best first, then how many have none."""
    counts = Counter(filter(None, levels))
    words = level_words(rules)
    return [
        *(Total(words[code], counts[code]) for code in words),
        Total(_("no level"), people - counts.total()),
    ]


def ceiling_sentences(rules: RuleSet, levels: Iterable[str]) -> list[str]:
    """Return how many may get the best level of these, on every base in question.

    Information, whatever was proposed (docs/rules/ceilings.md § 4.5).
    """
    counts = CeilingCounts("", "", "members", Counter(filter(None, levels)))
    words = level_words(rules)
    best = next(iter(words.values()))
    bases = {
        "GOOD_ONLY": _("%(count)s with the level “good” alone"),
        "GOOD_OR_BETTER": _("%(count)s with the level “good” or better"),
        "ASSESSED": _("%(count)s with a level"),
    }
    return [
        _("%(level)s: %(actual)s. At most %(allowed)s, at %(percent)s%% of %(base)s.")
        % {
            "level": best,
            "actual": row.actual,
            "allowed": row.allowed,
            "percent": f"{row.percent.normalize():f}",
            "base": bases[row.base] % {"count": row.base_count},
        }
        for row in ceilings.check(rules, [counts])
    ]


def files_below(unit: CampaignUnit) -> list[FileLine]:
    """Return the units whose people a committee decides on, with their latest file.

    In the order of the tree; three queries. A unit without people to rate is left out.
    """
    units = CampaignUnit.objects.in_subtree_of(unit).filter(closed_on=None)
    people: Counter[int] = Counter(
        Placement.objects.open()
        .filter(unit__in=units, participant__presence=Participant.Presence.PRESENT)
        .values_list("unit", flat=True)
    )
    files = {
        each.unit_id: each
        for each in UnitFile.objects.of_decider(unit).order_by("number")
    }
    proposed: Counter[int] = Counter(
        Proposal.objects.filter(file__in=list(files.values())).values_list(
            "file__unit", flat=True
        )
    )
    return [
        FileLine(each, files.get(each.pk), people[each.pk], proposed[each.pk])
        for each in units.order_by("path")
        if people[each.pk]
    ]


def own_deciding_units(actor: Actor) -> list[CampaignUnit]:
    """Return those of the actor's own posts, of running campaigns; one query."""
    own = deciding_units(actor).filter(
        campaign__in=Campaign.objects.running(),
        live_unit__in=[post.unit_id for post in actor.posts],
    )
    return list(own.select_related("campaign").order_by("-campaign__year", "path"))


def files_read(actor: Actor) -> UnitFileQuerySet:
    """Return the files, once sent, that the actor reads at the unit that decides on them.

    As its committee, or by a post there that reads levels by DECIDED.
    """
    as_committee = Q(goes_to__in=deciding_units(actor))
    by_decision = Q(goes_to__custodian__in=actor.deciding(Area.LEVELS))
    seen = UnitFile.objects.visible_to(actor).exclude(state=UnitFile.State.DRAFT)
    return seen.filter(as_committee | by_decision)


def files_handed(actor: Actor) -> UnitFileQuerySet:
    """Return those that the actor reads at the unit that decides, or has sent up.

    What a unit decides on itself is handed to nobody.
    """
    up = UnitFile.objects.visible_to(actor).exclude(goes_to=F("unit"))
    sent = up.exclude(state=UnitFile.State.DRAFT)
    own = Q(unit__in=proposing_units(actor))
    return sent.filter(Q(pk__in=files_read(actor).values("pk")) | own)


def files_to_verify(actor: Actor) -> list[UnitFile]:
    """Return those of running campaigns that the actor reads and does not receive.

    The latest campaign first, in the order of the tree; at most one query.
    """
    if not actor.deciding(Area.LEVELS):
        return []
    came = files_read(actor).exclude(goes_to__in=deciding_units(actor))
    running = came.filter(goes_to__campaign__in=Campaign.objects.running())
    related = running.select_related("unit", "goes_to", "unit__campaign")
    return list(related.order_by("-unit__campaign__year", "unit__path", "-number"))


def with_texts(people: Iterable[Participant], actor: Actor) -> set[int]:
    """Return of whom the actor reads the texts, where any are typed; one query."""
    ids = [each.pk for each in people]
    read = Participant.objects.visible_to(actor, Area.TEXTS).filter(pk__in=ids)
    typed = read.filter(campaign__mode=Campaign.Mode.FULL_TEXT)
    return set(typed.values_list("pk", flat=True))


def may_be_changed(file: UnitFile | None) -> bool:
    """Tell whether the cell may record levels: nothing is with the committee."""
    return file is None or file.state not in OPEN or file.state == UnitFile.State.DRAFT


def choices_of(words: dict[str, str]) -> Sequence[tuple[str, str]]:
    """Return what a select offers, nothing first."""
    return [("", "–"), *words.items()]

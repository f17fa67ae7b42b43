"""What campaigns keep of one person, for the person's own copy: rows of every kind."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from campaigns import form_definitions
from campaigns.models import (
    PLEDGES,
    Attendance,
    CellAnswer,
    CoChair,
    Digest,
    Essay,
    LateChange,
    MeetingTask,
    PersonalExtension,
    PersonKind,
    PledgeCheck,
    PledgeItem,
    ProgrammeItem,
    Reminder,
    StudyAttendance,
)
from members.models import Account, Member
from members.row_security import Purpose, opened_for
from reports.documents.record import (
    DraftKept,
    ItemKept,
    Kept,
    TextKept,
    WrittenKept,
)
from reviews.models import (
    SELF_REVIEWS,
    DecisionLine,
    LevelNotice,
    LevelRequest,
    LevelRevision,
    NamedPerson,
    Opinion,
    OpinionEntry,
    Proposal,
    Remark,
    RemediationCheck,
    RemediationItem,
    RemediationPlan,
    RemediationStep,
    ResidenceExemption,
    ReviewOccasion,
    ReviewSuggestion,
    SaidVersion,
    SelfReviewStatement,
    Teller,
    UnreviewedReason,
)

CAMPAIGN = "participant__campaign"


def kept_of(member: Member, account: Account | None) -> Kept:
    """Return everything that campaigns keep of a person got by a scope.

    The first comes first, but for the steps of the last year; 35 queries.
    """
    suggestions = list(_of(ReviewSuggestion, member, CAMPAIGN, "issuer"))
    items = _items_of(member)
    return Kept(
        pledges=_written(PLEDGES, member, items),
        self_reviews=_written(SELF_REVIEWS, member, {}),
        drafts=[
            *_drafts(PLEDGES, member, ()),
            *_drafts(SELF_REVIEWS, member, suggestions),
        ],
        attendance=_at_meetings(Attendance, member, "meeting__unit"),
        tasks=_at_meetings(MeetingTask, member, "meeting__unit", "checked_at__unit"),
        study=list(
            _of(StudyAttendance, member, "session__unit")
            .prefetch_related("session__documents")
            .order_by("session__on", "pk")
        ),
        essays=list(_of(Essay, member, "document", "unit").order_by("handed_in_on")),
        answers_for=list(
            ProgrammeItem.objects.filter(responsible=member)
            .select_related("programme__unit__campaign")
            .order_by("programme__unit__campaign__year", "pk")
        ),
        co_chairs=list(
            CoChair.objects.filter(member=member)
            .select_related("programme__unit__campaign")
            .order_by("from_on", "pk")
        ),
        suggestions=suggestions,
        occasions=list(
            _of(ReviewOccasion, member, CAMPAIGN, "body__unit", "meeting__unit")
        ),
        remarks=list(
            Remark.objects.published()
            .filter(occasion__participant__member=member)
            .select_related(
                "occasion__participant__campaign", "occasion__meeting__unit"
            )
        ),
        said_versions=list(
            SaidVersion.objects.filter(
                occasion__participant__member=member
            ).select_related("occasion__participant__campaign")
        ),
        statements=list(
            SelfReviewStatement.objects.filter(
                occasion__participant__member=member
            ).select_related(
                "occasion__participant__campaign", "meeting__unit", "suggestion"
            )
        ),
        tellers=_at_meetings(Teller, member, "meeting__unit"),
        proposals=list(_of(Proposal, member, CAMPAIGN, "file__unit", "file__goes_to")),
        decisions=list(_of(DecisionLine, member, CAMPAIGN, "decision__unit")),
        level_notices=list(_of(LevelNotice, member, CAMPAIGN, "decision")),
        level_requests=list(_of(LevelRequest, member, CAMPAIGN, "decision", "goes_to")),
        level_revisions=list(_of(LevelRevision, member, CAMPAIGN, "decision__unit")),
        unreviewed_reasons=list(_of(UnreviewedReason, member, CAMPAIGN)),
        opinions=list(_of(Opinion, member, "request__unit__campaign")),
        opinion_entries=list(
            OpinionEntry.objects.filter(opinion__participant__member=member).order_by(
                "at", "pk"
            )
        ),
        residence_exemptions=list(_of(ResidenceExemption, member, CAMPAIGN)),
        remediation_plans=list(
            RemediationPlan.objects.filter(member=member)
            .select_related("goes_to")
            .order_by("pk")
        ),
        remediation_items=list(
            RemediationItem.objects.filter(plan__member=member).order_by("plan", "pk")
        ),
        remediation_checks=list(
            RemediationCheck.objects.filter(item__plan__member=member)
            .select_related("item")
            .order_by("on", "pk")
        ),
        remediation_steps=list(
            RemediationStep.objects.filter(plan__member=member)
            .select_related("to")
            .order_by("pk")
        ),
        named_responsible=_named(member),
        longer_times=list(_of(PersonalExtension, member, "campaign")),
        late_changes=list(_of(LateChange, member, CAMPAIGN, "source", "target")),
        reminders=_reminders(member, account),
        emails=_emails(account),
    )


@opened_for(Purpose.RESULTS)  # the item belongs to a collective
def _named(member: Member) -> list[NamedPerson]:
    rows = NamedPerson.objects.filter(member=member)
    return list(rows.select_related("item__plan__unit").order_by("pk"))


def _of(model: Any, member: Member, *related: str) -> Any:
    """Return the rows of somebody in every campaign, in the order in which they came."""
    rows = model.objects.filter(participant__member=member)
    return rows.select_related(*related).order_by("pk")


def _at_meetings(model: Any, member: Member, *related: str) -> list[Any]:
    return list(_of(model, member, *related).order_by("meeting__on", "pk"))


def _emails(account: Account | None) -> list[Digest]:
    return [*Digest.objects.filter(account=account).order_by("on")]


def _reminders(member: Member, account: Account | None) -> list[Reminder]:
    """Return those of the person, and those that the account got for a post."""
    got = Q(participant__member=member)
    if account:
        got |= Q(account=account)
    rows = Reminder.objects.filter(got).select_related("unit__campaign")
    return list(rows.order_by("on", "pk"))


def _written(
    kind: PersonKind, member: Member, items: dict[int, list[ItemKept]]
) -> list[WrittenKept]:
    above = f"{kind.above}__participant"
    said = kind.answer.objects.filter(**{f"text__{above}__member": member})
    answers: dict[int, CellAnswer] = {each.text_id: each for each in said}  # type: ignore[attr-defined]  # every kind names its text
    texts: dict[int, list[TextKept]] = defaultdict(list)
    sent = (
        kind.text.objects.filter(**{f"{above}__member": member})
        .select_related(f"{above}__campaign")
        .order_by("number")
    )
    for text in sent:
        kept = TextKept(text, answers.get(text.pk), tuple(items.get(text.pk, ())))
        texts[text.document.pk].append(kept)
    documents = kind.document.objects.filter(participant__member=member)
    in_order = documents.select_related(CAMPAIGN).order_by(f"-{CAMPAIGN}__year", "pk")
    return [WrittenKept(each, tuple(texts[each.pk])) for each in in_order]


def _items_of(member: Member) -> dict[int, list[ItemKept]]:
    """Return the items of all pledges with their checks, by the number of the text."""
    checks: dict[int, list[PledgeCheck]] = defaultdict(list)
    found = PledgeCheck.objects.filter(item__sent__pledge__participant__member=member)
    for check in found.order_by("on", "pk"):
        checks[check.item_id].append(check)
    items: dict[int, list[ItemKept]] = defaultdict(list)
    rows = PledgeItem.objects.filter(sent__pledge__participant__member=member)
    for item in rows.select_related("criterion", "programme_item", "meeting_task"):
        items[item.sent_id].append(ItemKept(item, tuple(checks[item.pk])))
    return items


def _drafts(
    kind: PersonKind, member: Member, suggestions: Sequence[ReviewSuggestion]
) -> list[DraftKept]:
    """Return what is being written; the form of a self-review asks the suggestions."""
    rows = kind.draft.objects.filter(participant__member=member)
    kept = []
    for draft in rows.select_related(CAMPAIGN).order_by("pk"):
        form = form_definitions.load(draft.form)
        if kind is SELF_REVIEWS:
            person = draft.participant
            form = form_definitions.resolved(
                draft.form,
                person.campaign.rules.criteria,
                kind=form_definitions.kind_of(person.exemplarity),
                asked=[
                    (str(each.pk), str(each))
                    for each in suggestions
                    if each.participant_id == person.pk
                ],
            )
        kept.append(DraftKept(kind, draft, form))
    return kept

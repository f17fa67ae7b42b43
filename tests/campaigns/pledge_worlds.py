"""A cell whose people write pledges, and pledges as far as they are."""

from datetime import UTC, date, datetime

from campaigns.models import (
    CampaignUnit,
    Participant,
    PledgeDraft,
    PledgeItem,
    PledgeText,
)
from campaigns.services.pledges import answering, checks, sending
from members import queries as registry
from members.models import Account
from members.policy import Actor, Role
from tests.factories import (
    AccountFactory,
    CampaignFactory,
    CampaignUnitFactory,
    PlacementFactory,
    PledgeDraftFactory,
    PledgeFactory,
    PledgeSetupFactory,
    PostFactory,
)

NOW = datetime(2024, 3, 10, 3, tzinfo=UTC)
TODAY = date(2024, 3, 10)

CONTENT = {
    "answers": {"duty": "Làm đúng việc được giao"},
    "items": [
        {
            "section": "duty", "measure": "TEXT", "source": "", "text": "Góp ý dự thảo",
            "goal": "2 lần", "unit_of_measure": "", "due_on": "", "evidence": "",
        }
    ],
}  # fmt: skip


def cell_of_writers() -> CampaignUnit:
    campaign = CampaignFactory(
        state="OPEN", opened_at=NOW, rule_set_resolved={}, mode="FULL_TEXT"
    )
    root = CampaignUnitFactory(campaign=campaign)
    PledgeSetupFactory(campaign=campaign, needs_criteria=False)
    return CampaignUnitFactory(campaign=campaign, parent=root)


def someone(cell, state="NONE", **columns) -> Participant:
    made = PlacementFactory(unit=cell, participant__pledge_state=state, **columns)
    return made.participant


def secretary_of(cell) -> Actor:
    return registry.actor_for(
        PostFactory(unit=cell.live_unit, role=Role.SECRETARY).account
    )


def author_of(person) -> Actor:
    return registry.actor_for(AccountFactory(member=person.member))


def author_of_again(person) -> Actor:
    """Who has an account already."""
    return registry.actor_for(Account.objects.get(member=person.member))


def written(person, *, on_behalf=False, content=CONTENT) -> PledgeDraft:
    PledgeFactory(participant=person, signed_on=date(2024, 3, 1) if on_behalf else None)
    Participant.objects.filter(pk=person.pk).update(
        pledge_state=Participant.Pledge.DRAFT
    )
    person.refresh_from_db()
    return PledgeDraftFactory(
        participant=person, content=content, is_on_behalf=on_behalf
    )


def sent(person, actor=None) -> PledgeText:
    draft = written(person)
    return sending.send(
        draft=draft, version=1, actor=actor or author_of(person), now=NOW
    )


def confirmed(person, secretary) -> PledgeItem:
    sent(person)
    answering.confirm(author=person, number=1, actor=secretary, now=NOW)
    return PledgeItem.objects.get(sent__pledge__participant=person)


def check(item, actor, **kind):
    given = {"state": "BEHIND", "on": TODAY, "note": "Mới một lần", "evidence": ""}
    return checks.record_check(item=item, actor=actor, now=NOW, **given | kind)

"""A cell whose campaign is open for self-reviews, and one that is written and sent."""

from datetime import UTC, date, datetime

import pytest

from campaigns import rulesets
from campaigns.models import Participant
from members import queries as registry
from members.models import Account
from members.policy import Role
from reviews.models import SelfReviewText
from reviews.services.self_reviews import writing
from tests.factories import (
    AccountFactory,
    CampaignFactory,
    CampaignUnitFactory,
    GrassrootsFactory,
    PlacementFactory,
    PostFactory,
    SelfReviewDraftFactory,
    SelfReviewFactory,
)

NOW = datetime(2024, 11, 20, 3, tzinfo=UTC)
State = Participant.Review
DEGREES = "self-review-02a-2023.1"
ANSWERS = {
    "quality": "Giữ vững lập trường", "quality_degree": "GOOD",
    "shortcomings": "Còn ngại góp ý", "direction": "Góp ý mỗi quý",
    "level_servant": "GOOD", "level_member": "EXCELLENT",
}  # fmt: skip


CONTENT = {"answers": ANSWERS, "items": []}


def opened(rule_set="qd124-2023", **columns):
    resolved = rulesets.resolve(rule_set)
    return CampaignFactory(
        state="OPEN", opened_at=NOW, rule_set_code=rule_set,
        rule_set_resolved=resolved, mode="FULL_TEXT", **columns,
    )  # fmt: skip


@pytest.fixture
def cell():
    root = CampaignUnitFactory(campaign=opened())
    live = GrassrootsFactory(parent=root.live_unit)
    committee = CampaignUnitFactory(campaign=root.campaign, parent=root, live_unit=live)
    return CampaignUnitFactory(campaign=root.campaign, parent=committee)


def someone(cell, state="NONE", **columns) -> Participant:
    made = PlacementFactory(unit=cell, participant__review_state=state, **columns)
    return made.participant


@pytest.fixture
def person(cell):
    return someone(cell)


@pytest.fixture
def secretary(cell):
    return registry.actor_for(
        PostFactory(unit=cell.live_unit, role=Role.SECRETARY).account
    )


@pytest.fixture
def committee(cell):
    """Somebody of the committee above the cell."""
    post = PostFactory(unit=cell.parent.live_unit, role=Role.SECRETARY)
    return registry.actor_for(post.account)


def author_of(person):
    account = Account.objects.filter(member=person.member_id).first()
    return registry.actor_for(account or AccountFactory(member=person.member))


def written(person, *, form=DEGREES, content=CONTENT, on_behalf=False):
    SelfReviewFactory(
        participant=person, form=form,
        signed_on=date(2024, 11, 1) if on_behalf else None,
    )  # fmt: skip
    Participant.objects.filter(pk=person.pk).update(review_state=State.DRAFT)
    person.refresh_from_db()
    return SelfReviewDraftFactory(
        participant=person, form=form, content=content, is_on_behalf=on_behalf
    )


def sent(person, **columns) -> SelfReviewText:
    draft = written(person, **columns)
    return writing.send(draft=draft, version=1, actor=author_of(person), now=NOW)


def state_of(person) -> str:
    return Participant.objects.get(pk=person.pk).review_state

"""A cell below a committee, somebody on its roll, and who acts on their plan."""

from datetime import UTC, date, datetime

from members import queries as registry
from members.policy import Role
from members.row_security import asked_by
from reviews.models import RemediationItem, RemediationPlan
from reviews.remediation import Act
from reviews.services.remediation import following, items, plans
from reviews.services.remediation.following import Found
from reviews.services.remediation.items import ItemFacts
from tests.factories import (
    AccountFactory,
    GrassrootsFactory,
    MemberFactory,
    PostFactory,
    UnitFactory,
)
from tests.restricted import restricted

NOW = datetime(2026, 11, 23, 5, tzinfo=UTC)  # noon in Vietnam
TODAY = date(2026, 11, 23)
FACTS = {
    "shortcoming": "Còn chậm báo cáo",
    "measure": "Lập lịch báo cáo hằng tuần",
    "responsible": "Bản thân",
    "due_on": date(2027, 3, 31),
}
CONCLUDED = {"document": "12-TB/UBKT", "document_on": date(2026, 9, 5)}
WORDS = {
    Act.MINUTE: {"text": "Chi bộ thống nhất", "document": "BB 05"},
    Act.RETURN: {"text": "Nêu rõ thời hạn"},
}


class Place:
    """A committee, its cell, a person there, and the actors of the table."""

    def __init__(self) -> None:
        self.committee = GrassrootsFactory(parent=UnitFactory(kind="SUPERIOR"))
        self.cell = UnitFactory(parent=self.committee, kind="CELL")
        self.member = MemberFactory(full_name="Đỗ Thị Yến", cell=self.cell)
        self.person = registry.actor_for(AccountFactory(member=self.member))
        self.secretary = holder(self.cell)
        self.above = holder(self.committee)
        self.stranger = holder(UnitFactory(parent=self.committee, kind="CELL"))

    def plan(self) -> RemediationPlan:
        """The person's plan, being written, with one item."""
        plan = plans.open_of_person(
            member=self.member, signed_on=None, actor=self.person, now=NOW
        )
        add(plan, self.person)
        return plan

    def unit_plan(self) -> RemediationPlan:
        """The cell's own, with something concluded."""
        plan = plans.open_of_unit(unit=self.cell, actor=self.secretary, now=NOW)
        add(plan, self.secretary, source="CONCLUDED", **CONCLUDED)
        return plan

    def until(self, plan: RemediationPlan, *acts: Act) -> RemediationPlan:
        """Take a plan through these steps, each by whom it belongs to."""
        who = {Act.GIVE: self.person, Act.ACCEPT: self.above, Act.RETURN: self.above}
        for act in acts:
            plan = step(plan, act, who.get(act, self.secretary))
        return plan


def holder(unit, role=Role.SECRETARY):
    return registry.actor_for(PostFactory(unit=unit, role=role).account)


def add(plan, actor, source="OWN", **facts) -> RemediationItem:
    sources = {key: facts.pop(key) for key in ("suggestion", "remark") if key in facts}
    return items.add_item(
        plan=plan, source=RemediationItem.Source(source),
        facts=ItemFacts(**FACTS | facts), actor=actor, now=NOW, **sources,
    )  # fmt: skip


def step(plan, act, actor, *, on=TODAY, version=None, **words) -> RemediationPlan:
    """Take one step as somebody for whom the second lock holds."""
    plan.refresh_from_db()
    with restricted(), asked_by(actor.account_id):
        return plans.take_step(
            plan=plan, version=version or plan.version, act=act, on=on, actor=actor,
            now=NOW, **WORDS.get(act, {}) | words,
        )  # fmt: skip


def checked(item, actor, state, *, on=TODAY, version=None, **facts):
    item.refresh_from_db()
    with restricted(), asked_by(actor.account_id):
        return following.check(
            item=item, version=version or item.version,
            found=Found(on=on, state=state, **facts), actor=actor, now=NOW,
        )  # fmt: skip

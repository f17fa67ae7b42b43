"""What the two districts have of remediation.

In each, of the first cell: the first person's plan being written (the member of the
matrix), the second's given to the cell, and one more sent to the committee; the third's
discussed. The cell's own plan is being written; what was concluded there names the
member. Of another, sent up, something repeats what was concluded in an accepted one.
"""

from datetime import date, timedelta

from django.utils import timezone

from members.models import Member, PartyUnit
from reviews.models import NamedPerson, RemediationItem, RemediationPlan
from tests.factories import (
    ConcludedItemFactory,
    NamedPersonFactory,
    RemediationItemFactory,
    RemediationPlanFactory,
    RemediationStepFactory,
)

# By the word in an address: whose (None: the cell's), and the state.
PLANS = {
    "draft": ("-1", "DRAFT"),
    "given": ("-2", "GIVEN"),
    "sent": ("-2", "SENT"),
    "minuted": ("-3", "MINUTED"),
    "unit-draft": (None, "DRAFT"),
    "unit-sent": (None, "SENT"),
}


def add_remediation(code: str) -> None:
    """Give a district what the addresses below name."""
    cell = PartyUnit.objects.get(code=f"{code}.G.1")
    committee = PartyUnit.objects.get(code=f"{code}.G")
    for suffix, state in PLANS.values():
        who = Member.objects.get(code=f"{code}.G.1{suffix}") if suffix else None
        plan = RemediationPlanFactory(
            member=who,
            unit=None if who else cell,
            state=state,
            goes_to=committee if state == "SENT" else None,
        )
        due_on = timezone.localdate() + timedelta(days=90)
        make = RemediationItemFactory if who else ConcludedItemFactory
        item = make(plan=plan, due_on=due_on)
        if state == "SENT":
            RemediationStepFactory(plan=plan, act="SEND", to=committee)
        if who is None and state == "DRAFT":
            named = Member.objects.get(code=f"{code}.G.1-1")
            NamedPersonFactory(item=item, member=named)
            NamedPersonFactory(
                item=item, member=None, name="Trần Văn Bình", organisation="Sở Nội vụ"
            )
    accepted = RemediationPlanFactory(
        member=None, unit=cell, state="ACCEPTED", goes_to=committee
    )
    ConcludedItemFactory(plan=accepted, document_on=date(2025, 1, 5))


def remediation_plan(code: str, which: str) -> RemediationPlan:
    suffix, state = PLANS[which]
    whose = (
        {"member__code": f"{code}.G.1{suffix}"}
        if suffix
        else {"unit__code": f"{code}.G.1"}
    )
    return RemediationPlan.objects.get(state=state, **whose)


def remediation_item(code: str, which: str) -> RemediationItem:
    return RemediationItem.objects.get(plan=remediation_plan(code, which))


def named_person(code: str, which: str) -> NamedPerson:
    """The member, or somebody who is outside the tree now."""
    rows = NamedPerson.objects.filter(item__plan__unit__code=f"{code}.G.1")
    return rows.get(member__isnull=which == "outside")

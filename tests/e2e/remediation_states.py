"""Plans of remediation in every state, and who looks at them."""

from collections.abc import Callable
from datetime import date, timedelta

from django.utils import timezone

from campaigns.models import Campaign
from members.models import Account, Member, PartyUnit
from members.policy import Role
from reviews.models import NamedPerson, RemediationItem, RemediationPlan
from tests.e2e.conftest import Site
from tests.e2e.pledge_states import CELL, of_person, people, secretary
from tests.factories import (
    ConcludedItemFactory,
    NamedPersonFactory,
    PostFactory,
    RemediationCheckFactory,
    RemediationItemFactory,
    RemediationPlanFactory,
    RemediationStepFactory,
)

LONG = (
    "Chưa thường xuyên kiểm tra, đôn đốc việc thực hiện nghị quyết của chi bộ; có việc "
    "còn để quá thời hạn."
)


def cell() -> PartyUnit:
    return PartyUnit.objects.select_related("parent").get(code=CELL)


def person(site: Site) -> Member:
    return Member.objects.get(pk=people(site)[0].member_id)


def cleared() -> None:
    NamedPerson.objects.all().delete()
    RemediationPlan.objects.all().delete()
    Campaign.objects.update(mode="FULL_TEXT")


def in_state(site: Site, state: str, **columns: object) -> RemediationPlan:
    """A person's plan with an item on time and one that is late, and its steps."""
    cleared()
    plan = RemediationPlanFactory(
        member=person(site),
        state=state,
        goes_to=cell().parent if state in ("SENT", "ACCEPTED") else None,
        **columns,
    )
    return filled(plan)


def filled(plan: RemediationPlan) -> RemediationPlan:
    today = timezone.localdate()
    RemediationItemFactory(
        plan=plan, shortcoming=LONG, due_on=today + timedelta(days=60)
    )
    late = RemediationItemFactory(
        plan=plan, source="REMARK", shortcoming="Còn nể nang khi góp ý.",
        due_on=today - timedelta(days=5),
    )  # fmt: skip
    if plan.state not in ("DRAFT", "GIVEN"):
        contents = [{"shortcoming": LONG, "measure": "Lập lịch báo cáo hằng tuần"}]
        RemediationStepFactory(plan=plan, contents=contents)
        RemediationCheckFactory(item=late, state="BEHIND", note="Còn hai lần vắng.")
    if plan.state == "RETURNED":
        RemediationStepFactory(plan=plan, act="RETURN", text="Nêu rõ thời hạn.")
    if plan.state in ("SENT", "ACCEPTED"):
        RemediationStepFactory(plan=plan, act="SEND", to=cell().parent, text="")
    return plan


def of_unit(state: str) -> RemediationPlan:
    """The cell's own, with something concluded for which somebody is named."""
    plan = RemediationPlanFactory(
        member=None,
        unit=cell(),
        state=state,
        goes_to=cell().parent if state in ("SENT", "ACCEPTED") else None,
    )
    item = ConcludedItemFactory(plan=plan, shortcoming="Buông lỏng quản lý đất đai.")
    NamedPersonFactory(
        item=item, member=None, name="Trần Văn Bình", organisation="Sở Nội vụ"
    )
    return plan


def own(name: str, state: str) -> Callable[[Site], str]:
    def address(site: Site) -> str:
        plan = in_state(site, state)
        found = plan.pk
        if name in ("remediation_item_edit", "remediation_check"):
            found = RemediationItem.objects.filter(plan=plan).earliest("pk").pk
        arguments = [] if name == "remediation_own" else [found]
        return site.address(f"reviews:{name}", *arguments)

    return address


def chosen(site: Site) -> str:
    return own("remediation_item_add", "DRAFT")(site) + "?from=concluded"


def nothing(site: Site) -> str:
    cleared()
    return site.address("reviews:remediation_own")


def named(answer: str) -> Callable[[Site], str]:
    def address(site: Site) -> str:
        cleared()
        item = RemediationItem.objects.get(plan=of_unit("MINUTED"))
        row = NamedPersonFactory(
            item=item,
            member=person(site),
            answer=answer,
            answered_at=timezone.now() if answer else None,
        )
        return site.address("reviews:remediation_answer", row.pk)

    return address


def at_unit(name: str, code: str = CELL) -> Callable[[Site], str]:
    def address(site: Site) -> str:
        in_state(site, "SENT")
        of_unit("DRAFT")
        unit = PartyUnit.objects.get(code=code)
        return site.address(f"reviews:{name}", unit.pk)

    return address


def nothing_at_unit(site: Site) -> str:
    cleared()
    return site.address("reviews:remediation_unit", cell().pk)


def unit_plan(name: str, state: str = "DRAFT") -> Callable[[Site], str]:
    def address(site: Site) -> str:
        cleared()
        plan = of_unit(state)
        if state == "SENT":
            before = RemediationPlanFactory(
                member=None, unit=cell(), state="ACCEPTED", goes_to=cell().parent
            )
            ConcludedItemFactory(plan=before, document_on=date(2025, 1, 5))
        item = RemediationItem.objects.get(plan=plan)
        found = plan.pk if name == "remediation_detail" else item.pk
        return site.address(f"reviews:{name}", found)

    return address


PERSON: dict[str, Callable[[Site], str]] = {
    "no plan of remediation": nothing,
    "own plans of remediation": own("remediation_own", "RETURNED"),
    "plan that is written": own("remediation_detail", "DRAFT"),
    "plan that was returned": own("remediation_detail", "RETURNED"),
    "source of an item": own("remediation_item_add", "DRAFT"),
    "item that was concluded": chosen,
    "item to be changed": own("remediation_item_edit", "DRAFT"),
    "plan to be given": own("remediation_give", "DRAFT"),
    "shortcoming for which one is named": named(""),
    "shortcoming that was answered": named("Khi đó tôi đã bàn giao."),
}
KEEPER: dict[str, Callable[[Site], str]] = {
    "nothing to follow": nothing_at_unit,
    "remediation of a cell": at_unit("remediation_unit"),
    "items at a meeting": at_unit("remediation_follow"),
    "plan on paper": at_unit("remediation_paper"),
    "plan that was given": own("remediation_detail", "GIVEN"),
    "opinion to be recorded": own("remediation_minute", "GIVEN"),
    "plan to be sent": own("remediation_send", "MINUTED"),
    "item to be followed": own("remediation_check", "MINUTED"),
    "plan of a unit": unit_plan("remediation_detail"),
    "person to be named": unit_plan("remediation_person_add"),
}
COMMITTEE: dict[str, Callable[[Site], str]] = {
    "plans that came": at_unit("remediation_unit", "X"),
    "plan that came": own("remediation_detail", "SENT"),
    "plan to be accepted": own("remediation_accept", "SENT"),
    "plan to be returned": own("remediation_return", "SENT"),
    "repetition to be marked": unit_plan("remediation_repeat", "SENT"),
}
REMEDIATION = PERSON | KEEPER | COMMITTEE


def viewer(state: str, site: Site) -> Account:
    """Whoever looks at a state."""
    if state in PERSON:
        return of_person(people(site)[0])
    if state in KEEPER:
        return secretary(site)
    unit = PartyUnit.objects.get(code="X")
    return PostFactory(unit=unit, role=Role.SECRETARY).account

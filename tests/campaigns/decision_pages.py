"""The pages of decisions on units, as the tests walk through them."""

from django.test import Client
from django.urls import reverse

from members.models import UnitDecision
from members.policy import Role
from tests.campaigns.decisions import at
from tests.clients import english_client
from tests.factories import PostFactory

FACTS = {
    "number": "5-QĐ/TU",
    "signed_on": "2025-06-20",
    "issuer": "Tỉnh ủy",
    "title": "Sắp xếp tổ chức đảng",
    "effective_on": "2025-07-01",
}
LIST = reverse("decision_list")
ADD = reverse("decision_add")


def clerk_of(code: str, role: Role = Role.CLERK) -> Client:
    client = english_client()
    client.force_login(PostFactory(unit=at(code), role=role).account)
    return client


def page(name: str, decision: UnitDecision, *more: int, **query: object) -> str:
    url = reverse(name, args=[decision.pk, *more])
    return f"{url}?{'&'.join(f'{k}={v}' for k, v in query.items())}" if query else url


def drafted(client: Client, keeper: str = "P", **changes: str) -> UnitDecision:
    facts = {**FACTS, "keeper": at(keeper).pk, **changes}
    response = client.post(ADD, facts)
    assert response.status_code == 302, response.context["form"].errors
    return UnitDecision.objects.latest("pk")


def add(client: Client, decision: UnitDecision, act: str, of: str = "", to: str = "",
        **fields: object):  # fmt: skip
    """Add a change by the last page of its steps."""
    decision.refresh_from_db()
    query = {"act": act}
    if of:
        query["of"] = at(of).pk
    if to:
        query["to"] = to if to.startswith("new-") else at(to).pk
    data = {"version": decision.version, **fields}
    return client.post(page("change_add", decision, **query), data)


def create(client: Client, decision: UnitDecision, code: str, kind: str, to: str):
    return add(client, decision, "CREATE", to=to, code=code, name=f"Đơn vị {code}",
               kind=kind, sector="")  # fmt: skip


def version(decision: UnitDecision) -> dict[str, int]:
    decision.refresh_from_db()
    return {"version": decision.version}


def july(client: Client) -> UnitDecision:
    """The district H is dissolved into the communes that the decision founds."""
    decision = drafted(client)
    for code in ("C", "B"):
        create(client, decision, code, "SUPERIOR", to="P")
    first, second = (f"new-{change.pk}" for change in decision.changes.all())
    add(client, decision, "MERGE", of="X", to=first)
    add(client, decision, "MERGE", of="Y", to=second)
    add(client, decision, "CLOSE", of="H")
    return decision


def said(client: Client, decision: UnitDecision) -> list[str]:
    context = client.get(page("decision_detail", decision)).context
    return [line.text for line in context["changes"]]

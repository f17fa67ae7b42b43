"""The pages of decisions on units in every state; `states` shows them with the others."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.utils import timezone

from campaigns.services import reorganising
from members.models import PartyUnit, UnitDecision
from tests.campaigns.decisions import decide, new_unit
from tests.e2e.conftest import Site
from tests.small_worlds import BY_COMMAND


def draft(site: Site, *changes: tuple, **columns: object) -> UnitDecision:
    UnitDecision.objects.filter(applied_at=None).delete()
    made = decide(f"{UnitDecision.objects.count()}-QĐ/HU", *changes)
    unit = PartyUnit.objects.get(code="H")
    UnitDecision.objects.filter(pk=made.pk).update(keeper=unit, **columns)
    return made


def full_draft(site: Site) -> UnitDecision:
    """One change of each act; the last cannot be made."""
    parts = {"parts": "P000"}
    return draft(
        site,
        ("CREATE", None, "H", new_unit("N", "CELL")),
        ("RENAME", "W", None, {"name": "Chi bộ W", "sector": "OTHER"}),
        ("MOVE", "Z", "X", {}),
        ("MERGE", "Y2", "X2", {}),
        ("DIVIDE", "X1", "X2", parts),
        ("CLOSE", "X", None, {}),
    )


def decided(site: Site) -> UnitDecision:
    """Carried out, and applied in no campaign."""
    done = UnitDecision.objects.filter(applied_at__isnull=False).first()
    if done is None:
        done = draft(
            site,
            ("RENAME", "W", None, {"name": "Chi bộ W"}),
            ("DIVIDE", "X1", "X2", {"parts": "P000 P001"}),
        )
        reorganising.carry_out(decision=done, **{**BY_COMMAND, "now": timezone.now()})
    return done


def decision_list(site: Site) -> str:
    decided(site)
    full_draft(site)
    return site.address("decision_list")


def step_of(site: Site, act: str = "", of: str = "", to: str = "") -> str:
    """A page of adding a change."""
    query = {"act": act} if act else {}
    query |= {
        key: str(PartyUnit.objects.get(code=code).pk)
        for key, code in (("of", of), ("to", to))
        if code
    }
    address = site.address("change_add", draft(site).pk)
    return f"{address}?{urlencode(query)}"


def removing(site: Site) -> str:
    made = full_draft(site)
    return site.address("change_remove", made.pk, made.changes.first().pk)


def applying(site: Site) -> str:
    return site.address("decision_apply", decided(site).pk, site.campaign.pk)


def sound_draft(site: Site) -> str:
    made = draft(site, ("RENAME", "W", None, {"name": "Chi bộ W2"}))
    return site.address("decision_carry_out", made.pk)


DECISIONS: dict[str, Callable[[Site], str]] = {
    "decisions": lambda site: site.address("decision_list"),
    "decisions before and after": decision_list,
    "decision to be entered": lambda site: site.address("decision_add"),
    "draft without changes": lambda site: site.address(
        "decision_detail", draft(site).pk
    ),
    "draft": lambda site: site.address("decision_detail", full_draft(site).pk),
    "draft to be corrected": lambda site: site.address("decision_edit", draft(site).pk),
    "draft to be thrown away": lambda site: site.address(
        "decision_discard", draft(site).pk
    ),
    "change: which act": lambda site: step_of(site),
    "change: which unit": lambda site: step_of(site, "MERGE"),
    "change: which target": lambda site: step_of(site, "MERGE", of="X1"),
    "change: a new unit": lambda site: step_of(site, "CREATE", to="X"),
    "change: another name": lambda site: step_of(site, "RENAME", of="X1"),
    "change: a division": lambda site: step_of(site, "DIVIDE", of="X1", to="X2"),
    "change: a division of units": lambda site: step_of(site, "DIVIDE", of="X", to="Y"),
    "change to be taken out": removing,
    "decision that can be carried out": sound_draft,
    "decision that cannot be carried out": lambda site: site.address(
        "decision_carry_out", full_draft(site).pk
    ),
    "decision carried out": lambda site: site.address(
        "decision_detail", decided(site).pk
    ),
    "decision to be applied": applying,
}

"""As what somebody stands to a plan of remediation, and where it belongs."""

from members.models import Membership, PartyUnit
from members.policy import Actor
from members.row_security import Purpose, opened_for
from reviews.models import RemediationPlan
from reviews.models.notices import committees_of
from reviews.remediation import Role, State


def roles_of(plan: RemediationPlan, actor: Actor) -> frozenset[Role]:
    """Return as what the actor stands to a plan; one query.

    Above a plan that was sent from where no unit stands above, whoever keeps it writes
    what the level above said.
    Source: docs/rules/remediation.md § 3.
    """
    is_own = plan.member_id is not None and plan.member_id == actor.member_id
    if is_own:
        return frozenset() if plan.signed_on else frozenset({Role.AUTHOR})
    is_kept = RemediationPlan.objects.kept_by(actor).filter(pk=plan.pk).exists()
    came = plan.goes_to_id is not None and plan.goes_to_id in committees_of(actor)
    is_of_root = is_kept and plan.goes_to_id is None and plan.state == State.SENT
    roles = set()
    if is_kept:
        roles.add(Role.KEEPER)
        if plan.signed_on or not plan.is_personal:
            roles.add(Role.AUTHOR)
    if came or is_of_root:
        roles.add(Role.COMMITTEE)
    return frozenset(roles)


@opened_for(Purpose.RECORD)  # of a plan that was got by a scope
def place_of(plan: RemediationPlan) -> PartyUnit | None:
    """Return the unit of a collective's plan, or the cell of the person today."""
    if plan.unit_id:
        return PartyUnit.objects.get(pk=plan.unit_id)
    belongs = Membership.objects.current().official().filter(member=plan.member_id)
    found = belongs.select_related("unit").first()
    return found.unit if found else None

"""Plans of remediation, and what hangs on them."""

from reviews.models import (
    NamedPerson,
    RemediationCheck,
    RemediationItem,
    RemediationPlan,
    RemediationStep,
)
from tests.members.seen_rows.eyes import Eyes, Row, like


def sees_plan(eyes: Eyes, row: Row) -> bool:
    """Of me; given to whom I keep; of a unit whose work I record; sent to me."""
    is_given = row["state"] != "DRAFT" or row["signed_on"] is not None
    return (
        eyes.is_me(row)
        or (is_given and eyes.keeps_member("PLEDGES", row["member_id"]))
        or (row["unit_id"] is not None and eyes.reaches("WORK_EDIT", row["unit_id"]))
        or eyes.is_committee_of(row["goes_to_id"])
    )


SEES = {
    RemediationPlan: sees_plan,
    RemediationItem: like(RemediationPlan, "plan_id"),
    RemediationStep: like(RemediationPlan, "plan_id"),
    RemediationCheck: like(RemediationItem, "item_id"),
    NamedPerson: lambda eyes, row: (
        eyes.is_me(row) or eyes.sees(RemediationItem, row["item_id"])
    ),
}

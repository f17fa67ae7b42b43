"""The access matrix of meetings: who sees them, who records them, who reads minutes."""

from tests.access.standings import CELL, CLERKS, COMMITTEE, DISTRICT, Case, paper

# The members of the cell see its meetings, its secretary records them.
SEEN_BY = CELL | {"member"}
SECRETARY = {"cell secretary"}
# Whoever is a member or has a post that reaches the work of a unit.
BEGIN = SEEN_BY | {"working team", "neighbour secretary", "other clerk"}
RECORDED = (
    ("meeting_edit", "held"),
    ("meeting_hold", "held"),
    ("meeting_cancel", "held"),
    ("meeting_sign", "held"),
    ("meeting_correct", "signed"),
    ("meeting_rate", "held"),
    ("guest_add", "held"),
    ("guest_edit", "held"),
)
CASES_OF_MEETINGS = (
    Case(
        "meetings:meeting_home",
        "meeting_home",
        BEGIN,
        sent_on=frozenset(BEGIN),
    ),
    Case("meetings:meeting_list", "meeting_list ", DISTRICT | {"member"}),
    Case("meetings:meeting_list", "meeting_list .G.1", SEEN_BY),
    Case(
        "meetings:meeting_list",
        "meeting_list .G",
        COMMITTEE | {"working team", "member"},
    ),
    *(
        Case("meetings:meeting_detail", f"meeting_detail {name}", SEEN_BY)
        for name in ("held", "signed", "criticism")
    ),
    *(
        Case(
            f"meetings:{name}",
            f"{name} {suffix}",
            seen_by,
            method,
            status,
            is_personal=suffix == ".G.1",
        )
        for name, suffix, seen_by in (
            ("meeting_add", ".G.1", SECRETARY),
            ("meeting_add", "", CLERKS | {"upper committee"}),
            ("meeting_sheet", "", CLERKS | {"upper committee"}),
        )
        for method, status in (("get", 200), ("post", 422))
    ),
    # A cell rates by the sheet of its committee.
    *(
        Case(
            "meetings:meeting_sheet",
            "meeting_sheet .G.1",
            set(),
            method,
            is_personal=True,
        )
        for method in ("get", "post")
    ),
    *(
        Case(
            f"meetings:{name}",
            f"{name} {which}",
            SECRETARY,
            method,
            status,
            is_personal=True,
        )
        for name, which in RECORDED
        for method, status in (("get", 200), ("post", 422))
    ),
    *(
        Case(
            f"meetings:{name}",
            f"{name} held",
            SECRETARY,
            "post",
            302,
            is_personal=True,
        )
        for name in ("guest_remove", "task_remove")
    ),
    Case(
        "meetings:meeting_draft",
        "meeting_draft held",
        SECRETARY,
        "post",
        422,
        is_personal=True,
    ),
    Case(
        "meetings:draft_remove",
        "draft_remove held",
        SECRETARY,
        "post",
        302,
        is_personal=True,
    ),
    *paper("meeting_minutes", "held", SECRETARY),
    *paper("meeting_minutes", "signed", SEEN_BY, is_personal=False),
    *paper("meeting_minutes", "criticism", SECRETARY),
    *(
        case
        for name in ("meeting_invitations", "meeting_programme", "meeting_assignments")
        for which in ("held", "criticism")
        for case in paper(name, which, SECRETARY)
    ),
    *paper("guest_invitation", "held", SECRETARY),
    # Neither is a review.
    *paper("committee_minutes", "held", set()),
    *paper("group_minutes", "criticism", set()),
)


def _unit_of(district, suffix):
    """The unit whose suffix it is, or of the meeting of that name: the first cell."""
    return district.units[".G.1" if suffix in district.meetings else suffix].pk


PARAMETERS_OF_MEETINGS = {
    "unit_id": _unit_of,
    "meeting_id": lambda district, suffix: district.meetings[suffix].pk,
    "guest_id": lambda district, suffix: district.guest.pk,
    "task_id": lambda district, suffix: district.meeting_task.pk,
}

"""The forms to which the cases lead, filled in as they are sent; which are refused."""

from tests.access import posting, prepared
from tests.access.addresses import address
from tests.access.cases import Case
from tests.access.posting import Filled
from tests.access.world import World

# Where one has to find the target by typing before there is a form.
CHOSEN = {"member_send": lambda world: f"?to={world.a.units['.S'].pk}"}


# What no filling in of a page alone gets accepted, and why.
REFUSED = {
    "members:authenticator_add": "asks for a code that only a telephone shows",
    "members:authenticator_remove": "nobody of the world has a code app",
    "members:passkey_add": "asks for an answer that only a key gives",
    "members:number_add": "the cell has no term whose numbers go on",
    "pledges:draft_save": "takes what a script sends, and nothing is sent here",
    "reviews:self_review_save": "takes what a script sends, and nothing is sent here",
    "reviews:collective_report_save": "takes what a script sends, and nothing is sent here",
    "meetings:meeting_draft": "takes what a script sends, and nothing is sent here",
    "reviews:ballot_save": "takes what a script sends, and nothing is sent here",
    "reviews:collective_turn_save": "takes what a script sends, and nothing is sent here",
    "reviews:turn_save": "takes what a script sends, and nothing is sent here",
    "members:passkey_remove": "it is the last factor of somebody with a post",
    "member_full": "the person is a full member",
    "member_resume": "the person takes part",
    "member_send": "the person is on the way already",
    "member_send_outside": "the person is on the way already",
    "decision_apply": "the unit holds nobody in the campaign",
    "reminders:cells_remind": "below a cell there is none to remind",
}


# What an address takes that no form of a page offers.
TAKEN = {
    "pledges:draft_save": {"version"},
    "reviews:self_review_save": {"version"},
    "reviews:collective_report_save": {"version"},
    "meetings:meeting_draft": {"version", "draft_version"},
    "reviews:ballot_save": {"version", "draft_version"},
    "reviews:turn_save": {"version", "answer", "comment"},
    "reviews:collective_turn_save": {"version", "answer", "comment"},
}


def forms_of(world: World, case: Case, name: str) -> list[Filled]:
    path = address(case, world.a) + CHOSEN.get(case.name, lambda _: "")(world)
    # A button alone: its form stands on another page.
    found = posting.forms_at(world.client_of(name), path)
    for form in found:
        form.data = prepared.filled(world, case.name, form.data)
    return found or [Filled(path, {}, TAKEN.get(case.name, set()))]

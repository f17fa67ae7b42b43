"""Every page in every state that somebody can meet, to be looked at."""

from collections.abc import Callable
from functools import partial
from itertools import chain

from django.test import Client
from playwright.sync_api import BrowserContext, Page

from members.models import Account
from members.policy import Role
from tests.e2e import (
    ballot_states,
    collective_report_states,
    consequence_states,
    file_states,
    notice_states,
    opinion_states,
    pledge_states,
    remediation_states,
    self_review_states,
    submission_states,
)
from tests.e2e.account_states import ACCOUNTS, between_the_steps, kept, locked
from tests.e2e.board_states import BOARDS, cell_secretary
from tests.e2e.conftest import Site, add_session, open_page
from tests.e2e.decision_states import DECISIONS
from tests.e2e.figure_states import FIGURES, inspector
from tests.e2e.import_states import IMPORTS
from tests.e2e.meeting_states import LOOKING_AT_MEETINGS, MEETINGS
from tests.e2e.people_states import PEOPLE, secretary
from tests.e2e.plan_states import PLANS
from tests.e2e.record_states import RECORDS
from tests.e2e.registry_states import REGISTRY
from tests.e2e.reminder_states import LOOKING_AT_REMINDERS, REMINDERS
from tests.e2e.rows import somebody
from tests.e2e.todo_states import LOOKING_AT_TODO, TODO
from tests.e2e.work_states import LOOKING_AT_WORK, WORK
from tests.factories import AccountFactory, PostFactory

Address = Callable[[Site], str]
REFUSALS: dict[str, Address] = {
    "missing": lambda site: site.url + "/khong-co/",
    "only for a button": lambda site: site.address("members:logout"),
}
SUBJECTS = {
    "first page": TODO,
    "accounts": ACCOUNTS,
    "figures": FIGURES,
    "boards": BOARDS,
    "signed figures": submission_states.SUBMISSIONS,
    "registry": REGISTRY,
    "decisions": DECISIONS,
    "plans": PLANS,
    "pledges": pledge_states.PLEDGES,
    "self-reviews": self_review_states.SELF_REVIEWS,
    "collective reports": collective_report_states.COLLECTIVE_REPORTS,
    "files": file_states.FILES,
    "notices": notice_states.NOTICES,
    "opinions": opinion_states.OPINIONS,
    "remediation": remediation_states.REMEDIATION,
    "meetings": MEETINGS,
    "ballots": ballot_states.BALLOTS,
    "people": PEOPLE,
    "imports": IMPORTS,
    "work": WORK,
    "refusals": REFUSALS,
    "records": RECORDS,
    "consequences": consequence_states.CONSEQUENCES,
    "reminders": REMINDERS,
}
STATES = dict(chain.from_iterable(states.items() for states in SUBJECTS.values()))
# Two of one name would be one: whoever looks at the first would see the other's page.
assert len(STATES) == sum(map(len, SUBJECTS.values()))


def nobody(site: Site) -> None:
    """The visitor who has not logged in."""


def working_team(site: Site) -> Account:
    """Somebody who sees a unit as a whole, without those below it."""
    unit = site.campaign.root_unit
    return PostFactory(unit=unit, role=Role.WORKING_TEAM).account


def the_person(site: Site) -> Account:
    """Somebody who is on the roll and has no post."""
    accounts = Account.objects.filter(member=somebody())
    return accounts.first() or AccountFactory(member=somebody())


# Who looks; everything else is seen by the clerk of the district.
LOOKING: dict[str, Callable[[Site], Account | None]] = {
    **LOOKING_AT_TODO,
    "log-in": nobody,
    "first log-in": nobody,
    "unit as a whole": working_team,
    "board of a cell": cell_secretary,
    "readings that wait": inspector,
    "reading to be asked for": inspector,
    "reading": inspector,
    "reading with texts": inspector,
    "no level to be confirmed": secretary,
    "levels of the cell": secretary,
    "own record": the_person,
    "own results": the_person,
    "correction to be asked for": the_person,
    **{state: partial(pledge_states.viewer, state) for state in pledge_states.PLEDGES},
    **{
        state: partial(self_review_states.viewer, state)
        for state in self_review_states.SELF_REVIEWS
    },
    **{
        state: partial(collective_report_states.viewer, state)
        for state in collective_report_states.COLLECTIVE_REPORTS
    },
    **{state: partial(file_states.viewer, state) for state in file_states.FILES},
    **{
        state: partial(consequence_states.viewer, state)
        for state in consequence_states.CONSEQUENCES
    },
    **{state: partial(notice_states.viewer, state) for state in notice_states.NOTICES},
    **{
        state: partial(opinion_states.viewer, state)
        for state in opinion_states.OPINIONS
    },
    **{
        state: partial(remediation_states.viewer, state)
        for state in remediation_states.REMEDIATION
    },
    **{state: partial(ballot_states.viewer, state) for state in ballot_states.BALLOTS},
    **LOOKING_AT_WORK,
    **LOOKING_AT_MEETINGS,
    **LOOKING_AT_REMINDERS,
}

# Who comes with a session that is neither logged in nor a visitor's.
ARRIVING: dict[str, Callable[[Site], Client]] = {
    "second step": partial(between_the_steps, ways=1),
    "second step in every way": partial(between_the_steps, ways=3),
    "locked": locked,
    "form that came too late": kept,
}


def client_at(state: str, site: Site) -> Client:
    """Return a client at whose other end sits whoever looks at a state."""
    if state in ARRIVING:
        return ARRIVING[state](site)
    client = Client()
    account = LOOKING[state](site) if state in LOOKING else site.clerk
    if account is not None:
        client.force_login(account)
    return client


def show(state: str, site: Site, context: BrowserContext, page: Page) -> None:
    """Open a page in one of its states, as whoever looks at it."""
    leave(page)
    client = client_at(state, site)
    arrive(page, context, client, STATES[state](site))


def leave(page: Page) -> None:
    """Close a page, or it goes on asking for what is gone."""
    page.goto("about:blank")


def arrive(page: Page, context: BrowserContext, client: Client, address: str) -> int:
    """Open an address as whoever sits at the client; return the status."""
    context.clear_cookies()
    if client.cookies:
        add_session(context, client)
    return open_page(page, address).status

"""Reads that are made of several rows; what pages and other apps ask for, by its name."""

from members.queries.accounts import (
    accounts_in_charge,
    shut_accounts,
    shutting_bar,
)
from members.queries.actors import actor_for, units_in_charge
from members.queries.choices import (
    MOST_CHOICES,
    cell_choices,
    open_unit_of,
    people_choices,
    unit_choices,
)
from members.queries.corrections import request_rows, requests_of
from members.queries.decisions import (
    change_lines,
    decision_rows,
    issuer_of,
    keepers_for,
    people_at,
    sentence_of,
    units_to_come,
)
from members.queries.due import due_items
from members.queries.likenesses import likenesses_of
from members.queries.memberships import (
    beside_rows,
    level_rows,
    of_own_cells,
    waiting_ids,
    with_posts,
)
from members.queries.opening_figures import (
    figure_label,
    opening_lines,
    opening_versions,
    period_text,
)
from members.queries.pages import (
    MOST_COUNTED,
    number_in,
    page_of_all,
    page_of_found,
)
from members.queries.people import conspicuous_at, openings_of, person_page
from members.queries.posts import (
    charges_as_entered,
    charges_of,
    overdue_rows,
    post_name,
    post_title,
    posts_at,
)
from members.queries.readings import reading_rows, readings_of
from members.queries.roll import (
    RollRow,
    probation_ends,
    returned_transfers,
    roll_rows,
    transfer_rows,
)
from members.queries.roll_imports import (
    UploadRow,
    column_label,
    findings_in,
    roll_import_page,
    roll_imports_of,
)
from members.queries.second_factors import (
    asks_for_factor,
    card_bars,
    factors_of,
    last_day_without,
    oidc_link_of,
    unit_of_account,
)
from members.queries.sessions import open_sessions, session_limits
from members.queries.slips import (
    account_candidates,
    account_rows,
    accounts_of,
    slip_bars,
    slip_bars_of_accounts,
    slip_candidates,
    slip_rows,
)
from members.queries.terms import numbers_of, term_on, terms_of
from members.queries.units import (
    kept_cells,
    kind_name,
    state_on,
    states_of,
    successions_of,
    unit_url,
    units_below,
    units_of,
)

__all__ = [
    "MOST_CHOICES",
    "MOST_COUNTED",
    "RollRow",
    "UploadRow",
    "account_candidates",
    "account_rows",
    "accounts_in_charge",
    "accounts_of",
    "actor_for",
    "asks_for_factor",
    "beside_rows",
    "card_bars",
    "cell_choices",
    "change_lines",
    "charges_as_entered",
    "charges_of",
    "column_label",
    "conspicuous_at",
    "decision_rows",
    "due_items",
    "factors_of",
    "figure_label",
    "findings_in",
    "issuer_of",
    "keepers_for",
    "kept_cells",
    "kind_name",
    "last_day_without",
    "level_rows",
    "likenesses_of",
    "number_in",
    "numbers_of",
    "of_own_cells",
    "oidc_link_of",
    "open_sessions",
    "open_unit_of",
    "opening_lines",
    "opening_versions",
    "openings_of",
    "overdue_rows",
    "page_of_all",
    "page_of_found",
    "people_at",
    "people_choices",
    "period_text",
    "person_page",
    "post_name",
    "post_title",
    "posts_at",
    "probation_ends",
    "reading_rows",
    "readings_of",
    "request_rows",
    "requests_of",
    "returned_transfers",
    "roll_import_page",
    "roll_imports_of",
    "roll_rows",
    "sentence_of",
    "session_limits",
    "shut_accounts",
    "shutting_bar",
    "slip_bars",
    "slip_bars_of_accounts",
    "slip_candidates",
    "slip_rows",
    "state_on",
    "states_of",
    "successions_of",
    "term_on",
    "terms_of",
    "transfer_rows",
    "unit_choices",
    "unit_of_account",
    "unit_url",
    "units_below",
    "units_in_charge",
    "units_of",
    "units_to_come",
    "waiting_ids",
    "with_posts",
]

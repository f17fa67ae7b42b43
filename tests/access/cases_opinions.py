"""The addresses of opinions of other bodies, and of the form of an accusation."""

from tests.access.standings import CELL, EVERYONE, Case, paper
from tests.access.world_opinions import opinion, opinion_request

ALL = set(EVERYONE)
IN_CELL = {"cell secretary"}
AUTHOR = {"member"}
COMMITTEE = {"grassroots committee"}
NEIGHBOUR = {"neighbour secretary"}
FORM = (("get", 200), ("post", 422))
CASES_OF_OPINIONS = (
    *(
        Case(f"reviews:{name}", f"{name} {whose}", seen_by, method, status, is_personal=True)
        for name, whose, seen_by, found in (
            ("opinion_list", ".G.1", IN_CELL, FORM[:1]),
            ("opinion_list", ".G", COMMITTEE, FORM[:1]),
            ("opinion_ask", ".G.1", IN_CELL, FORM),
            # A committee chooses first about whose people it asks.
            ("opinion_ask", ".G", COMMITTEE, FORM[:1]),
            ("residence_exempt", ".G.1", IN_CELL, FORM),
            ("opinion_request", ".G.1", IN_CELL, FORM[:1]),
            ("opinion_request", ".G", COMMITTEE, FORM[:1]),
            ("opinion_request_end", ".G.1", IN_CELL, FORM),
            ("opinion_file", ".G.1", IN_CELL, FORM[:1]),
            ("opinion_receive", ".G.1", IN_CELL, FORM),
            ("opinion_record", ".G.1-2", IN_CELL, FORM),
            # The cell enters it as well, of its own person.
            ("opinion_record", ".G.2-1", COMMITTEE | NEIGHBOUR, FORM),
            ("opinion_reply", ".G.1-1", AUTHOR, FORM),
            # To what has not come nobody replies.
            ("opinion_reply", ".G.1-2", set(), FORM),
            ("opinion_person", ".G.1-1", AUTHOR | IN_CELL | COMMITTEE, FORM[:1]),
            ("opinion_person", ".G.2-1", NEIGHBOUR | COMMITTEE, FORM[:1]),
        )
        for method, status in found
    ),
    Case("reviews:opinion_body", "opinion_body .G.1", CELL | AUTHOR),
    *paper("opinion_print", ".G.1-1", AUTHOR | IN_CELL | COMMITTEE),
    *paper("opinion_print", ".G.2-1", NEIGHBOUR | COMMITTEE),
    *paper("opinion_request_print", ".G.1", IN_CELL),
    *paper("unit_opinions_print", ".G.1", IN_CELL),
    Case("accusation_page", "accusation_page", ALL),
    *paper("accusation_form", "", ALL, is_personal=False),
    Case("accusation_receipt", "accusation_receipt pdf ", ALL, "post"),
    Case("accusation_receipt", "accusation_receipt docx ", ALL, "post"),
)  # fmt: skip
PARAMETERS_OF_OPINIONS = {
    "opinion_request_id": lambda district, suffix: (
        opinion_request(district.code, suffix).pk
    ),
    "opinion_id": lambda district, suffix: opinion(district.code, suffix).pk,
}

"""The addresses of reminders, and of the e-mail address."""

from tests.access.standings import CLERKS, EVERYONE, Case

ALL = set(EVERYONE)
IN_CELL = {"cell secretary"}
RUN_CAMPAIGNS = CLERKS | {"upper committee"}
RUN_LOCAL_PLANS = RUN_CAMPAIGNS | {"grassroots committee"}
CASES_OF_REMINDERS = (
    Case("own_reminders", "own_reminders", ALL),
    Case("members:email_edit", "email_edit", ALL),
    Case("members:email_edit", "email_edit", ALL, "post", 422),
    # Without a proof it leads to where one asks for one.
    Case("members:email_confirm", "email_confirm", ALL, "get", 302),
    Case("members:email_confirm", "email_confirm", ALL, "post", 302),
    *(
        Case(
            "reminders:people_remind",
            "people_remind .G.1",
            IN_CELL,
            method,
            status,
            is_personal=True,
        )
        for method, status in (("get", 200), ("post", 302))
    ),
    Case("reminders:paper_list", "paper_list .G.1", IN_CELL, is_personal=True),
    Case("reminders:cells_remind", "cells_remind .G", RUN_LOCAL_PLANS),
    # Below a cell there is none.
    Case("reminders:cells_remind", "cells_remind .S", RUN_CAMPAIGNS, "post", 422),
)

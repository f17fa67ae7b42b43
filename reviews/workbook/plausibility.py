"""What looks odd about the people of a campaign: noted, never refused. Pure."""

from campaigns.contents import PeopleTable
from members.dates import is_before
from members.workbook import plausibility
from members.workbook.tables import Table
from reviews.workbook.findings import ResultsMatter
from reviews.workbook.layout import Field


def note_odd_people(table: Table, people: PeopleTable, *, year: int) -> None:
    """Note what is odd about people anywhere, and who came after the campaign's year."""
    last_day = f"{year}-12-31"
    for at, admitted_on in enumerate(people.admitted_on):
        if is_before(last_day, admitted_on):
            table.note(
                at, Field.ADMITTED_ON, ResultsMatter.ADMITTED_AFTER_YEAR, year=year
            )
    for at, column, matter in plausibility.impossible_days(people):
        table.note(at, column, matter)
    plausibility.note_odd_people(table, people)

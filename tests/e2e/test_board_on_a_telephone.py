"""A board on a telephone: every column is there without dragging anything."""

from tests.e2e.board_states import board_in_the_year
from tests.e2e.conftest import enter

# The right edge of each figure of the board, and of each head.
EDGES = """() => [...document.querySelectorAll(".table-board td, .table-board thead th")]
    .map(cell => cell.getBoundingClientRect()).map(box => [box.left, box.right])"""


def test_all_columns_of_a_board_stand_on_the_screen(site, context, page):
    page.set_viewport_size({"width": 390, "height": 844})
    enter(context, site.clerk)
    page.goto(board_in_the_year(site))
    for _size in range(2):
        edges = page.evaluate(EDGES)
        assert len(edges) > 10
        assert all(0 <= left < right <= 390 for left, right in edges)
        page.get_by_role("button", name="A+").click()

    page.set_viewport_size({"width": 1280, "height": 900})
    display = "getComputedStyle(document.querySelector('.table-board tr')).display"
    assert page.evaluate(display) == "table-row"

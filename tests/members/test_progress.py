"""How far a command is: lines in a log, one line on a terminal."""

import io

import pytest
from django.core.management.base import OutputWrapper

from members.management.progress import ProgressBar

pytestmark = pytest.mark.django_db


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_log_gets_a_line_for_every_ten_percent():
    stream = io.StringIO()
    bar = ProgressBar(OutputWrapper(stream), "Đọc")

    for percent in (0, 3, 9, 18, 55, 99, 100, 100):
        bar(percent)

    assert stream.getvalue().splitlines() == [
        "Đọc: 9 %",
        "Đọc: 55 %",
        "Đọc: 99 %",
        "Đọc: 100 %",
    ]


def test_a_terminal_gets_one_line_that_is_drawn_again():
    stream = Terminal()
    bar = ProgressBar(OutputWrapper(stream), "Đọc")

    bar(50)
    bar(100)

    assert stream.getvalue() == (
        f"\rĐọc [{'█' * 15}{' ' * 15}]  50 %\rĐọc [{'█' * 30}] 100 %\n"
    )

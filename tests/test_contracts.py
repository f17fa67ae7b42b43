"""The commands take the options that docs/contracts.md promises, and no others."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class
from django.core.management.base import DjangoHelpFormatter

ROOT = Path(__file__).resolve().parent.parent
CONTRACT = (ROOT / "docs" / "contracts.md").read_text(encoding="utf-8")
PROMISED = dict(re.findall(r"^manage\.py (\w+)(.*)$", CONTRACT, re.MULTILINE))


def options_of(command: str) -> set[str]:
    """What the command takes beside what every command of Django does."""
    loaded = load_command_class(get_commands()[command], command)
    parser = loaded.create_parser("manage.py", command)
    shared = DjangoHelpFormatter.show_last
    return {
        action.option_strings[-1]
        for action in parser._actions
        if action.option_strings and not shared & set(action.option_strings)
    } - {"--help"}


@pytest.mark.parametrize("command", PROMISED)
def test_a_command_takes_the_options_of_the_contract(command):
    assert options_of(command) == set(re.findall(r"--[\w-]+", PROMISED[command]))


def test_the_contract_names_commands():
    assert len(PROMISED) == 15

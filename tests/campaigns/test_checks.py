"""`check` tells which file of rules or lists says what cannot be."""

from importlib import import_module, resources

from campaigns import checks
from members.tables import BadTable


def test_the_data_that_we_ship_can_be():
    assert checks.data_files() == []


def test_a_file_that_cannot_be_is_named_with_its_key(monkeypatch):
    def broken():
        raise BadTable("own.toml", "levels[0].code", "is missing")

    monkeypatch.setattr(checks, "READERS", (broken,))

    (told,) = checks.data_files()

    assert (told.id, told.msg) == (
        "campaigns.E001",
        "own.toml: levels[0].code: is missing",
    )


def test_every_file_of_lists_is_read():
    files = [
        each.name.removesuffix(".toml")
        for each in resources.files("campaigns.vocabulary").iterdir()
        if each.name.endswith(".toml")
    ]
    for name in files:
        module = import_module(f"campaigns.vocabulary.{name}")
        assert set(checks.READERS) & set(filter(callable, vars(module).values())), name
    assert files

"""Forms from their files, one file a version: a file that is in use never changes. Pure."""

import tomllib
from functools import cache
from pathlib import Path

from campaigns.form_definitions.model import FormDefinition
from campaigns.form_definitions.reading import BadForm, read

FOLDER = Path(__file__).parent / "data"


class UnknownForm(LookupError):
    """No form of this code ships with the program."""


@cache
def codes_of(kind: str) -> tuple[str, ...]:
    """Return the codes of the forms of a kind, by name."""
    codes = sorted(path.stem for path in FOLDER.glob("*.toml"))
    return tuple(code for code in codes if load(code).kind == kind)


@cache
def load(code: str) -> FormDefinition:
    """Return the form of this code and version.

    Raises: UnknownForm; BadForm if its file is wrong.
    """
    path = FOLDER / f"{code}.toml"
    if path.parent != FOLDER or not path.is_file():
        raise UnknownForm(code)
    return load_file(path)


def load_file(path: Path) -> FormDefinition:
    """Return the form of a file, which is named after its code.

    Raises: BadForm, naming the file, the key and what is wrong with it.
    """
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as refusal:
        raise BadForm(path.name, "", str(refusal)) from refusal
    form = read(values, file=path.name)
    if form.code != path.stem:
        raise BadForm(path.name, "code", "is not the name of the file")
    return form

"""Rule sets from their files, and from what an opened campaign has stored. Pure.

Opening a campaign stores what `resolve` returns, with its `sha256`; from then on the
campaign lives by `from_resolved`, whatever becomes of the file.
"""

import hashlib
import json
import tomllib
from datetime import date, time
from functools import cache, lru_cache
from pathlib import Path

from campaigns.rulesets.building import build
from campaigns.rulesets.model import RuleSet
from campaigns.rulesets.tables import BadRuleSet

FOLDER = Path(__file__).parent

Resolved = dict[str, object]


class UnknownRuleSet(LookupError):
    """No rule set of this code ships with the program."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@cache
def available() -> tuple[str, ...]:
    """Return the codes of the rule sets that ship, the oldest regulation first."""
    found = [load_file(path) for path in FOLDER.glob("*.toml")]
    return tuple(one.code for one in sorted(found, key=lambda one: one.valid_from))


def labelled(language: str) -> list[tuple[str, str]]:
    """Return code and label of each rule set that ships, the newest first: to choose."""
    codes = reversed(available())
    return [(code, load(code).label.text(language)) for code in codes]


def in_force_at_the_end_of(year: int) -> str | None:
    """Return the code of the rule set that holds on the last day of a year, if one does."""
    holding = [code for code in available() if load(code).applies_in(year)]
    return holding[-1] if holding else None


@cache
def load(code: str) -> RuleSet:
    """Return the rule set of this code as it ships today.

    Raises: UnknownRuleSet; BadRuleSet if its file is wrong.
    """
    return load_file(_path(code))


def load_file(path: Path) -> RuleSet:
    """Return the rule set of a file, which is named after its code.

    Raises: BadRuleSet, naming the file, the key and what is wrong with it.
    """
    rule_set = build(_read(path), file=path.name)
    if rule_set.code != path.stem:
        raise BadRuleSet(path.name, "code", "is not the name of the file")
    return rule_set


def resolve(code: str) -> Resolved:
    """Return the rule set of this code as plain data, to be stored as JSON.

    Raises: UnknownRuleSet; BadRuleSet if its file is wrong.
    """
    load(code)
    return _read(_path(code))


def from_resolved(resolved: Resolved) -> RuleSet:
    """Return the rule set that plain data of `resolve` say; equal data, the same one.

    Raises: BadRuleSet, naming the key and what is wrong with it.
    """
    return _of_text(canonical(resolved))


@lru_cache(maxsize=64)
def _of_text(text: bytes) -> RuleSet:
    """Build once for all pages: that takes ten times as long as finding it."""
    return build(json.loads(text), file="resolved")


def canonical(resolved: Resolved) -> bytes:
    """Return the one JSON text of these data, whatever the order of their keys."""
    return json.dumps(
        resolved, ensure_ascii=False, separators=(",", ":"), sort_keys=True
    ).encode()


def sha256(resolved: Resolved) -> str:
    """Return the SHA-256 (hex) of the canonical text."""
    return hashlib.sha256(canonical(resolved)).hexdigest()


def _path(code: str) -> Path:
    # Looked up among the files, not joined: the code may come from outside.
    found = {path.stem: path for path in FOLDER.glob("*.toml")}
    if code not in found:
        raise UnknownRuleSet(code)
    return found[code]


def _read(path: Path) -> Resolved:
    """Return a file as data that JSON can hold: dates and fractions are texts."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=str)
    except UnicodeDecodeError as reason:
        raise BadRuleSet(path.name, "(file)", "is not UTF-8") from reason
    except tomllib.TOMLDecodeError as reason:
        raise BadRuleSet(path.name, "(file)", f"is not TOML: {reason}") from reason
    return {name: _plain(value) for name, value in data.items()}


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date | time) else value

"""What the program writes into `data`: ids, counts, codes, digests; no personal text."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ("members", "campaigns", "reviews", "reports")
RECORDERS = {"record", "record_act", "_record"}
PASSED_ON = "data"  # the argument of the same name, of a function that records

# A new key is a decision: nothing that names or describes a person.
KEYS = {
    "counts": {
        "all",
        "attempts",
        "by_status",
        "changes",
        "joined",
        "left",
        "people",
        "present",
        "reminded",
        "sessions",
        "units",
        "version",
    },
    "ids and codes": {
        "address",  # the name of an address of the program
        "campaign",
        "columns",
        "decision",
        "ending",
        "ids",
        "kind",
    },
    "digests, and names made of them": {"content", "digest", "file"},
    "number and date of a paper": {"document"},
}


def keys_recorded(source: str) -> set[str]:
    """The keys of `data` in every call that records; what is no literal, in brackets."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        if ast.unparse(node.func).rpartition(".")[2] not in RECORDERS:
            continue
        for keyword in node.keywords:
            if keyword.arg == "data":
                found |= keys_of(keyword.value)
    return found


def keys_of(data: ast.expr) -> set[str]:
    if ast.unparse(data) == PASSED_ON:
        return set()
    if not isinstance(data, ast.Dict):
        return {f"[{ast.unparse(data)}]"}
    return {ast.unparse(key).strip("'") if key else "[**]" for key in data.keys}


def test_events_hold_known_kinds_of_data_only():
    recorded = {
        key
        for app in APPS
        for path in (ROOT / app).rglob("*.py")
        for key in keys_recorded(path.read_text(encoding="utf-8"))
    }

    assert recorded == set().union(*KEYS.values())


@pytest.mark.parametrize(
    ("source", "keys"),
    [
        ("events.record(action='a', data={'a': 1, 'b': 2})", {"a", "b"}),
        ("record_act('a', data={'name': member.full_name})", {"name"}),
        ("events.record(data=data)", set()),
        ("events.record(data=vars(member))", {"[vars(member)]"}),
        ("events.record(data={**facts, key: 1})", {"[**]", "key"}),
        ("another(data={'a': 1})", set()),
    ],
)
def test_what_is_recorded_is_found(source, keys):
    assert keys_recorded(source) == keys

"""The schemas of what is given out as JSON (docs/contracts.md)."""

import json
from pathlib import Path
from typing import Any

import jsonschema

FOLDER = Path(__file__).resolve().parents[2] / "reports"


def _read(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return read


ROLLUP = _read("rollup.schema.json")
ROLLUP_VALIDATOR = jsonschema.Draft202012Validator(ROLLUP)
RECORD = _read("record.schema.json")

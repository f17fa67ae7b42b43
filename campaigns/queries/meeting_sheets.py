"""What is offered to a committee that has no sheet for rating meetings yet."""

import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Any

from django.db.models import QuerySet

from campaigns.models import MeetingSheet


def lines_of(sheets: QuerySet[MeetingSheet]) -> dict[str, str | int]:
    """Return a sheet got by a scope as its form shows it; without one what is offered.

    Shape: version, basis, criteria and degrees, the last two as lines of text.
    """
    sheet = sheets.first()
    found: Mapping[str, Any] = (
        {"criteria": sheet.criteria, "degrees": sheet.degrees} if sheet else _offered()
    )
    return {
        "version": sheet.version if sheet else 0,
        "basis": sheet.basis if sheet else "",
        "criteria": "\n".join(
            f"{each['most']} {each['text']}" for each in found["criteria"]
        ),
        "degrees": "\n".join(
            f"{each['least']} {each['name']}" for each in found["degrees"]
        ),
    }


def _offered() -> dict[str, Any]:
    text = resources.files("campaigns").joinpath("data/meeting_sheet.toml")
    return tomllib.loads(text.read_text("utf-8"))

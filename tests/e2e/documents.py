"""The downloaded documents, read for the table of members by unit."""

from pathlib import Path

import openpyxl
import pypdf
from playwright.sync_api import Page


def save(page: Page, link: str, folder: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("link", name=link).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def printed_figures(pdf: Path, names: set[str]) -> dict[str, str]:
    """The first table of members, whose lines are a number, a name, and 15 figures."""
    lines = [
        line.split()
        for page in pypdf.PdfReader(pdf).pages
        for line in page.extract_text().splitlines()
    ]
    found: dict[str, str] = {}
    for words in lines:
        name = " ".join(words[:-15]).lstrip("0123456789 ")
        if name in names:
            found.setdefault(name, " ".join(words[-15:]))
    return found


def figures_in_workbook(xlsx: Path, names: set[str]) -> dict[str, str]:
    sheet = openpyxl.load_workbook(xlsx, data_only=True)["Đảng viên"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return {
        name: " ".join(
            in_print(value, is_percent=at in {8, 10, 12, 14})
            for at, value in enumerate(row[-15:])
        )
        for row in rows
        if (name := row[1] or row[0]) in names
    }


def in_print(value: float | str, *, is_percent: bool) -> str:
    if isinstance(value, str):
        return value
    return f"{value:.2f}".replace(".", ",") if is_percent else f"{value:.0f}"

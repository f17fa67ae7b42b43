"""The access matrix of records: inspection, discipline, commendations, departures."""

from collections.abc import Iterator

from tests.access.standings import (
    CELL,
    CLERKS,
    COMMITTEE,
    DISTRICT,
    Case,
)

# Everybody with an office in which records are read, of A or B.
READERS = COMMITTEE | {"cell secretary", "neighbour secretary", "other clerk"}
# Whose own unit's records they keep: of the district, and of the cell A.G.1.
KEEPERS = DISTRICT
CELL_KEEPERS = CLERKS | {"cell secretary"}
OF_THE_CELL = CELL - {"working team", "working team of a cell"}
KINDS = ("inspection", "discipline", "commendation", "departure")
LISTS = tuple(f"{kind}_list" for kind in KINDS)
ADDS = tuple(f"{kind}_add" for kind in KINDS)


def _cases() -> Iterator[Case]:
    for name in (*LISTS, "conference_list", "programme_list"):
        yield Case(f"records:{name}", name, READERS)
    for name in ADDS:
        yield Case(f"records:{name}", name, READERS)
        yield Case(f"records:{name}", name, READERS, "post", 200)
    for kind in KINDS:
        # By the district, about a member of A.G.1, concluded.
        readers = OF_THE_CELL | {"member"}
        yield Case(f"records:{kind}_detail", f"{kind}_detail .G.1", readers)
        edit = f"{kind}_edit"
        yield Case(f"records:{edit}", f"{edit} .G.1", KEEPERS)
        yield Case(f"records:{edit}", f"{edit} .G.1", KEEPERS, "post", 422)
    # Not concluded: only who keeps it, not the person either.
    yield Case("records:inspection_detail", "inspection_detail open", KEEPERS)
    for method, status in (("get", 200), ("post", 422)):
        for name, suffix, keepers in (
            ("discipline_change", ".G.1", KEEPERS),
            ("conference_edit", "", KEEPERS),
            ("conference_add", ".G.1", CELL_KEEPERS),
            ("conference_add", "", KEEPERS),
            ("programme_add", ".G.1", CELL_KEEPERS),
        ):
            yield Case(f"records:{name}", f"{name} {suffix}", keepers, method, status)
    yield Case("records:conference_detail", "conference_detail ", DISTRICT)
    yield Case("records:programme_detail", "programme_detail ", DISTRICT)
    yield Case("records:planned_add", "planned_add ", KEEPERS)
    yield Case("records:planned_add", "planned_add ", KEEPERS, "post", 200)
    for suffix, seen_by in (("", DISTRICT), (".G", COMMITTEE), (".G.1", OF_THE_CELL)):
        yield Case("record_figures", f"record_figures {suffix}", seen_by)
        for extension in ("xlsx", "csv"):
            yield Case(
                "reports:record_figures_file",
                f"record_figures_file {extension} {suffix}",
                seen_by,
            )


CASES_OF_RECORDS = tuple(_cases())
PARAMETERS_OF_RECORDS = {
    f"{kind}_id": lambda district, suffix, kind=kind: (
        district.records[f"{kind} {suffix}"].pk
    )
    for kind in KINDS
} | {
    "conference_id": lambda district, suffix: district.records["conference"].pk,
    "inspection_programme_id": lambda district, suffix: (
        district.records["programme"].pk
    ),
}

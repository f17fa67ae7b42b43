"""Results workbooks that are given out: the empty one, and an uploaded one annotated.

`texts` puts findings into words, `template` and `annotated` write the files, with the
lists of `lists` and the help of `guide`.
"""

from reviews.sheets.annotated import (
    FAULTS,
    NOTES,
    Marking,
    Remark,
    annotated_name,
    remark_of,
    write_annotated,
)
from reviews.sheets.template import write_template
from reviews.sheets.texts import finding_line, finding_text

__all__ = [
    "FAULTS",
    "NOTES",
    "Marking",
    "Remark",
    "annotated_name",
    "finding_line",
    "finding_text",
    "remark_of",
    "write_annotated",
    "write_template",
]

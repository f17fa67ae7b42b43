"""The results workbook as it is given out: what it offers, explains and says of faults.

`members.sheets` writes the files.
"""

from reviews.sheets.template import offer_of, write_template
from reviews.sheets.texts import finding_line, finding_text, remark_of

__all__ = [
    "finding_line",
    "finding_text",
    "offer_of",
    "remark_of",
    "write_template",
]

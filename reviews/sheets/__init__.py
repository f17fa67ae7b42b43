"""Results workbooks that are given out: the empty one, and a faulty one annotated.

`texts` puts findings into words, `template` and `annotated` write the files.
"""

from reviews.sheets.annotated import write_annotated
from reviews.sheets.template import write_template
from reviews.sheets.texts import finding_line, finding_text

__all__ = ["finding_line", "finding_text", "write_annotated", "write_template"]

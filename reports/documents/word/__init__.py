"""A printout as a Word file that an office goes on editing.

Written by our own hands, part by part (ADR 16): `parts` puts the file together, `styles`
says how everything looks, `blocks` writes what the paper says, `markup` the elements.
"""

from reports.documents.word.parts import to_docx

__all__ = ["to_docx"]

"""Uploaded workbooks from cells to checked columns, with all that is wrong. Pure."""

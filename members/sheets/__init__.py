"""Workbooks that are given out: empty ones, and uploaded ones annotated.

`texts` puts findings into words, `template` and `annotated` write the files, with the
lists of `lists` and the help of `guide`. What a kind of workbook offers and explains
comes from the app that it belongs to.
"""

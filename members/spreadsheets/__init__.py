"""Uploaded workbooks: checked as a file, read in a child process, given as columns.

`reading` is the way in; `cells` is what comes out. This page imports neither, so
that the child process starts without Django.
"""

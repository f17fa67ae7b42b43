"""Attached files: told by what they hold, looked through, pictures written anew.

`reading` is the way in; `scanning` asks a virus scanner. This page imports neither, so
that the child process starts without Django.
"""

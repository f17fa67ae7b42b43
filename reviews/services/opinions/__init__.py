"""Opinions of other bodies: asked for, entered when they come, answered by the person.

Source: docs/rules/opinions.md.
"""

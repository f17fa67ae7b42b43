"""Acts on plans of remediation: writing them, their steps, and what follows.

Source: docs/rules/remediation.md.
"""

"""Steps that every document of `campaigns.models.written` goes through.

Each takes the kind first; what one kind does besides stands in that kind's own services.
Source: docs/rules/pledges.md § 3 to § 5.
"""

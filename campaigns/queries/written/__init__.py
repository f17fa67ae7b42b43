"""What pages show of every document of `campaigns.models.written`.

Each takes the kind first; what one kind has besides stands in that kind's own queries.
"""

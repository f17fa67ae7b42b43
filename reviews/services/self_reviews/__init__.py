"""What happens to self-reviews: written, sent, answered; and what is suggested for them.

Source: docs/rules/self-reviews.md.
"""

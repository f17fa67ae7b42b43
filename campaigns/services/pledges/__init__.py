"""What happens to pledges: written, sent, answered, checked. The only writers of them.

Source: docs/rules/pledges.md.
"""

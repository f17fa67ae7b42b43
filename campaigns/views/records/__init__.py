"""Pages of what competent bodies decided."""

"""Recording what competent bodies decided. Source: docs/rules/records.md."""

"""Pages of figures and reports, of one's own results, and of readings with a reason."""

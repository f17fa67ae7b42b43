"""Changes to campaigns: opening, fixing the roll, reorganising, results."""

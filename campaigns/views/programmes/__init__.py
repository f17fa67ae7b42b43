"""Pages of the action programme of a unit."""

"""Pages of results coming in, and of self-reviews."""

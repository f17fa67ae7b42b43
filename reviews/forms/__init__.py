"""Forms of results coming in, and of suggestions for a review."""

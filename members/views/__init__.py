"""Pages of the registry: logging in, the roll, units and posts."""

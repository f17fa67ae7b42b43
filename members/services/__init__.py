"""Changes to the registry of units, people, posts and accounts."""

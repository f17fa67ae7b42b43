"""Forms of the registry, by subject; `fields` are what those of every app share."""

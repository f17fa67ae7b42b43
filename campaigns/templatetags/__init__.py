"""Tags of templates, by subject."""

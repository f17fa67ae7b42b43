"""A scenario put into the database: its results, its records, its plan."""

"""Making reports: from figures to files."""

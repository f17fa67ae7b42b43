"""Reminders: planned by the clock, sent once a day, asked for by hand."""

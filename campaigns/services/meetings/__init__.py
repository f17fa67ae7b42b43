"""Acts on meetings: planned, held, signed, rated. Source: docs/rules/meetings.md."""

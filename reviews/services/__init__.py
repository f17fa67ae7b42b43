"""Changes made by results: workbooks come in, levels are decided."""

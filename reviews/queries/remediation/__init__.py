"""Plans of remediation as pages, papers and acts read them."""

"""What stands around every page, in the order of `settings.MIDDLEWARE`."""

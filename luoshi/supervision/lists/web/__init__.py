"""Pages of the list of the year."""

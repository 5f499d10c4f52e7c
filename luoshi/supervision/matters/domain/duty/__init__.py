"""Report duties: made, dated, marked late."""

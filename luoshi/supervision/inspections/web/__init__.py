"""Pages of inspections and problems."""

"""What people do in the night of the row `link`."""

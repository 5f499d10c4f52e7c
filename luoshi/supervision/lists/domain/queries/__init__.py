"""What the pages of a list read."""

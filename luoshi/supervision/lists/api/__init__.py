"""The list of the year by token."""

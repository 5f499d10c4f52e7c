"""Verbs of the list of the year."""

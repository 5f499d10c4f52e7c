"""Verbs of plans, inspections and problems."""

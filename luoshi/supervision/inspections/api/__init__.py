"""Inspections and problems by token."""

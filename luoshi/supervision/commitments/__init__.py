"""Recurring commitments of an office: what it does every week, month or day, and how it kept it."""

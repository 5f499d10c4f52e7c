"""Signed envelopes (feature row 51): pure, no Django, no database, no clock."""

"""Chasing by API."""
